/// Where records come from: a description that can be opened any number of times.
public protocol Source: Sendable {
  /// The fields of its records.
  var schema: Schema { get }
  /// How many records there are, where that is known beforehand.
  var totalCount: Int? { get }
  /// Begins reading from the first record.
  func open() throws -> any SourceCursor
}

/// One reading of a source.
public protocol SourceCursor: AnyObject {
  /// The next records in order: at least one, at most `demand`; nil after the last.
  ///
  /// Batches come without a selection; their positions are set by the pipeline.
  func next(atMost demand: Int) throws -> Batch?
}
