/// A value that many others share: copying it counts one reference instead of one for every text in
/// it.
///
/// Writing to it makes a copy.
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

  /// The wrapper itself, to pass on or to compare by identity.
  @inlinable package var projectedValue: Self {
    get { self }
    set { self = newValue }
  }

  /// The value's location in memory: two with the same are equal without comparing their contents.
  @inlinable package var identity: ObjectIdentifier { ObjectIdentifier(storage) }

  package static func == (left: Self, right: Self) -> Bool {
    left.identity == right.identity || left.wrappedValue == right.wrappedValue
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue) }
}
