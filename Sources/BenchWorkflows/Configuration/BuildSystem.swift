import Foundation

/// A build system other than SwiftPM that `benchdb init` recognises by its file at the root, and
/// the lines with which it builds an executable in the layout of a seed.
package enum BuildSystem: CaseIterable, Sendable {
  case cmake, cargo, go, make

  /// The first whose file is there. CMake, Cargo and Go go before a makefile, which often calls
  /// them.
  package static func found(in root: String) -> BuildSystem? {
    allCases.first { system in
      system.files.contains { FileManager.default.fileExists(atPath: root + "/" + $0) }
    }
  }

  private var files: [String] {
    switch self {
    case .cmake: ["CMakeLists.txt"]
    case .cargo: ["Cargo.toml"]
    case .go: ["go.mod"]
    case .make: ["GNUmakefile", "makefile", "Makefile"]
    }
  }

  /// The value of `build` in `benchdb.toml`.
  package var buildLine: String {
    switch self {
    case .cmake:
      #"["sh", "-c", 'cmake -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS=-ffunction-sections -DCMAKE_EXE_LINKER_FLAGS="$flags" && cmake --build build --target benchmarks']"#
        .replacing("$flags", with: Self.linkerFlags)
    case .cargo:
      #"["sh", "-c", 'cargo rustc --release --bin benchmarks -- ${BENCHDB_LAYOUT:+-C link-arg=-fuse-ld=lld -C link-arg=-Wl,--shuffle-sections=.text*=$BENCHDB_LAYOUT}']"#
    case .go:
      #"["sh", "-c", 'go build -o build/benchmarks ${BENCHDB_LAYOUT:+-ldflags=-randlayout=$BENCHDB_LAYOUT} ./cmd/benchmarks']"#
    case .make: #"["make", "benchmarks"]"#
    }
  }

  /// The value of `path`.
  package var path: String {
    switch self {
    case .cmake, .go: "build/benchmarks"
    case .cargo: "target/release/benchmarks"
    case .make: "benchmarks"
    }
  }

  /// What is said of the seed, in one line.
  package var comment: String {
    let seed = "BENCHDB_LAYOUT is the seed of the order of functions in a paired comparison"
    return switch self {
    case .make:
      "\(seed); in the makefile: LDFLAGS += $\(Self.linkerFlags.replacing("=$", with: "=$$")), with -ffunction-sections in CFLAGS"
    case .cmake, .cargo: "\(seed); it takes lld."
    case .go: "\(seed)."
    }
  }

  /// What a shell gives to a compiler that links.
  private static let linkerFlags =
    "${BENCHDB_LAYOUT:+-fuse-ld=lld -Wl,--shuffle-sections=.text*=$BENCHDB_LAYOUT}"
}
