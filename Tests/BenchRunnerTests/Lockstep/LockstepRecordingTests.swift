import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A worker of version 2 in shell, whose samples all have one value, and which can do anything
/// wrong at any step of the protocol.
private let worker = #"""
  read -r request
  case $request in *'"samples":1000,'*|*'"samples":1000}'*) part=pilot-;; *) part=;; esac
  case $request in *'"request":"run"'*)
    echo '{"message":"sample","metric":"cpu","value":'$VALUE',"order":0}' >&3
    echo '{"message":"done"}' >&3
    exit ;;
  esac
  wrong() {
    [ "$part$1" = "$WHEN" ] || return 0
    case $WHAT in
      crash) kill -SEGV $$;;
      exit) exit 3;;
      nonsense) echo nonsense >&3; exec sleep 60;;
      hang) exec sleep 60;;
      stop) kill -STOP $$; exec sleep 60;;
      failure) echo '{"message":"failure","reason":"wrong result","detail":"41"}' >&3; exit 0;;
    esac
  }
  wrong setup
  echo ready >&3
  all= order=0
  while read -r word turn samples iterations; do
    [ "$word" = go ] || break
    wrong turn
    wrong "turn$turn"
    i=0
    while [ $i -lt "$samples" ]; do
      all="$all{\"message\":\"sample\",\"metric\":\"cpu\",\"value\":$VALUE,\"iterations\":$iterations,\"order\":$order,\"turn\":$turn}
  "
      order=$((order + 1)) i=$((i + 1))
    done
    echo done >&3
  done
  wrong end
  printf '%s{"message":"done"}\n' "$all" >&3

  """#

@Suite("Recordings in lockstep") struct LockstepRecordingTests {
  private let key = BenchmarkKey(id: "s/one")
  private let profile = Profile(
    name: "test", processes: 5, countingProcesses: 0, seconds: 0.001, maximumSamples: 5,
    maximumRecords: .max)

  private func executable(
    _ name: String, value: String, wrong: (what: String, when: String)? = nil,
    timeout: Double = 20, takesTurns: Bool = true
  ) -> SuiteExecutable {
    let commit = Commit(hash: name, authored: .distantPast, committed: .distantPast)
    var environment = ["VALUE": value, "PATH": "/usr/bin:/bin", "NAME": name]
    if let wrong { (environment["WHAT"], environment["WHEN"]) = (wrong.what, wrong.when) }
    return SuiteExecutable(
      worker: WorkerProcess(command: ["/bin/sh", "-c", worker], environment: environment),
      build: Build(revision: Revision(commit: commit), toolchain: "t", binaryHash: name),
      declarations: [
        BenchmarkDeclaration(key: key, metrics: [.cpu.gated(true)], takesTurns: takesTurns)
      ], timeout: timeout)
  }

  private func recording(head: SuiteExecutable) throws -> PairedRecording {
    try PairedRecording(
      session: UUID(), plan: PairedPlan(benchmarks: [key], countingRounds: 0, seed: 3),
      profile: profile, base: [executable("base", value: "100", timeout: 1)], head: [head])
  }

  @Test("A round stores every sample of its turns, and its number")
  func numbers() throws {
    var saved: [[ProcessRecord]] = []
    let result = try recording(head: executable("head", value: "110")).run(
      looks: [2], undecided: { _ in [] }, save: { saved.append($0) })
    #expect(result.ending == .complete && result.rounds == 2 && result.processes == 6)
    // The processes of a round are stored together.
    #expect(saved.map(\.count) == [3, 3])
    for round in saved {
      #expect(Set(round.compactMap(\.position).map(\.arm)) == [.base, .head, .control])
      #expect(Set(round.compactMap(\.position).map(\.round)).count == 1)
      let base = try #require(round.first { $0.position?.arm == .base })
      for record in round {
        #expect(record.facts.method == .lockstep)
        let cpu = try #require(record.measurements.first)
        let turns = try #require(cpu.turns)
        #expect(turns.fits(count: cpu.values.count, warmUpCount: cpu.warmUpCount))
        #expect(cpu.warmUpCount > 0 && cpu.summary.count < cpu.values.count - cpu.warmUpCount + 1)
        switch record.position?.arm {
        case .base?: #expect(cpu.shift == nil)
        case .head?: #expect(abs((cpu.shift ?? 0) - log(1.1)) < 1e-12)
        default: #expect(cpu.shift == 0)
        }
        // The number can be computed from the samples again.
        #expect(
          record.position?.arm == .base
            || record.measurements[0].shift == cpu.shift(from: base.measurements[0]))
      }
    }
  }

  @Test("Where one side knows no turns, processes run at once without them, by what decides")
  func together() throws {
    let good = #"""
      read -r request
      printf '%s\n' '{"message":"sample","metric":"cpu","value":V,"order":0}' '{"message":"done"}' >&3

      """#
    func executable(_ name: String, _ value: String, _ gate: Metric) -> SuiteExecutable {
      SuiteExecutable(
        worker: WorkerProcess(
          command: ["/bin/sh", "-c", good.replacingOccurrences(of: "V", with: value)]),
        build: Build(
          revision: Revision(
            commit: Commit(hash: name, authored: .distantPast, committed: .distantPast)),
          toolchain: "t", binaryHash: name),
        declarations: [BenchmarkDeclaration(key: key, metrics: [.cpu, gate.gated(true)])])
    }
    for (gate, method) in [(Metric.cpu, RoundMethod.together), (.wall, nil)] {
      let metrics = gate == .cpu ? Metric.cpu : .wall
      var saved: [ProcessRecord] = []
      let result = try PairedRecording(
        session: UUID(), plan: PairedPlan(benchmarks: [key], countingRounds: 0, seed: 3),
        profile: profile, base: [executable("base", "100", metrics)],
        head: [executable("head", "120", metrics)]
      ).run(looks: [1], undecided: { _ in [] }, save: { saved += $0 })
      #expect(result.rounds == 1 && saved.count == 3)
      #expect(saved.allSatisfy { $0.facts.method == method })
      let head = try #require(saved.first { $0.position?.arm == .head }?.measurements.first)
      #expect(head.turns == nil)
      if method == nil {
        #expect(head.shift == nil)
      } else {
        #expect(abs((head.shift ?? 0) - log(1.2)) < 1e-12)
      }
    }
  }

  @Test(
    "Of processes that run at once without turns, the one that floods, hangs or crashes is to blame",
    arguments: [
      ("while :; do printf '%01000d\\n' 1; done >&3", "flood"), ("exec sleep 60", "hang"),
      ("exit 3", "crash"),
    ])
  func blame(script: String, kind: String) throws {
    func executable(_ name: String, _ script: String) -> SuiteExecutable {
      SuiteExecutable(
        worker: WorkerProcess(command: ["/bin/sh", "-c", "read -r request\n" + script]),
        build: Build(
          revision: Revision(
            commit: Commit(hash: name, authored: .distantPast, committed: .distantPast)),
          toolchain: "t", binaryHash: name),
        declarations: [BenchmarkDeclaration(key: key, metrics: [.cpu.gated(true)])], timeout: 1)
    }
    // The innocent side takes its time, so that it is there when the other is ended.
    let good = #"""
      sleep 0.2
      printf '%s\n' '{"message":"sample","metric":"cpu","value":1,"order":0}' '{"message":"done"}' >&3

      """#
    var failures: [PairedFailure] = []
    let result = try PairedRecording(
      session: UUID(), plan: PairedPlan(benchmarks: [key], countingRounds: 0, seed: 3),
      profile: profile, base: [executable("base", good)], head: [executable("head", script)]
    ).run(looks: [1], failure: { failures.append($0) }, undecided: { _ in [] }, save: { _ in })
    #expect(result.failed == [key] && failures.count == 2)
    #expect(failures.allSatisfy { $0.position.arm == .head }, "\(failures)")
  }

  // MARK: What one side does wrong

  private static let faults = ["crash", "exit", "nonsense", "hang", "stop", "failure"]
  private static let steps = [
    "pilot-setup", "pilot-turn", "pilot-end", "setup", "turn0", "turn3", "end",
  ]

  @Test(
    "Whatever one side does, at whatever step, the round is void, and no process is left",
    arguments: faults, steps)
  func wrong(what: String, when: String) throws {
    let mark = "lockstep-\(what)-\(when)-\(UInt32.random(in: 0 ... .max))"
    let head = executable(mark, value: "110", wrong: (what, when), timeout: 1)
    var saved: [ProcessRecord] = []
    var failures: [PairedFailure] = []
    let result = try recording(head: head).run(
      looks: [2], failure: { failures.append($0) }, undecided: { _ in [] },
      save: { saved += $0 })
    #expect(result.ending == .complete && result.failed == [key])
    #expect(failures.map(\.consequence) == [.runAgain, .dropped])
    #expect(failures.allSatisfy { $0.position.arm == .head })
    let failed = saved.filter { !$0.outcome.isCompleted }
    #expect(failed.count == 2 && failed.allSatisfy { $0.build.binaryHash == mark })
    for record in failed { #expect(Self.fits(record.outcome, what: what), "\(record.outcome)") }
    #expect(Self.processes(named: mark).isEmpty)
  }

  private static func fits(_ outcome: ProcessOutcome, what: String) -> Bool {
    switch (what, outcome) {
    case ("crash", .crashed), ("exit", .crashed), ("nonsense", .protocolViolation),
      ("hang", .timedOut), ("stop", .timedOut), ("failure", .failed):
      true
    // Nonsense among the samples is followed by silence.
    case ("nonsense", .timedOut): true
    default: false
    }
  }

  /// The processes whose environment has this name.
  private static func processes(named name: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.filter { process in
      guard Int(process) != nil,
        let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ")
      else { return false }
      return String(decoding: environment, as: UTF8.self).contains("NAME=\(name)")
    }
  }

  @Test("An interruption ends every process of the round, and nothing of it is stored")
  func interruption() throws {
    let interruption = try Interruption()
    let mark = "lockstep-interrupted-\(UInt32.random(in: 0 ... .max))"
    let head = executable(mark, value: "110", wrong: ("hang", "turn3"), timeout: 1)
    let thread = Thread {
      while Self.processes(named: mark).isEmpty { usleep(1_000) }
      usleep(300_000)
      interruption.request()
    }
    thread.start()
    let result = try recording(head: head).run(
      looks: [2], interruption: interruption, undecided: { _ in [] },
      save: { _ in Issue.record("a torn round was saved") })
    #expect(result.ending == .interrupted && result.processes == 0)
    #expect(Self.processes(named: mark).isEmpty)
  }
}
