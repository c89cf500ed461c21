import StreamingPipeline
import Testing

/// Runs every interleaving of events up to length 6 on the machine and checks it, after every
/// event, against what was asked, offered and delivered.
@Suite struct DemandStateMachineTests {
  enum Event {
    case request, topUp, offerAll, offerOne, offerTooMuch, pause, resume, cancel, finish, fail
    case hold, degrade, release

    /// The events that the contract names, with every way to offer.
    static let plain: [Event] = [
      .request, .topUp, .offerAll, .offerOne, .offerTooMuch, .pause, .resume, .cancel, .finish,
      .fail,
    ]
    /// The events that occur when memory is short.
    static let shortMemory: [Event] = [
      .request, .offerAll, .pause, .resume, .finish, .hold, .degrade, .release,
    ]
  }

  /// The knowledge of an outside observer.
  struct Observer {
    static let capacity = 4
    static let chunk = 3
    var machine = DemandStateMachine(capacity: capacity, chunk: chunk)
    var asked = 0
    var offered = 0
    var delivered = 0
    var inFlight = 0
    var isWaiting = false
    var isPaused = false
    var isHeld = false
    var permitted = chunk
    var isOpen = true
    var isCancelled = false
    var hasStarted = false
    var ends: [DemandStateMachine.End] = []

    mutating func apply(_ event: Event) {
      let wasCancelled = isCancelled
      guard let actions = perform(event) else { return }
      if let count = actions.deliver {
        check(isWaiting && !isPaused && !isCancelled)
        check(count > 0)
        delivered += count
        isWaiting = false
      }
      if let count = actions.fetch {
        check(isOpen && !isPaused && !isHeld && hasStarted && inFlight == 0)
        check(count > 0 && count <= permitted)
        inFlight = count
      }
      if let end = actions.end {
        check(isWaiting || event == .cancel)
        ends.append(end)
        isWaiting = false
      }
      check(actions.discard == (event == .cancel && !wasCancelled))
      if event == .pause { check(actions == .init()) }
      checkInvariants()
    }

    private mutating func perform(_ event: Event) -> DemandStateMachine.Actions? {
      switch event {
      case .request, .topUp:
        // There is one consumer: it asks again only when it has received its answer.
        if isWaiting { return nil }
        let count = event == .request ? 2 : 0
        asked += count
        isWaiting = true
        hasStarted = true
        return machine.request(count)
      case .offerAll: return offer(inFlight)
      case .offerOne: return offer(min(1, inFlight))
      case .offerTooMuch:
        let before = machine
        check(machine.offer(inFlight + 1) == nil)
        check(machine == before)
        return nil
      case .pause:
        isPaused = true
        return machine.pause()
      case .resume:
        isPaused = false
        return machine.resume()
      case .hold, .degrade, .release:
        isHeld = event == .hold
        permitted = event == .release ? Self.chunk : 1
        return machine.govern(chunk: permitted, isHeld: isHeld)
      case .cancel:
        isOpen = false
        isCancelled = true
        inFlight = 0
        return machine.cancel()
      case .finish, .fail:
        isOpen = false
        inFlight = 0
        return event == .finish ? machine.finish() : machine.fail()
      }
    }

    private mutating func offer(_ count: Int) -> DemandStateMachine.Actions? {
      if count == 0 {
        check(machine.offer(0) == nil)
        return nil
      }
      offered += count
      inFlight = 0
      return machine.offer(count)
    }

    private func checkInvariants() {
      check(delivered <= asked, "never more than was asked")
      check(machine.outstanding == asked - delivered, "demand is never lost")
      check(machine.held + inFlight <= Self.capacity, "never above the bound")
      check(machine.fetching == inFlight)
      if !isCancelled { check(offered == delivered + machine.held, "nothing is discarded") }
      guard !isPaused, isWaiting, machine.outstanding > 0 else { return }
      check(machine.held == 0, "what is there and asked for is delivered")
      check(
        isOpen && (inFlight > 0 || isHeld),
        "a waiting consumer has a read under way, or an end, or memory is short")
    }
  }

  @Test(
    "every interleaving up to length 6 keeps demand, bound, order and end",
    arguments: [Event.plain, Event.shortMemory])
  func everyInterleaving(events: [Event]) {
    var sequences = 0
    func explore(_ observer: Observer, depth: Int) {
      sequences += 1
      guard depth < 6 else { return }
      for event in events {
        var next = observer
        next.apply(event)
        explore(next, depth: depth + 1)
      }
    }
    for event in events {
      var first = Observer()
      first.apply(event)
      explore(first, depth: 1)
    }
    #expect(sequences > 100_000)
  }

  @Test("the end comes once, after the last record")
  func endIsLast() {
    var machine = DemandStateMachine(capacity: 4, chunk: 4)
    #expect(machine.request(2).fetch == 4)
    #expect(machine.offer(4) == .init(deliver: 2, fetch: 2))
    #expect(machine.finish() == .init())
    #expect(machine.request(2) == .init(deliver: 2))
    #expect(machine.request(2) == .init(end: .finished))
  }

  @Test("nothing is read before the first request")
  func lazy() {
    var machine = DemandStateMachine(capacity: 4, chunk: 4)
    #expect(machine.resume() == .init())
    #expect(machine.fetching == 0)
  }
}

/// Checks a condition. `#expect` builds a description of its operands even when they are right,
/// which is too slow for a million sequences.
private func check(
  _ condition: Bool, _ meaning: Comment? = nil, at location: SourceLocation = #_sourceLocation
) {
  if !condition {
    Issue.record(meaning ?? "the machine differs from the model", sourceLocation: location)
  }
}
