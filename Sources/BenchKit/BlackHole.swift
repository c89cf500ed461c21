public import CBenchCounters

/// Consumes a value, so that the optimizer may not leave out the work that made it.
///
/// The value a benchmark's body returns is consumed already; this is for values made on the way.
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

/// Gives back the same value, of which the optimizer then knows nothing: a constant is no longer
/// one, and work on it can't be done once before the loop.
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
