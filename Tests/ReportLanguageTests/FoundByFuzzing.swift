/// Inputs that once did harm, kept so that they never do again.
enum FoundByFuzzing {
  static let all: [[UInt8]] = [
    [], [0], [0xEF, 0xBB, 0xBF], Array("report".utf8), Array("\\".utf8), Array("'\\".utf8),
    Array("report r { source orders filter $`".utf8), Array("`".utf8), Array("``".utf8),
    Array("report r { source orders filter 2026-1".utf8), Array("1.".utf8), Array("1e".utf8),
    Array("report r { source orders filter 2026-01-01T1".utf8),
    // A sparkline from the least to the greatest double, whose range is beyond a double.
    Array(
      "report r { source orders band detail { } band summary { chart sparkline first(discount) by id } }"
        .utf8),
    // Days whose beginnings are beyond 64 bits as instants, and an instant whose day's is.
    Array(
      "report r { source orders band detail { expression date < at expression year(date) } }".utf8),
    Array(
      """
      report r { source orders band detail {
        field date format "yyyy" field at format "yyyy-MM-dd HH:mm" expression hour(at)
        expression week(at) expression date_diff('month', at, 2026-01-01T00:00:00Z)
      } }
      """.utf8),
    // A text that doubles with every record.
    Array(
      "report r { source orders variable v: custom @v || @v initial 'x' band detail { expression @v } }"
        .utf8),
  ]
}
