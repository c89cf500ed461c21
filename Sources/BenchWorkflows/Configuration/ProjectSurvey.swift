import BenchRunner
import Foundation

/// What `benchdb init` finds in a project.
package struct ProjectSurvey {
  let name: String
  /// Products of a Swift package that hold benchmarks, in the order of their names.
  package let executables: [String]
  /// The address from which the package gets benchdb; `nil` where that is not known.
  let toolSource: String?
  /// What builds the project, where it is no Swift package.
  let buildSystem: BuildSystem?

  init(
    name: String, executables: [String] = [], toolSource: String? = nil,
    buildSystem: BuildSystem? = nil
  ) {
    self.buildSystem = buildSystem
    self.name = name
    self.executables = executables
    self.toolSource = toolSource
  }

  /// Looks at the folder. A package that can't be read is none: what is written then is an example.
  package init(root: String) {
    let name = URL(filePath: root).lastPathComponent
    guard FileManager.default.fileExists(atPath: root + "/Package.swift"),
      let manifest = Self.manifest(root)
    else {
      self.init(name: name, buildSystem: BuildSystem.found(in: root))
      return
    }
    self.init(manifest)
  }

  private init(_ manifest: Manifest) {
    let holders = manifest.targets.filter(\.holdsBenchmarks)
    self.init(
      name: manifest.name,
      executables: holders.map { target in
        manifest.products.first { $0.isExecutable && $0.targets == [target.name] }?.name
          ?? target.name
      }.sorted(),
      toolSource: holders.compactMap(\.toolPackage).first.flatMap { identity in
        manifest.dependencies?.compactMap { $0.remote(of: identity) }.first
      })
  }

  /// What `swift package dump-package` prints.
  private static func manifest(_ root: String) -> Manifest? {
    let child = try? ChildProcess(
      ["swift", "package", "dump-package"], workingDirectory: root, timeout: 60
    ).capture()
    guard let child, child.exit.isSuccess else { return nil }
    return try? JSONDecoder().decode(Manifest.self, from: child.output)
  }
}

/// The part of a package's manifest that matters here, in SwiftPM's own JSON.
private struct Manifest: Decodable {
  let name: String
  let targets: [Target]
  let products: [Product]
  let dependencies: [Dependency]?

  struct Target: Decodable {
    let name: String
    let type: String
    let dependencies: [TargetDependency]

    /// An executable that links BenchKit.
    var holdsBenchmarks: Bool {
      type == "executable" && dependencies.contains { $0.name == "BenchKit" }
    }

    /// The identity of the package that BenchKit comes from.
    var toolPackage: String? { dependencies.first { $0.name == "BenchKit" }?.packageName }
  }

  /// `{"product":["BenchKit","benchdb",null,null]}`, `{"byName":["BenchKit",null]}`
  struct TargetDependency: Decodable {
    let name: String?
    let packageName: String?

    init(from decoder: any Decoder) throws {
      let kinds = try decoder.singleValueContainer().decode([String: [Part?]].self)
      let parts = kinds.values.first?.map { $0?.text } ?? []
      name = parts.first ?? nil
      packageName = kinds["product"] != nil && parts.count > 1 ? parts[1] : nil
    }

    /// A text, or a condition that does not matter here.
    struct Part: Decodable {
      let text: String?

      init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
      }
    }
  }

  struct Product: Decodable {
    let name: String
    let targets: [String]
    let isExecutable: Bool

    private enum Key: String, CodingKey { case name, targets, type }
    private enum Kind: String, CodingKey { case executable }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      name = try values.decode(String.self, forKey: .name)
      targets = try values.decode([String].self, forKey: .targets)
      isExecutable = try values.nestedContainer(keyedBy: Kind.self, forKey: .type)
        .contains(.executable)
    }
  }

  /// `{"sourceControl":[{"identity":"benchdb","location":{"remote":[{"urlString":"https://…"}]}}]}`
  struct Dependency: Decodable {
    let sourceControl: [SourceControl]?

    struct SourceControl: Decodable {
      let identity: String
      let location: Location
    }

    struct Location: Decodable {
      let remote: [Remote]?
    }

    struct Remote: Decodable {
      let urlString: String
    }

    func remote(of name: String) -> String? {
      sourceControl?.first { $0.identity == name.lowercased() }?.location.remote?.first?
        .urlString
    }
  }
}
