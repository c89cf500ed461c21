import Foundation

/// The product that a build with a seed leaves in its folder.
///
/// It may not stay there: a build command finds it newer than its sources, and would take it for
/// the product without a seed. So it is removed before each build, which also makes the command
/// link anew, and after it. A note beside the cached products names it meanwhile, so that one which
/// a killed benchdb left is removed before the next build.
struct SeededProduct {
  private let product: String
  private let note: String

  init(product: String, storage: String) {
    self.product = product
    note = storage + "/seeded-product"
  }

  /// Removes the product of the build before.
  func prepare() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: (note as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(product.utf8).write(to: URL(filePath: note))
    } catch {
      throw RunnerError.unwritable(note, reason: error.localizedDescription)
    }
    try? FileManager.default.removeItem(atPath: product)
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: product)
    try? FileManager.default.removeItem(atPath: note)
  }

  /// Removes the product that is named in the note of a benchdb that was killed.
  static func removeAbandoned(storage: String) {
    let note = storage + "/seeded-product"
    guard let product = try? String(contentsOfFile: note, encoding: .utf8) else { return }
    SeededProduct(product: product, storage: storage).remove()
  }
}
