extension Batch {
  /// The columns of a batch, one a field, each cut to the batch's rows when it is asked for.
  ///
  /// All batches cut from one chunk share the chunk's columns, so that cutting touches none of
  /// them and what nobody reads costs nothing: merely counting another reference to each of a
  /// dozen buffers that are not in the cache took longer than adding up one of them. Columns that
  /// were computed for this batch alone come after those of the chunk.
  public struct Columns: RandomAccessCollection, Sendable {
    /// Whole columns of the chunk.
    private let chunk: [Column]
    /// Where in the chunk the batch begins.
    private let start: Int
    private let rowCount: Int
    /// Of the batch's rows.
    private let computed: [Column]

    /// Whole columns, all of the same length.
    package init(_ columns: [Column]) {
      self.init(chunk: columns, start: 0, rowCount: columns.first?.count ?? 0, computed: [])
    }

    private init(chunk: [Column], start: Int, rowCount: Int, computed: [Column]) {
      self.chunk = chunk
      self.start = start
      self.rowCount = rowCount
      self.computed = computed
    }

    /// The first column's place.
    public var startIndex: Int { 0 }
    /// How many columns there are.
    public var endIndex: Int { chunk.count + computed.count }

    /// The column of the field at this place in the schema.
    public subscript(index: Int) -> Column {
      index < chunk.count
        ? chunk[index].window(start..<start + rowCount) : computed[index - chunk.count]
    }

    /// These rows of all columns.
    func window(_ range: Range<Int>) -> Columns {
      Columns(
        chunk: chunk, start: start + range.lowerBound, rowCount: range.count,
        computed: computed.isEmpty ? computed : computed.map { $0.window(range) })
    }

    /// More columns of the batch's rows at the end.
    func appending(_ columns: [Column]) -> Columns {
      Columns(chunk: chunk, start: start, rowCount: rowCount, computed: computed + columns)
    }

    /// The column at `index` replaced, or added at the end.
    func setting(_ column: Column, at index: Int) -> Columns {
      guard index < count else { return appending([column]) }
      var columns = Array(self)
      columns[index] = column
      return Columns(columns)
    }

    /// The bytes of the rows of all columns; dictionaries, which the whole stream shares, left out.
    var byteCount: Int {
      let rows = start..<start + rowCount
      return chunk.reduce(0) { $0 + $1.byteCount(of: rows) }
        + computed.reduce(0) { $0 + $1.byteCount(of: 0..<rowCount) }
    }
  }
}
