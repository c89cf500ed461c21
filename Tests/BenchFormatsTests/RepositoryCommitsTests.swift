import BenchFormats
import BenchModel
import Foundation
import Synchronization
import Testing

@Suite("Completing commits from a repository")
struct RepositoryCommitsTests {
  /// What was asked, in its order.
  private final class Questions: Sendable {
    private let asked = Mutex<[String]>([])

    var hashes: [String] { asked.withLock { $0 } }

    func answer(_ hash: String, subject: String?) -> Commit? {
      asked.withLock { $0.append(hash) }
      let date = Date(timeIntervalSince1970: 1_780_000_000)
      return subject.map {
        Commit(hash: hash, authored: date, committed: date, subject: $0)
      }
    }
  }

  private func read(_ text: String, subject: String?) -> (ReadFile, asked: [String]) {
    let questions = Questions()
    let defaults = InterchangeDefaults(
      machine: thisMachine, lookUp: { questions.answer($0, subject: subject) })
    return (BenchFormatsTests.read(text.utf8, defaults: defaults), questions.hashes)
  }

  @Test(
    "a commit is asked for once, however the lines alternate and whatever else they say",
    arguments: [
      "Known", nil,
    ])
  func asksOnce(_ subject: String?) {
    let lines = (0..<600).map { number in
      let started = "2026-11-23T09:\(number % 50 + 10):00Z"
      return line(
        number % 3 == 0 ? "\"process\":\"\(number)\"" : "\"started\":\"\(started)\"",
        commit: number % 2 + 1)
    }
    let (file, asked) = read(header + lines.joined(), subject: subject)
    #expect(file.records.count == 600)
    #expect(asked.count == 2 && Set(asked).count == 2)
    #expect(file.records.allSatisfy { $0.build.revision.commit.subject == subject ?? "" })
  }

  @Test("lines that alternate share what those share that come sorted")
  func shares() {
    let lines = (0..<40).map { line(commit: $0 % 2 + 1) }
    let sorted = lines.enumerated().sorted {
      ($0.offset % 2, $0.offset) < ($1.offset % 2, $1.offset)
    }
    for text in [lines, sorted.map(\.element)] {
      let file = read(header + text.joined(), subject: nil).0
      #expect(Set(file.records.map(\.$build.identity)).count == 2)
    }
  }

  @Test("a line that has the date of its commit asks for nothing")
  func asksNothing() {
    let text = header + line("\"committed\":\"2026-11-23T09:05:12Z\"")
    #expect(read(text, subject: "Known").asked.isEmpty)
  }
}
