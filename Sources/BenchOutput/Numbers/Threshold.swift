package import BenchModel
import TextCoding

/// A limit as a user writes it: a share of something, or an amount in a unit.
package enum Threshold: Sendable, Hashable {
  /// `5%` is 0.05.
  case relative(Double)
  /// A difference in the unit in which values are stored.
  case absolute(Double, Unit)

  /// Reads `5%`, `0.5 %`, `200µs`, `200us`, `1.5 ms`, `64KiB`, `1000 count`, `12/s`.
  /// - Throws: `ThresholdError` where the text has no unit, an unknown one, or no finite number
  ///   that is at least 0.
  package init(parsing text: String) throws(ThresholdError) {
    let trimmed = Threshold.trimmed(text[...])
    let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
    let number = Threshold.longestNumber(digits)
    guard let value = Double(number), value.isFinite, value >= 0 else {
      throw .noNumber(text)
    }
    let name = String(Threshold.trimmed(trimmed.dropFirst(number.count)))
    guard !name.isEmpty else { throw .noUnit(text) }
    if name == "%" {
      self = .relative(value / 100)
    } else if let (unit, factor) = Threshold.units[name] {
      self = .absolute(value * factor, unit)
    } else {
      throw .unknownUnit(
        name, in: text, meant: Suggestion.closest(to: name, in: Threshold.units.keys.sorted()))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// `5E` of `5EiB` is no number; the longest piece that is one counts.
  private static func longestNumber(_ text: Substring) -> Substring {
    var piece = text
    while !piece.isEmpty, Double(piece) == nil { piece = piece.dropLast() }
    return piece
  }

  private static let units: [String: (Unit, Double)] = [
    "ns": (.nanoseconds, 1),
    "µs": (.nanoseconds, 1e3), "μs": (.nanoseconds, 1e3), "us": (.nanoseconds, 1e3),
    "ms": (.nanoseconds, 1e6), "s": (.nanoseconds, 1e9), "min": (.nanoseconds, 60e9),
    "h": (.nanoseconds, 3_600e9),
    "B": (.bytes, 1), "KiB": (.bytes, 0x1p10), "MiB": (.bytes, 0x1p20), "GiB": (.bytes, 0x1p30),
    "kB": (.bytes, 1e3), "MB": (.bytes, 1e6), "GB": (.bytes, 1e9),
    "count": (.count, 1),
    "/s": (.perSecond, 1), "k/s": (.perSecond, 1e3), "M/s": (.perSecond, 1e6),
  ]
}

/// Why a threshold was refused.
package enum ThresholdError: Error, Sendable, Hashable, CustomStringConvertible {
  case noNumber(String)
  case noUnit(String)
  case unknownUnit(String, in: String, meant: String?)

  package var description: String {
    switch self {
    case .noNumber(let text):
      "'\(Printable.text(text))' is not a limit; write a number that is not negative and its unit, such as 5% or 200µs"
    case .noUnit(let text):
      "'\(Printable.text(text))' has no unit; write \(Printable.text(text))% for a share or \(Printable.text(text))µs for a time"
    case .unknownUnit(let name, let text, let meant):
      "'\(Printable.text(text))': unknown unit '\(Printable.text(name))'"
        + (meant.map { "; did you mean '\($0)'?" }
          ?? "; use %, ns, µs, ms, s, min, h, B, KiB, MiB, GiB, count or /s")
    }
  }
}
