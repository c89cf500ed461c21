internal import BenchModel

/// The outcome of a process as three columns.
struct StoredOutcome {
  let kind: Kind
  let text: String
  let detail: String

  enum Kind: String {
    case completed, failed, crashed, protocolViolation = "protocol-violation"
    case timedOut = "timed-out"
  }

  init(kind: Kind, text: String, detail: String) {
    self.kind = kind
    self.text = text
    self.detail = detail
  }

  init(_ outcome: ProcessOutcome) {
    switch outcome {
    case .completed: self.init(kind: .completed, text: "", detail: "")
    case .failed(let reason, let detail): self.init(kind: .failed, text: reason, detail: detail)
    case .crashed(let description): self.init(kind: .crashed, text: description, detail: "")
    case .timedOut(let seconds): self.init(kind: .timedOut, text: "\(seconds)", detail: "")
    case .protocolViolation(let description):
      self.init(kind: .protocolViolation, text: description, detail: "")
    }
  }

  /// The outcome; `nil` where the text of a process that timed out is no number.
  var outcome: ProcessOutcome? {
    switch kind {
    case .completed: .completed
    case .failed: .failed(reason: text, detail: detail)
    case .crashed: .crashed(description: text)
    case .timedOut: Double(text).map { .timedOut(seconds: $0) }
    case .protocolViolation: .protocolViolation(description: text)
    }
  }

  /// One line for people that says why there is no statistic.
  var summary: String { outcome?.summary ?? "no answer within \(text) s" }
}
