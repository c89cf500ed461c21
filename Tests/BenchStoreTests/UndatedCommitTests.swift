import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Commits without a date")
struct UndatedCommitTests {
  private static let whole = StoredExample.commit(1)

  private var text: [UInt8] {
    Array(
      """
      {"benchdb":1}
      {"commit":"\(Self.whole.hash)","benchmark":"a/b","metric":"wall","unit":"ns","values":[1],\
      "process":"p","session":"s","machine":"ci"}\n
      """.utf8)
  }

  @Test("a date that neither the line nor a repository gives is unknown, also after a round trip")
  func staysUnknown() throws {
    try withStore { store in
      _ = try imported(text, into: store)
      #expect(try store.undatedCommits() == [Self.whole.hash])
      let commit = try #require(try store.commit(Self.whole.hash))
      #expect(commit.committed == nil && commit.authored == nil)
      let lines = try exported(store)
      #expect(!String(decoding: lines, as: UTF8.self).contains("committed"))
      try withStore { copy in
        _ = try imported(lines, into: copy)
        #expect(try copy.undatedCommits() == [Self.whole.hash])
        #expect(try exported(copy) == lines)
      }
    }
  }

  @Test("it is completed once, with all that was missing, and nothing that is known is replaced")
  func completes() throws {
    try withStore { store in
      _ = try imported(text, into: store)
      try store.complete([Self.whole, StoredExample.commit(2)])
      #expect(try store.commit(Self.whole.hash) == Self.whole)
      #expect(try store.undatedCommits().isEmpty)
      let other = Commit(
        hash: Self.whole.hash, author: "Eve", authored: .distantPast, committed: .distantPast,
        subject: "Other")
      try store.complete([other])
      #expect(try store.commit(Self.whole.hash) == Self.whole)
    }
  }

  @Test("of two databases, the one that knows the date wins, whichever is merged into the other")
  func merges() throws {
    try withTemporaryDirectory { folder in
      func path(_ name: String) -> String {
        folder.appending(path: name, directoryHint: .notDirectory).path
      }
      func make(_ name: String, _ text: [UInt8]) throws {
        let store = try ResultsStore.open(path(name), access: .readWrite)
        _ = try imported(text, into: store)
        try store.close()
      }
      let dated = String(decoding: text, as: UTF8.self)
        .replacing("\"process\"", with: "\"committed\":\"2026-01-02T00:00:00Z\",\"process\"")
      for names in [["undated-1", "dated-1"], ["dated-2", "undated-2"]] {
        for name in names { try make(name, name.hasPrefix("un") ? text : Array(dated.utf8)) }
        let store = try ResultsStore.open(path(names[0]), access: .readWrite)
        _ = try store.merge(path(names[1]))
        #expect(try store.undatedCommits().isEmpty)
        try store.close()
      }
    }
  }
}
