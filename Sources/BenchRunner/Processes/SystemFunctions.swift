#if canImport(Glibc)
  import Glibc

  /// Functions of glibc that no header declares in a way that Swift imports. They are looked up
  /// when the program runs, and `nil` where the library is too old.
  enum SystemFunctions {
    /// The function exists since glibc 2.29.
    static let addChangeDirectory = function(
      "posix_spawn_file_actions_addchdir_np",
      as: (@convention(c) (
        UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
      ) -> Int32).self)

    /// The function exists since glibc 2.34.
    static let addCloseFrom = function(
      "posix_spawn_file_actions_addclosefrom_np",
      as: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32).self)

    /// The function exists since glibc 2.36.
    static let openProcess = function(
      "pidfd_open", as: (@convention(c) (pid_t, UInt32) -> Int32).self)

    /// The calling thread's execution domain (personality(2)), which its children inherit.
    static let personality = function(
      "personality", as: (@convention(c) (UInt) -> Int32).self)

    /// sched_getaffinity(2) and sched_setaffinity(2): the processors of a thread, one bit each.
    static let getAffinity = function(
      "sched_getaffinity",
      as: (@convention(c) (pid_t, Int, UnsafeMutablePointer<UInt8>) -> Int32).self)
    static let setAffinity = function(
      "sched_setaffinity", as: (@convention(c) (pid_t, Int, UnsafePointer<UInt8>) -> Int32).self)

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
  }
#endif
