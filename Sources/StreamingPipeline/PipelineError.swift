/// Everything that can be wrong with a pipeline. Each message says what, where and what is
/// permitted.
public enum PipelineError: Error, Equatable, Sendable {
  /// An option outside its range.
  case invalidOption(name: String, value: String, permitted: String)
  /// Two fields of one name in a schema.
  case duplicateField(String)
  /// A field that the schema in question does not have.
  case unknownField(String, known: [String], usedBy: String)
  /// A function or filter that does not work on a field's type.
  case wrongType(field: String, type: FieldType, wanted: String)
  /// A value that its field cannot hold.
  case wrongValue(field: String, type: FieldType, value: String)
  /// Columns or rows that do not fit their schema.
  case mismatchedColumns(String)
  /// A sum of whole numbers beyond 64 bits, or an average of decimals beyond 128 bits.
  case overflow(aggregate: String)
  /// More groups than an aggregation may be expected to need.
  case estimateTooLarge(AggregationEstimate, permitted: AggregationEstimate)
  /// More records failed in the transformer than `maxFailures` permits.
  case tooManyFailures(permitted: Int, first: String)
  /// A source that returned more records than it was asked for, or none without ending.
  case brokenDemand(asked: Int, returned: Int)
  /// A second consumer of a run, which has only one.
  case alreadyConsumed
  /// The source delivered nothing for as long as `stallTimeout` while the consumer waited.
  case stalled(after: Duration, recordsRead: Int)
  /// The run did not end within `timeout`.
  case timedOut(after: Duration, recordsRead: Int)
  /// The groups alone hold more bytes than `memoryLimit`, which waiting does not change.
  case memoryExceeded(groupBytes: Int, limit: Int)
}

extension PipelineError: CustomStringConvertible {
  /// What happened, where, and what is permitted.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let permitted):
      "option \(name) is \(value), permitted is \(permitted)"
    case .duplicateField(let name):
      "field \(name) occurs twice in the schema; give each field its own name"
    case .unknownField(let name, let known, let usedBy):
      "\(usedBy) names the field \(name), which is not one of \(known.joined(separator: ", "))"
    case .wrongType(let field, let type, let wanted):
      "field \(field) is \(type), but \(wanted) is needed"
    case .wrongValue(let field, let type, let value):
      "field \(field) is \(type) and cannot hold \(value)"
    case .mismatchedColumns(let what): "columns do not fit the schema: \(what)"
    case .overflow(let aggregate):
      "\(aggregate) is beyond 64 bits; make the field a decimal or a double"
    case .estimateTooLarge(let estimate, let permitted):
      "the groupings are expected to make \(estimate.groups) groups of \(estimate.bytes) bytes, "
        + "permitted are \(permitted.groups) and \(permitted.bytes); group by fewer keys, or set "
        + "the aggregation's limit to nil"
    case .tooManyFailures(let permitted, let first):
      "more than \(permitted) records failed, the first: \(first)"
    case .brokenDemand(let asked, let returned):
      "the source was asked for up to \(asked) records and returned \(returned)"
    case .alreadyConsumed:
      "this run already has its consumer; start the pipeline again to read it again"
    case .stalled(let time, let records):
      "the source delivered nothing for \(time) after \(records) records while they were waited "
        + "for; set stallTimeout higher if it may be that slow"
    case .timedOut(let time, let records):
      "the run was not done after \(time) and \(records) records; set timeout higher or to nil"
    case .memoryExceeded(let bytes, let limit):
      "the groups hold about \(bytes) bytes, more than the memoryLimit of \(limit); raise it, "
        + "lower maxGroups or group by fewer keys"
    }
  }
}

extension PipelineError {
  /// Refuses a number outside the range of its option.
  package static func require(
    _ name: String, _ value: Int, in permitted: ClosedRange<Int>
  ) throws(PipelineError) {
    guard permitted.contains(value) else {
      let range =
        permitted.upperBound == .max
        ? "\(permitted.lowerBound) or more" : "\(permitted.lowerBound)...\(permitted.upperBound)"
      throw .invalidOption(name: name, value: "\(value)", permitted: range)
    }
  }
}
