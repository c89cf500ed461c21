extension Batch {
  /// The columns of a batch, one for each field. Each is cut to the batch's rows when it is
  /// accessed.
  ///
  /// All batches of one chunk share the chunk's columns, so cutting a batch touches none of them,
  /// and columns that nobody reads cost nothing: retaining a dozen buffers that are not in the
  /// cache took longer than adding up one of them. Columns that were computed for this batch alone
  /// come after those of the chunk.
  public struct Columns: RandomAccessCollection, Sendable {
    /// Whole columns of the chunk.
    private let chunk: [Column]
    /// The index in the chunk at which the batch begins.
    private let start: Int
    private let rowCount: Int
    /// Columns that have exactly the batch's rows.
    private let computed: [Column]

    /// Makes columns from whole columns, all of the same length.
    package init(_ columns: [Column]) {
      self.init(chunk: columns, start: 0, rowCount: columns.first?.count ?? 0, computed: [])
    }

    private init(chunk: [Column], start: Int, rowCount: Int, computed: [Column]) {
      self.chunk = chunk
      self.start = start
      self.rowCount = rowCount
      self.computed = computed
    }

    /// The index of the first column.
    public var startIndex: Int { 0 }
    /// The number of columns.
    public var endIndex: Int { chunk.count + computed.count }

    /// The column of the field at this index in the schema.
    public subscript(index: Int) -> Column {
      index < chunk.count
        ? chunk[index].window(start..<start + rowCount) : computed[index - chunk.count]
    }

    /// The columns with only these rows.
    func window(_ range: Range<Int>) -> Columns {
      Columns(
        chunk: chunk, start: start + range.lowerBound, rowCount: range.count,
        computed: computed.isEmpty ? computed : computed.map { $0.window(range) })
    }

    /// The columns followed by more columns of the batch's rows.
    func appending(_ columns: [Column]) -> Columns {
      Columns(chunk: chunk, start: start, rowCount: rowCount, computed: computed + columns)
    }

    /// The columns with the one at `index` replaced, or with one more at the end.
    func setting(_ column: Column, at index: Int) -> Columns {
      guard index < count else { return appending([column]) }
      var columns = Array(self)
      columns[index] = column
      return Columns(columns)
    }

    /// The bytes of the rows of all columns, without dictionaries, which the whole stream shares.
    var byteCount: Int {
      let rows = start..<start + rowCount
      return chunk.reduce(0) { $0 + $1.byteCount(of: rows) }
        + computed.reduce(0) { $0 + $1.byteCount(of: 0..<rowCount) }
    }
  }
}
