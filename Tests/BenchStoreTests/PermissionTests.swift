import BenchStore
import BenchTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file system refuses the superuser nothing, and the tests may run as the superuser, so each
/// gives that up in a process of its own.
@Suite("Permissions")
struct PermissionTests {
  @Test("A database that may only be read is a read-only error for a writer")
  func readOnlyFile() async {
    await #expect(processExitsWith: .success) {
      try withDatabase { path in
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        chmod(folder, 0o777)
        chmod(path, 0o444)
        let user = geteuid()
        if user == 0 { seteuid(65534) }
        defer { seteuid(user) }
        let error = #expect(throws: StoreError.self) {
          try ResultsStore.open(path, access: .readWrite).begin(StoredExample.run())
        }
        guard error == .readOnly(path: path) else { exit(1) }
      }
    }
  }

  @Test("A database that may not even be read is an error of its own")
  func secretFile() async {
    await #expect(processExitsWith: .success) {
      try withDatabase { path in
        chmod(path, 0)
        let user = geteuid()
        if user == 0 { seteuid(65534) }
        defer { seteuid(user) }
        let error = #expect(throws: StoreError.self) {
          try ResultsStore.open(path, access: .readOnly)
        }
        guard error == .noPermission(path: path) else { exit(1) }
      }
    }
  }
}
