/// A value that cannot be computed.
public struct EvaluationError: Error, Hashable, Sendable {
  /// The reason why a value cannot be computed.
  public enum Reason: Hashable, Sendable {
    /// A number was divided by zero.
    case divisionByZero
    /// A whole number or decimal is beyond 64 bits.
    case overflow
    /// A `substring` begins before the first character or has a negative length.
    case invalidSubstring
    /// A text joined from others has more than `longestText` bytes.
    case textTooLong
  }

  /// Limits texts, because one that is joined to itself from record to record doubles its length
  /// each time.
  static let longestText = 1 << 16

  /// The reason.
  public let reason: Reason
  /// The expression that could not be computed.
  public let expression: Expression
  /// The record, counted from 1 in the order of the source; nil where no record is involved.
  public var record: Int?

  init(_ reason: Reason, _ expression: Expression, record: Int? = nil) {
    self.reason = reason
    self.expression = expression
    self.record = record
  }
}

extension EvaluationError: CustomStringConvertible {
  /// A description of what happened, where, and what to do.
  public var description: String {
    let location = record.map { " in record \($0)" } ?? ""
    return switch reason {
    case .divisionByZero:
      "division by zero\(location) in: \(expression.text); exclude zero by `if … then … else …`"
    case .overflow:
      "a number beyond 64 bits\(location) in: \(expression.text); calculate with doubles"
    case .invalidSubstring:
      "a substring begins before the first character, or is shorter than nothing,\(location) in: "
        + "\(expression.text); characters are counted from 1"
    case .textTooLong:
      "a text of more than \(Self.longestText) bytes\(location) in: \(expression.text); "
        + "join shorter ones"
    }
  }
}

/// Lanes whose value could not be computed. They are an error only where the value is used: a
/// filter may drop the record, or the expression may be the other branch of an `if`.
typealias Faults = [Int: EvaluationError]
