/// A type that columns store contiguously: `Int64` (also decimal mantissas and timestamps),
/// `Double`, `Bool` and `Int32` (dates).
///
/// The set is closed: do not conform other types to it.
public protocol ColumnElement: Sendable, BitwiseCopyable {
  /// Calls `body` with the column's window; nil when the column stores something else.
  static func withValues<Result>(
    of column: Column, _ body: (UnsafeBufferPointer<Self>) throws -> Result
  ) rethrows -> Result?

  /// The buffer as a column's storage.
  static func storage(_ values: [Self]) -> Column.Storage

  /// The value in the buffer where the row is null.
  static var placeholder: Self { get }
}

extension Column {
  /// Calls `body` with the column's values, without copying them. Rows that are null hold a
  /// placeholder.
  ///
  /// ```swift
  /// try batch.column("amount").withValues(of: Double.self) { amounts in
  ///   for row in batch.selection?.map({ Int($0) }) ?? Array(amounts.indices) {
  ///     total += amounts[row]
  ///   }
  /// }
  /// ```
  ///
  /// - Throws: `PipelineError.wrongType` when the column stores another kind of value.
  @inlinable
  public func withValues<Element: ColumnElement, Result>(
    of element: Element.Type, _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) throws -> Result {
    guard let result = try Element.withValues(of: self, body) else {
      throw PipelineError.wrongType(field: "column", type: type, wanted: "\(Element.self)")
    }
    return result
  }
}

extension Int64: ColumnElement {
  /// Calls `body` with the values of the window.
  @inlinable
  public static func withValues<Result>(
    of column: Column, _ body: (UnsafeBufferPointer<Int64>) throws -> Result
  ) rethrows -> Result? {
    guard case .int64(let values) = column.storage else { return nil }
    return try withWindow(values, column, body)
  }

  /// The values as storage.
  @inlinable public static func storage(_ values: [Int64]) -> Column.Storage { .int64(values) }
  /// The value where the row is null.
  @inlinable public static var placeholder: Int64 { 0 }
}

extension Double: ColumnElement {
  /// Calls `body` with the values of the window.
  @inlinable
  public static func withValues<Result>(
    of column: Column, _ body: (UnsafeBufferPointer<Double>) throws -> Result
  ) rethrows -> Result? {
    guard case .double(let values) = column.storage else { return nil }
    return try withWindow(values, column, body)
  }

  /// The values as storage.
  @inlinable public static func storage(_ values: [Double]) -> Column.Storage { .double(values) }
  /// The value where the row is null.
  @inlinable public static var placeholder: Double { 0 }
}

extension Bool: ColumnElement {
  /// Calls `body` with the values of the window.
  @inlinable
  public static func withValues<Result>(
    of column: Column, _ body: (UnsafeBufferPointer<Bool>) throws -> Result
  ) rethrows -> Result? {
    guard case .bool(let values) = column.storage else { return nil }
    return try withWindow(values, column, body)
  }

  /// The values as storage.
  @inlinable public static func storage(_ values: [Bool]) -> Column.Storage { .bool(values) }
  /// The value where the row is null.
  @inlinable public static var placeholder: Bool { false }
}

extension Int32: ColumnElement {
  /// Calls `body` with the values of the window.
  @inlinable
  public static func withValues<Result>(
    of column: Column, _ body: (UnsafeBufferPointer<Int32>) throws -> Result
  ) rethrows -> Result? {
    guard case .int32(let values) = column.storage else { return nil }
    return try withWindow(values, column, body)
  }

  /// The values as storage.
  @inlinable public static func storage(_ values: [Int32]) -> Column.Storage { .int32(values) }
  /// The value where the row is null.
  @inlinable public static var placeholder: Int32 { 0 }
}

/// The part of a buffer that belongs to a column.
@inlinable
func withWindow<Element, Result>(
  _ values: [Element], _ column: Column, _ body: (UnsafeBufferPointer<Element>) throws -> Result
) rethrows -> Result {
  try values.withUnsafeBufferPointer {
    try body(UnsafeBufferPointer(rebasing: $0[column.offset..<column.offset + column.count]))
  }
}
