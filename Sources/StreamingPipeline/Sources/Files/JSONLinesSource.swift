/// Records of a JSON Lines file of any size: one object a line (RFC 8259), read in chunks.
///
/// A field is the member of its name; one that is missing or `null` is null, and members that are
/// no field are skipped. Empty lines are left out.
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
/// Anything else is an error that names line and field; nothing is converted with a loss.
public struct JSONLinesSource: Source {
  /// The fields of the records.
  public let schema: Schema
  /// How many records there are, where the caller knows.
  public let totalCount: Int?
  let path: String
  let recordLimit: Int
  /// How many bytes are read at once, at first; small ones show in tests that no record minds.
  package var chunk = 1 << 18

  /// Describes a source; the file is opened when a run reads it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - fields: the members to read and their types.
  ///   - key: the field that identifies a record in messages.
  ///   - recordLimit: how many bytes a line may have.
  ///   - totalCount: how many records there are, where the caller knows.
  /// - Throws: `PipelineError` for fields that make no schema and a limit outside 64 B…512 MiB.
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

  /// Begins reading after the records that lie before `position`.
  public func open(after position: SourcePosition) throws -> any SourceCursor {
    try JSONLinesCursor(self, after: position)
  }

  /// A failed read may succeed later; a record that is wrong stays so.
  public func isTransient(_ error: any Error) -> Bool {
    (error as? FileSourceError)?.isTransient ?? false
  }
}
