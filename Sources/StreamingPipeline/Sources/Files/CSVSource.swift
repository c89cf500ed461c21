/// Records of a CSV file of any size (RFC 4180), read in chunks.
///
/// The first line names the columns; columns that are not fields of the source are skipped. Without
/// such a line, columns and fields must agree in number and order. Lines end with LF or CR LF. A
/// value in quotes may contain separators, line ends and doubled quotes. An empty value is null,
/// and `""` is the empty text.
///
/// | type | from |
/// |---|---|
/// | int64 | `-12` |
/// | double | `-12.5`, `1e-9` |
/// | decimal | `12.50` with no more digits than the field keeps |
/// | bool | `true`, `false`, `1`, `0` |
/// | string | UTF-8 |
/// | date | `2026-11-23` |
/// | timestamp | `2026-11-23T09:05:12.345Z`, with a space for the `T`, in UTC with or without `Z` |
///
/// Anything else is an error that names line and field. No conversion loses information.
///
/// ```swift
/// let orders = try CSVSource(
///   path: path, fields: [Field("region", .string), Field("amount", .decimal(scale: 2))],
///   format: CSVSource.Format(separator: ";"))
/// ```
public struct CSVSource: Source {
  /// The format of a file.
  public struct Format: Hashable, Sendable {
    /// The separator between two values: `,` or another ASCII character such as `;` or a tab.
    public var separator: Unicode.Scalar
    /// Whether the first line names the columns.
    public var hasHeader: Bool
    /// The most bytes that a record may have.
    public var recordLimit: Int

    /// The defaults are commas, a first line of names, and records of up to 16 MiB.
    public init(
      separator: Unicode.Scalar = ",", hasHeader: Bool = true, recordLimit: Int = 1 << 24
    ) {
      self.separator = separator
      self.hasHeader = hasHeader
      self.recordLimit = recordLimit
    }
  }

  /// The fields of the records.
  public let schema: Schema
  /// The number of records, where the caller knows it.
  public let totalCount: Int?
  let path: String
  let format: Format
  /// The bytes read at once, at first. Tests use a small number to show that chunks do not matter.
  package var chunk = 1 << 18

  /// Describes a source; the file is opened when a run reads it.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - fields: the columns to read and their types.
  ///   - key: the field that identifies a record in messages.
  ///   - format: the format of the file.
  ///   - totalCount: the number of records, where the caller knows it.
  /// - Throws: `PipelineError` for invalid fields and an invalid format.
  public init(
    path: String, fields: [Field], key: String? = nil, format: Format = Format(),
    totalCount: Int? = nil
  ) throws(PipelineError) {
    schema = try Schema(fields, key: key)
    guard format.separator.isASCII, !"\"\r\n".unicodeScalars.contains(format.separator) else {
      throw .invalidOption(
        name: "separator", value: "\(format.separator.escaped(asASCII: true))",
        permitted: "an ASCII character other than a quote and a line end")
    }
    try PipelineError.require("recordLimit", format.recordLimit, in: 64...(1 << 29))
    self.path = path
    self.format = format
    self.totalCount = totalCount
  }

  /// Starts reading after the records that lie before `position`.
  public func open(after position: SourcePosition) throws -> any SourceCursor {
    try CSVCursor(self, after: position)
  }

  /// Whether reading again may help: a failed read may succeed later, a wrong record stays wrong.
  public func isTransient(_ error: any Error) -> Bool {
    (error as? FileSourceError)?.isTransient ?? false
  }
}
