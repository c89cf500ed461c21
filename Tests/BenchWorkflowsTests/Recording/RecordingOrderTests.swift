import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Testing

@Suite("What a recording is to do")
struct RecordingOrderTests {
  private let commit = MeasuredExample.commit(1)

  private func order(processes: Int, selection: Selection = Selection()) -> RecordingOrder {
    RecordingOrder(
      revision: Revision(commit: commit),
      profile: MeasuredExample.profile.with(processes: processes), selection: selection, seed: 1)
  }

  private var executables: [SuiteExecutable] {
    [
      MeasuredExample.executable(
        of: commit, [MeasuredExample.declaration(), MeasuredExample.declaration("suite/two")])
    ]
  }

  @Test("an interrupted run says itself what is to be done")
  func resuming() {
    let run = MeasuredExample.run(commit, purpose: .backfill, selection: Selection(filter: "one"))
    let order = RecordingOrder(resuming: run, finished: [0, 2])
    #expect(order.resumed == run)
    #expect(order.finished == [0, 2])
    #expect(order.purpose == .backfill)
    #expect((order.revision, order.profile) == (run.revision, run.profile))
    #expect((order.selection, order.seed) == (run.selection, run.seed))
  }

  @Test("a fresh order resumes nothing")
  func fresh() {
    let order = order(processes: 2)
    #expect(order.resumed == nil)
    #expect(order.finished.isEmpty)
    #expect(order.purpose == .record)
  }

  // MARK: A time limit

  /// About 0.09 s a process: 0.01 s of samples, 0.02 s of warm-up at most, 0.06 s to start.
  private let limits: [(seconds: Double, processes: Int)] = [
    (60, 10), (1, 5), (0.5, 2), (0.001, 1),
  ]

  @Test("as many processes are run as fit into the time, and at least one")
  func fitting() throws {
    for limit in limits {
      let (fitted, _) = try order(processes: 10).fitting(seconds: limit.seconds, executables)
      let most = try order(processes: fitted.profile.processes + 1)
        .fitting(seconds: limit.seconds, executables).order.profile.processes
      #expect(fitted.profile.processes >= 1)
      #expect(most == fitted.profile.processes || fitted.profile.processes == 10)
    }
  }

  @Test("a shorter time never allows more processes")
  func fittingIsMonotonic() throws {
    let counts = try [60, 1.5, 1, 0.5, 0.2, 0.001].map {
      try order(processes: 10).fitting(seconds: $0, executables).order.profile.processes
    }
    #expect(counts == counts.sorted(by: >))
    #expect(counts.first == 10)
    #expect(counts.last == 1)
  }

  @Test("what fits stays as it is, and nothing is said")
  func whatFits() throws {
    let (fitted, note) = try order(processes: 3).fitting(seconds: 60, executables)
    #expect(fitted.profile.processes == 3)
    #expect(note == nil)
  }

  @Test("what is left out is said, and what does not fit even so")
  func notes() throws {
    let (_, some) = try order(processes: 10).fitting(seconds: 1, executables)
    #expect(some?.hasPrefix("All 10 processes a benchmark would take about ") == true)
    #expect(some?.contains("within --time-limit there are") == true)
    #expect(some?.contains("even that") == false)
    let (_, one) = try order(processes: 10).fitting(seconds: 0.001, executables)
    #expect(one?.contains("within --time-limit there is 1, and even that takes about") == true)
  }

  @Test("the console is told what was left out")
  func console() throws {
    let recorder = NoteRecorder()
    let fitted = try order(processes: 10).fitting(
      seconds: 0.5, executables, noting: try recorder.console())
    #expect(fitted.profile.processes < 10)
    #expect(recorder.all.contains("--time-limit"))
  }

  @Test("a selection of nothing is refused, whatever the time")
  func nothingSelected() {
    #expect(throws: RunnerError.self) {
      try order(processes: 1, selection: Selection(filter: "three"))
        .fitting(seconds: 1, executables)
    }
  }

  // MARK: Other code

  private func isOfOtherCode(_ binary: String, _ names: [String]) throws -> Bool {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      let run = MeasuredExample.run(commit)
      let build = MeasuredExample.executable(of: commit, binary: "stored").build
      try store.store(run, status: .interrupted) {
        try store.save(MeasuredExample.process(in: $0, build: build, value: 100))
      }
      let executable = MeasuredExample.executable(
        of: commit, binary: binary, names.map { MeasuredExample.declaration($0) })
      return try store.isOfOtherCode(run, than: [executable])
    }
  }

  @Test("a run of the same executable is of the same code")
  func sameCode() throws {
    #expect(try !isOfOtherCode("stored", ["suite/one", "suite/two"]))
  }

  @Test("a benchmark that another executable declares now is of other code")
  func otherCode() throws {
    #expect(try isOfOtherCode("new", ["suite/one"]))
  }

  @Test("an executable that declares none of the stored benchmarks does not matter")
  func unrelatedExecutable() throws {
    #expect(try !isOfOtherCode("new", ["suite/two"]))
  }
}
