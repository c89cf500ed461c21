/// One step of a transformer. A step keeps, drops, computes or replaces; it never reorders.
///
/// ```swift
/// let transforms: [Transform] = [
///   .filter(.compare("amount", .greater, 10.0)),
///   .replaceNull(in: "region", with: "unknown"),
///   .map(Field("tax", .double), from: "amount") { (amount: Double) in amount * 0.25 },
///   .mapRows(Field("label", .string)) { row in .string("\(row[0]): \(row[1])") },
/// ]
/// ```
public struct Transform: Sendable {
  enum Step: Sendable {
    /// Keeps the records for which a predicate holds.
    case filter(Predicate)
    /// Fills a mask with one answer for each record.
    case filterColumns(@Sendable (Batch, UnsafeMutableBufferPointer<UInt8>) throws -> Void)
    /// Keeps the records for which a closure returns true.
    case filterRows(@Sendable (Row) throws -> Bool)
    /// Computes a column, one batch at a time, from named fields of these stored types.
    case column(Field, inputs: [String], @Sendable (Batch) throws -> Column)
    /// Computes a value, one record at a time.
    case rows(Field, @Sendable (Row) throws -> Value)
    /// Converts a field to a type.
    case convert(String, FieldType)
    /// Replaces null in a field by a value.
    case replaceNull(String, Value)
  }

  let step: Step

  @usableFromInline
  init(_ field: Field, inputs: [String], _ body: @escaping @Sendable (Batch) throws -> Column) {
    step = .column(field, inputs: inputs, body)
  }

  @usableFromInline
  package init(
    maskedBy body: @escaping @Sendable (Batch, UnsafeMutableBufferPointer<UInt8>) throws -> Void
  ) {
    step = .filterColumns(body)
  }

  init(_ step: Step) { self.step = step }

  /// Keeps the records for which a predicate is true, not those for which it is unknown. The others
  /// are counted as filtered.
  public static func filter(_ predicate: Predicate) -> Transform {
    Transform(.filter(predicate))
  }

  /// Keeps the records for which `isIncluded` returns true. A record for which it throws is dropped
  /// and counted as failed.
  public static func filterRows(
    _ isIncluded: @escaping @Sendable (Row) throws -> Bool
  ) -> Transform {
    Transform(.filterRows(isIncluded))
  }

  /// Computes a column, one batch at a time. The field is added, or replaced where it exists.
  ///
  /// The column must have a row for every row of the batch's columns, selected or not. An error
  /// that the closure throws fails the pipeline.
  public static func column(
    _ field: Field, _ body: @escaping @Sendable (Batch) throws -> Column
  ) -> Transform {
    Transform(field, inputs: [], body)
  }

  /// Computes a value, one record at a time. A record for which the closure throws, or returns a
  /// value that the field cannot hold, is dropped and counted as failed.
  public static func mapRows(
    _ field: Field, _ body: @escaping @Sendable (Row) throws -> Value
  ) -> Transform {
    Transform(.rows(field, body))
  }
}
