public import CBenchCounters

/// Consumes a value, so that the optimizer cannot remove the work that made it.
///
/// The value that a benchmark's body returns is consumed already; this is for intermediate values.
///
/// ```swift
/// return .measuring {
///   for record in records { blackHole(record.total()) }
/// }
/// ```
///
/// It costs no more than writing the value to the stack.
@inlinable @inline(__always)
public func blackHole<Value>(_ value: Value) {
  withUnsafePointer(to: value) { benchdb_consume($0) }
}

/// Returns the same value in a way that hides it from the optimizer: a constant is no longer known
/// at compile time, and work on it cannot be moved before the loop.
///
/// ```swift
/// return .measuring { fibonacci(opaque(20)) }
/// ```
@inlinable @inline(__always)
public func opaque<Value>(_ value: Value) -> Value {
  var copy = value
  withUnsafeMutablePointer(to: &copy) { benchdb_escape($0) }
  return copy
}
