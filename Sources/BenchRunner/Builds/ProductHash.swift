import BenchModel
import Foundation

/// The hash that identifies an executable's code: executables with the same hash are 'identical
/// code'.
package enum ProductHash {
  /// The resource bundles and shared libraries beside an executable, sorted by name.
  static func companions(of executable: String) throws -> [String] {
    let folder = (executable as NSString).deletingLastPathComponent
    let own = (executable as NSString).lastPathComponent
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        .filter { $0 != own && isCompanion($0) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw RunnerError.unreadable(folder, reason: error.localizedDescription)
    }
  }

  /// The SHA-256 of the executable and of everything that is cached beside it.
  ///
  /// Of an executable that stands alone it is the digest of its bytes. A script is not all of its
  /// code, since it may source or import any file of the tree. So `source`, the hashes of the tree
  /// and of the uncommitted changes, is part of its hash. `reads` is the hash of the files that its
  /// benchmarks read: with other data or another `environment`, the same code is another benchmark.
  package static func hexadecimal(
    of executable: String, source: [String] = [], reads: String? = nil,
    environment: [String: String] = [:]
  ) throws -> String {
    let companions = try companions(of: executable)
    let named = try isScript(executable) ? source : []
    guard !companions.isEmpty || !named.isEmpty || reads != nil || !environment.isEmpty else {
      return try SHA256.hexadecimal(ofFile: executable)
    }
    var hash = SHA256()
    for text in named { hash.add("source", text) }
    if let reads { hash.add("reads", reads) }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      hash.add("variable", "\(name)=\(value)")
    }
    hash.add("executable", try SHA256.hexadecimal(ofFile: executable))
    let folder = (executable as NSString).deletingLastPathComponent
    for name in companions { try hash.add(fileTree: name, in: folder) }
    return hash.finish()
  }

  /// Whether the system runs the file with an interpreter.
  static func isScript(_ path: String) throws -> Bool {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      return try file.read(upToCount: 2) == Data("#!".utf8)
    } catch {
      throw RunnerError.unreadable(path, reason: error.localizedDescription)
    }
  }

  /// Whether the item is a resource bundle or a shared library, such as `libx.so.6`.
  private static func isCompanion(_ item: String) -> Bool {
    [".resources", ".bundle", ".so", ".dylib"].contains { item.hasSuffix($0) }
      || item.contains(".so.")
  }
}

extension SHA256 {
  /// Adds a text with its kind and its length, so that no two lists of texts give the same bytes.
  fileprivate mutating func add(_ kind: String, _ text: String) {
    update(Array("\(kind) \(text.utf8.count) \(text)\0".utf8))
  }

  /// Adds a file, a link, or a folder with everything in it.
  fileprivate mutating func add(fileTree name: String, in folder: String) throws {
    let path = folder + "/" + name
    let files = FileManager.default
    do {
      let kind = try files.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      add("name", name)
      switch kind {
      case .typeDirectory?:
        let items = try files.contentsOfDirectory(atPath: path)
        for item in items.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
          try add(fileTree: item, in: path)
        }
        add("end", "")
      case .typeSymbolicLink?: add("link", try files.destinationOfSymbolicLink(atPath: path))
      default: add("file", try SHA256.hexadecimal(ofFile: path))
      }
    } catch let error as RunnerError {
      throw error
    } catch {
      throw RunnerError.unreadable(path, reason: error.localizedDescription)
    }
  }
}
