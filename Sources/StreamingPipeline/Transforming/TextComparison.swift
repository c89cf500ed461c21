internal import Synchronization

/// A comparison of texts with a value, by their bytes, as SQLite's BINARY collation orders them.
///
/// Texts with a dictionary are compared once for each entry, and the answers are reused as long as
/// batches come with the same dictionary. Otherwise a value would be compared with all of ten
/// thousand customers for every few hundred records.
final class TextComparison: Sendable {
  private struct Known {
    var dictionary: StringDictionary?
    var answers: [UInt8] = []
  }

  private let comparison: Predicate.Comparison
  private let value: [UInt8]
  /// The lock is taken once for each batch, because partitions share their conditions.
  private let known = Mutex(Known())

  init(_ comparison: Predicate.Comparison, _ value: String) {
    self.comparison = comparison
    self.value = Array(value.utf8)
  }

  /// The answer, as a `Mask` value, for every entry of a dictionary.
  func answers(for dictionary: StringDictionary) -> [UInt8] {
    known.withLock { known in
      if known.dictionary !== dictionary {
        known.dictionary = dictionary
        known.answers = dictionary.values.map { text in
          var text = text
          return text.withUTF8 { holds($0) ? Mask.yes : Mask.no }
        }
      }
      return known.answers
    }
  }

  /// Whether the comparison holds for a text.
  func holds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch comparison {
    case .equal: isEqual(text)
    case .notEqual: !isEqual(text)
    case .less: text.lexicographicallyPrecedes(value)
    case .lessOrEqual: !value.lexicographicallyPrecedes(text)
    case .greater: value.lexicographicallyPrecedes(text)
    case .greaterOrEqual: !text.lexicographicallyPrecedes(value)
    }
  }

  private func isEqual(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == value.count && text.elementsEqual(value)
  }
}
