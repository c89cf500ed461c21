/// A value that many others hold: handing it on counts one reference instead of one for every text
/// in it.
///
/// Writing to it makes a value of one's own.
@propertyWrapper
package struct Shared<Value: Sendable & Hashable>: Sendable, Hashable {
  @usableFromInline
  package final class Storage: Sendable {
    @usableFromInline package let value: Value

    @inlinable
    package init(_ value: Value) { self.value = value }
  }

  @usableFromInline package var storage: Storage

  @inlinable
  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  @inlinable package var wrappedValue: Value {
    get { storage.value }
    set { storage = Storage(newValue) }
  }

  /// The wrapper itself, to hand on or to ask whether it is the same.
  @inlinable package var projectedValue: Self {
    get { self }
    set { self = newValue }
  }

  /// The value's place in memory: where two have the same, they are equal without a look into them.
  @inlinable package var identity: ObjectIdentifier { ObjectIdentifier(storage) }

  package static func == (left: Self, right: Self) -> Bool {
    left.identity == right.identity || left.wrappedValue == right.wrappedValue
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue) }
}
