package import Foundation

extension WorkerRequest: Codable {
  private enum Key: String, CodingKey { case request, benchmark, seed, plan, samples }
  private enum Name: String, Codable { case list, run, turns }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decode(Name.self, forKey: .request) {
    case .list: self = .list
    case .run:
      self = .run(
        try values.decode(BenchmarkKey.self, forKey: .benchmark),
        seed: try values.decode(UInt64.self, forKey: .seed),
        plan: try values.decode(MeasurementPlan.self, forKey: .plan))
    case .turns:
      self = .turns(
        try values.decode(BenchmarkKey.self, forKey: .benchmark),
        seed: try values.decode(UInt64.self, forKey: .seed),
        samples: try values.decode(Int.self, forKey: .samples))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .list: try values.encode(Name.list, forKey: .request)
    case .run(let key, let seed, let plan):
      try values.encode(Name.run, forKey: .request)
      try values.encode(key, forKey: .benchmark)
      try values.encode(seed, forKey: .seed)
      try values.encode(plan, forKey: .plan)
    case .turns(let key, let seed, let samples):
      try values.encode(Name.turns, forKey: .request)
      try values.encode(key, forKey: .benchmark)
      try values.encode(seed, forKey: .seed)
      try values.encode(samples, forKey: .samples)
    }
  }
}

extension WorkerMessage: Codable {
  private enum Key: String, CodingKey { case message, facts, reason, detail }
  private enum Name: String, Codable { case benchmark, end, sample, done, failure }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decode(Name.self, forKey: .message) {
    case .benchmark: self = .benchmark(try BenchmarkDeclaration(from: decoder))
    case .end: self = .end
    case .sample: self = .sample(try Sample(from: decoder))
    case .done:
      self = .done(try values.decodeIfPresent(WorkerFacts.self, forKey: .facts) ?? WorkerFacts())
    case .failure:
      self = .failure(
        reason: try values.decode(String.self, forKey: .reason),
        detail: try values.decodeIfPresent(String.self, forKey: .detail) ?? "")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .benchmark(let declaration):
      try values.encode(Name.benchmark, forKey: .message)
      try declaration.encode(to: encoder)
    case .end: try values.encode(Name.end, forKey: .message)
    case .sample(let sample):
      try values.encode(Name.sample, forKey: .message)
      try sample.encode(to: encoder)
    case .done(let facts):
      try values.encode(Name.done, forKey: .message)
      try values.encode(facts, forKey: .facts)
    case .failure(let reason, let detail):
      try values.encode(Name.failure, forKey: .message)
      try values.encode(reason, forKey: .reason)
      try values.encode(detail, forKey: .detail)
    }
  }
}

/// JSON with one value a line, its keys sorted.
package enum JSONLine {
  /// Encodes a value and a newline.
  package static func encode(_ value: some Encodable) throws -> Data {
    var line = try encoder.encode(value)
    line.append(0x0A)
    return line
  }

  package static func decode<Value: Decodable>(_ type: Value.Type, from line: Data) throws -> Value
  {
    try decoder.decode(type, from: line)
  }

  // Foundation's coders are `Sendable` and keep no state between calls, so all lines share them.
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }()

  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }()
}
