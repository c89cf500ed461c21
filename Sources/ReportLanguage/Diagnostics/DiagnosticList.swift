/// Diagnostics as they are found, up to a limit.
struct DiagnosticList {
  /// The most diagnostics; further ones rarely say anything that the first did not.
  static let limit = 100

  private(set) var all: [Diagnostic] = []

  /// Whether no more are accepted.
  var isFull: Bool { all.count > Self.limit }

  /// Adds a diagnostic. The first one above the limit is replaced by one that says that there are
  /// more.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    all.append(all.count < Self.limit ? diagnostic : .tooMany(at: diagnostic.span))
  }
}
