import BenchComparer
import BenchModel
import Foundation

/// What all of benchdb's JSON documents share.
package enum JSONDocument {
  /// Raised when a key disappears or changes its meaning; new keys don't raise it.
  package static let schemaVersion = 1

  /// The keys of `body` with `schemaVersion` and `kind` beside them, sorted, indented, newline at
  /// the end. Every `Double` must be finite: see `JSONNumber`.
  ///
  /// `body` encodes itself as an object.
  static func text(_ kind: String, _ body: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(Document(kind: kind, body: body)), as: UTF8.self)
        + "\n"
    } catch {
      preconditionFailure("a document of finite numbers and text always encodes: \(error)")
    }
  }

  private struct Document<Body: Encodable>: Encodable {
    let kind: String
    let body: Body

    private enum Key: String, CodingKey { case schemaVersion, kind }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(JSONDocument.schemaVersion, forKey: .schemaVersion)
      try values.encode(kind, forKey: .kind)
      try body.encode(to: encoder)
    }
  }
}

/// A number with its unit: `{"unit":"ns","value":31200000}`; `value` is null where there is no
/// finite number.
struct JSONNumber: Encodable {
  let value: Double?
  let unit: String

  init(_ value: Double?, _ unit: String) {
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.unit = unit
  }

  /// A relative change or share: 0.031 is 3.1 per cent.
  static func ratio(_ value: Double?) -> JSONNumber { JSONNumber(value, "ratio") }

  /// What an acceptance takes at most; null where it takes any size.
  static func size(_ acceptance: Acceptance) -> JSONNumber {
    .ratio(acceptance.isUnlimited ? nil : acceptance.size)
  }

  private enum Key: String, CodingKey { case value, unit }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    if let value {
      try values.encode(value, forKey: .value)
    } else {
      try values.encodeNil(forKey: .value)
    }
    try values.encode(unit, forKey: .unit)
  }
}

/// A relative change with its interval, as ratios; positive is worse. Of one from or to zero the
/// ratios are null, and `zero` has the values.
struct ShiftJSON: Encodable {
  let estimate, lower, upper: JSONNumber
  let zero: ZeroChangeJSON?

  init(_ shift: RelativeShift) {
    let isRatio = shift.zero == nil
    estimate = .ratio(isRatio ? shift.estimate : nil)
    lower = .ratio(isRatio ? shift.lower : nil)
    upper = .ratio(isRatio ? shift.upper : nil)
    zero = shift.zero.map(ZeroChangeJSON.init)
  }
}

/// The values of a change from or to zero, in the unit of the metric: `{"from":0,"to":12}`.
struct ZeroChangeJSON: Encodable {
  let from, to: Double

  init(_ zero: ZeroChange) { (from, to) = (zero.from, zero.to) }
}
