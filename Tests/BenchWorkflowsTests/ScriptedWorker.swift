import BenchModel
import BenchRunner
import Foundation

/// A worker in a few lines of shell. It declares one benchmark whose exact metric is the script's
/// argument, or fails where the argument is no number.
enum ScriptedWorker {
  static let script = #"""
    #!/bin/sh
    read -r request
    case $request in
    *'"request":"list"'*)
      printf '%s\n' '{"message":"benchmark","key":{"id":"suite/one"},"metrics":[{"name":"wall","unit":"ns","gate":true,"exact":0.01}]}' '{"message":"end"}' >&3
      exit ;;
    esac
    case ${1:-100} in
    *[0-9]) printf '{"message":"sample","metric":"wall","value":%s,"iterations":1,"order":0}\n{"message":"done"}\n' "${1:-100}" >&3 ;;
    *) printf '{"message":"failure","reason":"%s"}\n' "$1" >&3 ;;
    esac

    """#

  /// The script is read by a shell and never executed itself, so that no other test that starts a
  /// process at the same moment can keep it busy.
  static func process(_ argument: String, in folder: URL) throws -> WorkerProcess {
    let file = folder.appending(path: "worker.sh")
    if !FileManager.default.fileExists(atPath: file.path) {
      try Data(script.utf8).write(to: file)
    }
    return WorkerProcess(command: ["/bin/sh", file.path, argument])
  }
}
