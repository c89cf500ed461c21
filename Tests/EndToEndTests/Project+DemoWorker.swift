import BenchRunner
import Foundation

extension Project {
  static let configuration = """
    project = "demo"

    [[executable]]
    build = ["sh", "build.sh"]
    path = "built-worker"
    timeout = "20s"

    """

  /// Speaks the worker protocol. The costs are constants of the source; every process adds noise of
  /// ±0.3 %.
  ///
  /// `DEMO_LOG` names a file in which every measuring worker notes that it started, and that it is
  /// about to say 'done'. `DEMO_DEATH` says which worker, counted from 1, dies where: `before-3`,
  /// `within-3` or `after-3` its samples, or `torn-3` in the middle of one. `DEMO_HOLD` says which
  /// one waits until `stopped` has sent its signal.
  static let worker = #"""
    #!/bin/sh
    cost_grouped=30000000
    cost_simple=8000000
    say() { printf '%s\n' "$1" >&3; }
    note() { printf '%s\n' "$1" >>"${DEMO_LOG:-/dev/null}"; }
    death() {
      case ${DEMO_DEATH:-} in
      "$1"-*)
        if [ "${DEMO_DEATH#*-}" = "$(grep -c started "$DEMO_LOG")" ]; then
          if [ "$1" = torn ]; then printf '{"message":"samp' >&3; fi
          kill -9 $$
        fi ;;
      esac
    }
    hold() {
      if [ -n "${DEMO_HOLD:-}" ] && [ "$DEMO_HOLD" = "$(grep -c started "$DEMO_LOG")" ]; then
        until grep -qx "signalled $DEMO_HOLD" "$DEMO_LOG"; do sleep 0.01; done
      fi
    }

    read -r request
    case $request in
    *'"request":"list"'*)
      for name in grouped simple; do
        say '{"message":"benchmark","key":{"id":"throughput/'$name'"},"source":{"file":"worker.sh","line":2},"metrics":[{"name":"cpu","unit":"ns","gate":true},{"name":"allocations","unit":"count"}]}'
      done
      say '{"message":"end"}'
      exit ;;
    esac

    note "started $$"
    hold
    death before
    death torn
    case $request in
    *'"pass":"counting"'*)
      say '{"message":"sample","metric":"allocations","value":12,"iterations":1,"order":0}' ;;
    *)
      case $request in *throughput/grouped*) cost=$cost_grouped ;; *) cost=$cost_simple ;; esac
      # Numbers drawn after neighbouring seeds, such as process numbers, follow one another, and
      # the processes of a round have such numbers.
      seed=$(od -An -N4 -tu4 /dev/urandom)
      awk -v cost="$cost" -v seed="$seed" 'BEGIN {
        srand(seed)
        factor = 1 + (rand() - 0.5) * 0.006
        for (order = 0; order < 6; order++)
          printf "{\"message\":\"sample\",\"metric\":\"cpu\",\"value\":%.0f,\"iterations\":1,\"order\":%d,\"warmUp\":%s}\n", cost * factor * (1 + rand() * 0.002), order, order < 1 ? "true" : "false"
      }' >&3 ;;
    esac
    death within
    note finished
    say '{"message":"done"}'
    death after

    """#

  /// Runs a command and sends it a signal while a worker measures: the one of this number, counted
  /// over all calls.
  func stopped(_ arguments: [String], by signal: String, atWorker number: Int) throws -> Answer {
    let log = root.appending(path: ".benchdb/workers.log").path
    let script = """
      signal=$1
      shift
      "$@" & recorder=$!
      until [ "$(grep -c started "$DEMO_LOG" 2>/dev/null)" -ge "$DEMO_HOLD" ] 2>/dev/null
      do kill -0 $recorder || exit 99; sleep 0.002
      done
      kill -s "$signal" $recorder
      echo "signalled $DEMO_HOLD" >>"$DEMO_LOG"
      wait $recorder
      """
    return try Answer(
      ChildProcess(
        ["sh", "-c", script, "sh", signal, Executable.benchdb.path] + arguments,
        environment: Self.environment.merging(["DEMO_LOG": log, "DEMO_HOLD": "\(number)"]) { $1 },
        workingDirectory: root.path, timeout: 60
      ).capture(tailBytes: 64 << 10))
  }

  /// Makes the worker a script that nothing builds, and commits it. Its cost lies in `costs.sh`,
  /// which each side must find beside its own worker.
  func measureScript() throws {
    try write("[[executable]]\npath = \"worker.sh\"\n", to: "benchdb.toml")
    let worker = try text(of: "worker.sh")
    try write(
      worker.replacing("cost_grouped=30000000", with: ". \"${0%/*}/costs.sh\""), to: "worker.sh")
    try write("cost_grouped=30000000\n", to: "costs.sh")
    let file = root.appending(path: "worker.sh").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    try commit("Measure a script")
  }
}
