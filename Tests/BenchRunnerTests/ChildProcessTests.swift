import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("Child processes") struct ChildProcessTests {
  private func shell(_ script: String) -> ChildProcess { ChildProcess(["/bin/sh", "-c", script]) }

  @Test("A program's status, output and standard error come back")
  func capture() throws {
    let child = try shell("echo out; echo bad >&2; exit 3").capture()
    #expect(child.exit.ending == .exited(status: 3))
    #expect(child.exit.crash == "ended with status 3")
    #expect(child.text == "out")
    #expect(child.standardError == "bad\n")
  }

  @Test("Arguments are never read by a shell")
  func arguments() throws {
    let odd = ["a b", "$HOME", "\"", "*", ""]
    let child = try ChildProcess(["printf", "%s\\n"] + odd).capture()
    #expect(String(decoding: child.output, as: UTF8.self) == odd.map { "\($0)\n" }.joined())
  }

  @Test("Input, environment and directory arrive")
  func surroundings() throws {
    try withTemporaryDirectory { directory in
      var child = shell("cat; echo $COLOUR; pwd -P")
      child.input = Data("in\n".utf8)
      child.environment["COLOUR"] = "green"
      child.workingDirectory = directory.path
      let real = directory.resolvingSymlinksInPath().path
      let text = try child.capture().text
      #expect(text == "in\ngreen\n\(real)")
    }
  }

  @Test("A child that never reads its input ends normally")
  func ignoredInput() throws {
    var child = shell("exec <&-; exit 0")
    child.input = Data("in\n".utf8)
    #expect(try child.capture().exit.isSuccess)
  }

  @Test("A child gets its three or four descriptors and no other")
  func descriptors() throws {
    let plain = try shell("ls /proc/self/fd | wc -l").capture()
    // This descriptor belongs to ls, which opens the folder.
    #expect(plain.text.trimmingCharacters(in: .whitespaces) == "4")
    var worker = shell("echo answer >&3; ls /proc/self/fd | wc -l")
    worker.hasProtocolDescriptor = true
    let text = try worker.capture().text
    #expect(text.contains("answer") && text.contains("5"))
  }

  @Test("A chatty child never blocks, and only the end of its standard error is kept")
  func chatty() throws {
    let child = try shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo last >&2; echo out")
      .capture(tailBytes: 1_000)
    #expect(child.exit.isSuccess)
    #expect(child.text == "out")
    #expect(child.standardError.hasPrefix("…xxx"))
    #expect(child.standardError.hasSuffix("xlast\n"))
    #expect(child.standardError.utf8.count == 1_000 + "…".utf8.count)
  }

  @Test("Too much output stops the child")
  func tooMuch() throws {
    let child = try ChildProcess(["yes"]).capture(maximumBytes: 100_000)
    #expect(child.exit.stop == .stoppedByReader)
    #expect(child.output.count <= 100_000)
  }

  @Test("A child that hangs gets SIGTERM, and SIGKILL when it ignores that")
  func timeouts() throws {
    var polite = ChildProcess(["sleep", "60"], timeout: 0.05)
    var exit = try polite.capture().exit
    #expect(exit.stop == .timedOut)
    #expect(exit.ending == .signalled(SIGTERM))
    polite = shell("trap '' TERM; while :; do sleep 60; done")
    polite.timeout = 0.2
    polite.gracePeriod = 0.05
    exit = try polite.capture().exit
    #expect(exit.stop == .timedOut)
    #expect(exit.ending == .signalled(SIGKILL))
  }

  @Test("A timeout may be of any length", arguments: [1e300, .infinity, .nan, 1e18])
  func endlessTimeouts(seconds: Double) throws {
    #expect(try ChildProcess(["true"], timeout: seconds).capture().exit.isSuccess)
    var stubborn = shell("trap '' TERM; while :; do sleep 60; done")
    stubborn.timeout = -seconds
    stubborn.gracePeriod = 0
    if seconds.isNaN { return }
    #expect(try stubborn.capture().exit.stop == .timedOut)
  }

  @Test("A grandchild that keeps the pipes open is not waited for, and is killed")
  func grandchild() throws {
    let child = try shell("sleep 60 & echo $!").capture()
    #expect(child.exit.isSuccess)
    #expect(child.exit.seconds < 30)
    let identifier = try #require(pid_t(child.text))
    // The kill has been sent; the system may take a moment to carry it out.
    let patience = ContinuousClock.now + .seconds(20)
    func isRunning() -> Bool {
      let state = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
      return state.flatMap(MachineFileText.startTicks) != nil
    }
    while isRunning(), .now < patience { sched_yield() }
    #expect(!isRunning())
  }

  @Test("An interruption ends the child, and every later one")
  func interruption() throws {
    let interruption = try Interruption()
    #expect(!interruption.isRequested)
    interruption.request()
    for _ in 0..<2 {
      let child = try ChildProcess(["sleep", "60"]).capture(interruption: interruption)
      #expect(child.exit.stop == .interrupted)
    }
  }

  @Test("The first signal is a request, the second ends the program with 128 and its number")
  func signals() async {
    await #expect(processExitsWith: .exitCode(130)) {
      let interruption = try Interruption()
      interruption.handleSignals()
      // The signal is sent to the process, because threads of the standard library's pool block
      // signals.
      let patience = ContinuousClock.now + .seconds(20)
      kill(getpid(), SIGTERM)
      while !interruption.isRequested, .now < patience { sched_yield() }
      guard interruption.isRequested else { exit(1) }
      kill(getpid(), SIGINT)
      while .now < patience { sched_yield() }
      exit(2)
    }
  }

  @Test("Where nothing notices a request, the first signal ends the program")
  func deaf() async {
    await #expect(processExitsWith: .exitCode(143)) {
      let interruption = try Interruption()
      interruption.handleSignals()
      try interruption.endingAtOnce {
        kill(getpid(), SIGTERM)
        let patience = ContinuousClock.now + .seconds(20)
        while .now < patience { sched_yield() }
      }
      exit(2)
    }
    let interruption = try? Interruption()
    interruption?.request()
    #expect(throws: RunnerError.interrupted) { try interruption?.endingAtOnce {} }
  }

  @Test("Hanging up is a request, unless the program was told to ignore it")
  func hangUp() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let interruption = try Interruption()
      interruption.handleSignals()
      kill(getpid(), SIGHUP)
      let patience = ContinuousClock.now + .seconds(20)
      while !interruption.isRequested, .now < patience { sched_yield() }
      exit(interruption.isRequested ? 0 : 1)
    }
    await #expect(processExitsWith: .exitCode(0)) {
      signal(SIGHUP, SIG_IGN)
      let interruption = try Interruption()
      interruption.handleSignals()
      // SIGHUP would have been delivered before SIGINT, because it was sent first and has the lower
      // number.
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGINT)
      let patience = ContinuousClock.now + .seconds(20)
      while !interruption.isRequested, .now < patience { sched_yield() }
      exit(interruption.request() == 2 ? 0 : 1)
    }
  }

  @Test("Waiting for a lock ends when it is given up, or with an interruption")
  func locks() throws {
    try withTemporaryDirectory { directory in
      let path = directory.path + "/lock"
      var holder: FileLock? = try FileLock(path: path) { Issue.record("nobody holds it") }
      let interruption = try Interruption()
      interruption.request()
      var waits = 0
      #expect(throws: RunnerError.interrupted) {
        try FileLock(path: path, interruption: interruption) { waits += 1 }
      }
      #expect(waits == 1)
      let next = try FileLock(path: path) { holder = nil }
      #expect(holder == nil)
      withExtendedLifetime(next) {}
    }
  }

  @Test("A child has no signal ignored that benchdb ignores")
  func childSignals() async {
    await #expect(processExitsWith: .exitCode(0)) {
      signal(SIGPIPE, SIG_IGN)
      let child = try ChildProcess(["grep", "SigIgn", "/proc/self/status"]).capture()
      let mask = child.text.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
      exit(mask.map { $0 & 1 << UInt64(SIGPIPE - 1) == 0 } == true ? 0 : 1)
    }
  }

  @Test("A program that can't be started says why")
  func startErrors() throws {
    func error(_ arguments: [String], in directory: String? = nil) -> RunnerError? {
      #expect(throws: RunnerError.self) {
        try ChildProcess(arguments, workingDirectory: directory).capture()
      }
    }
    #expect(error([]) == .emptyCommand)
    #expect(error(["/no/such/program"]) == .executableNotFound("/no/such/program"))
    #expect(error(["no-such-program"]) == .executableNotFound("no-such-program"))
    #expect(error(["/etc/passwd"]) == .notExecutable("/etc/passwd"))
    #expect(error(["true"], in: "/no/such/folder") == .directoryNotFound("/no/such/folder"))
    #expect(error(["true", "a\0b"]) == .argumentContainsNUL("a\0b"))
    try withTemporaryDirectory { directory in
      let script = try directory.script("#!/no/such/interpreter\n")
      #expect(error([script]) == .interpreterNotFound(script))
    }
  }
}

extension URL {
  /// Writes an executable script into this folder.
  func script(_ text: String, name: String = "script") throws -> String {
    let file = appending(path: name)
    try text.write(to: file, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file.path
  }
}
