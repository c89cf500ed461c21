/// Inputs that once did harm, kept so that they never do again.
enum FoundByFuzzing {
  static let all: [[UInt8]] = [
    [], [0], [0xEF, 0xBB, 0xBF], Array("report".utf8), Array("\\".utf8), Array("'\\".utf8),
    Array("report r { source orders filter $`".utf8), Array("`".utf8), Array("``".utf8),
    Array("report r { source orders filter 2026-1".utf8), Array("1.".utf8), Array("1e".utf8),
    Array("report r { source orders filter 2026-01-01T1".utf8),
  ]
}
