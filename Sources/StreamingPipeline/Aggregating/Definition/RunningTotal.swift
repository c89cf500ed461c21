/// A column that says, on every record, the sum of an operand up to and with this record.
///
/// It is null until the first value and keeps its value where the operand is null. Whole numbers
/// and decimals are exact, and overflow is an error; a double is the exact sum so far, rounded.
public struct RunningTotal: Hashable, Sendable {
  /// The name of the field it adds to the records.
  public let name: String
  /// What is added up: an int64, double or decimal.
  public let operand: Operand
  /// Starts a total of its own for every combination of these; none for one total over all.
  public let keys: [Operand]

  /// A total over all records, or by group.
  ///
  /// - Parameters:
  ///   - name: the field to add, or to replace.
  ///   - operand: what is added up.
  ///   - keys: what makes a group. There may be as many groups as there are different keys.
  public init(_ name: String, of operand: some OperandConvertible, by keys: [Operand] = []) {
    self.name = name
    self.operand = operand.operand
    self.keys = keys
  }
}
