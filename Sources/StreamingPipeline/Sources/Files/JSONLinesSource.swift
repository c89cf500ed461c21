/// Records of a JSON Lines file of any size: one object a line (RFC 8259), read in chunks.
///
/// A field is the member with its name. A member that is missing or `null` is null, and members
/// that are not fields are skipped, as are empty lines.
///
/// | type | from |
/// |---|---|
/// | int64 | a number without fraction and exponent |
/// | double | a number |
/// | decimal | a number, or a text such as `"12.50"`, with no more digits than the field keeps |
/// | bool | `true`, `false` |
/// | string | a text |
/// | date | a text `"2026-11-23"` |
/// | timestamp | a text `"2026-11-23T09:05:12.345Z"`, in UTC with or without `Z` |
///
/// Anything else is an error that names line and field. No conversion loses information.
///
/// ```swift
/// let orders = try JSONLinesSource(
///   path: path, fields: [Field("region", .string), Field("amount", .decimal(scale: 2))])
/// ```
public struct JSONLinesSource: Source {
  /// The fields of the records.
  public let schema: Schema
  /// The number of records, where the caller knows it.
  public let totalCount: Int?
  let path: String
  let recordLimit: Int
  /// The bytes read at once, at first. Tests use a small number to show that chunks do not matter.
  package var chunk = 1 << 18

  /// Describes a source; the file is opened when a run reads it.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - fields: the members to read and their types.
  ///   - key: the field that identifies a record in messages.
  ///   - recordLimit: the most bytes that a line may have.
  ///   - totalCount: the number of records, where the caller knows it.
  /// - Throws: `PipelineError` for invalid fields and a limit outside 64 B…512 MiB.
  public init(
    path: String, fields: [Field], key: String? = nil, recordLimit: Int = 1 << 24,
    totalCount: Int? = nil
  ) throws(PipelineError) {
    schema = try Schema(fields, key: key)
    try PipelineError.require("recordLimit", recordLimit, in: 64...(1 << 29))
    self.path = path
    self.recordLimit = recordLimit
    self.totalCount = totalCount
  }

  /// Starts reading after the records that lie before `position`.
  public func open(after position: SourcePosition) throws -> any SourceCursor {
    try JSONLinesCursor(self, after: position)
  }

  /// Whether reading again may help: a failed read may succeed later, a wrong record stays wrong.
  public func isTransient(_ error: any Error) -> Bool {
    (error as? FileSourceError)?.isTransient ?? false
  }
}
