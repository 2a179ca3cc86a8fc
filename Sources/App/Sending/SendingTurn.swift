import Dispatch
import Exchange
import Model
import Storage

/// The course of one sending.
struct SendingTurn {
  private let run: SendingRun
  private let isCancelled: @Sendable () -> Bool
  private let tell: @Sendable (SendingRun.Progress) -> Void
  var progress = SendingRun.Progress()
  /// The newest step with which somebody may have been queued.
  private var floor: Int64
  /// The last number that was looked at.
  private var position: Int64 = 0
  /// Where people are queued and it is not quiet.
  private var awake: Set<String> = []
  /// How it is sent; its hours are read anew before every claim.
  private var plan: SendingPlan
  private var pace: SendingPace
  /// How many hand-overs failed, one after another.
  private var failures = 0
  private var settledAt: Duration

  init(
    _ run: SendingRun,
    floor: Int64,
    isCancelled: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable (SendingRun.Progress) -> Void
  ) {
    (self.run, self.floor, self.isCancelled, self.tell) = (run, floor, isCancelled, tell)
    plan = run.order.plan
    pace = SendingPace(perMinute: run.order.plan.perMinute)
    settledAt = run.clock.uptime()
  }

  private var order: SendingRun.Order { run.order }

  /// Sends until something ends it.
  mutating func untilEnd() async throws -> SendingRun.End {
    progress.total = try await queued().values.reduce(0, +)
    while true {
      if let halt = try await halt() {
        guard case .paused = halt, order.waits else { return halt }
        try await pause()
        continue
      }
      let asleep = try await look()
      if awake.isEmpty {
        guard let until = try await wakeUp(asleep) else { return .done }
        guard order.waits else { return .quiet(until: until) }
        try await wait(until: until)
        continue
      }
      let left = order.limit.map { $0 - progress.counts.handedOver } ?? .max
      guard left > 0 else { return .limit }
      let claimed = try await claim(min(plan.claim, left))
      progress.withoutText += claimed.withoutText
      progress.withoutConsent += claimed.withoutConsent
      if !claimed.people.isEmpty {
        if let halt = try await handOver(claimed.people) {
          guard halt == .paused else { return halt }
          // Whoever was held back is queued anew, also where the pause is over by now.
          try await beginAgain()
        }
      } else if claimed.isAtEnd, claimed.signal.isGo {
        guard let until = try await wakeUp(asleep) else { return .done }
        guard order.waits else { return .quiet(until: until) }
        try await wait(until: until)
      }
    }
  }

  /// Says what the sender is doing.
  @discardableResult
  mutating func report(_ activity: SendingActivity, until: Instant? = nil) async throws
    -> SendingWish?
  {
    (progress.activity, progress.waitsUntil) = (activity, until)
    tell(progress)
    return try await run.store.perform(
      SendingReport(
        mailing: order.mailing.id,
        process: order.process,
        activity: activity,
        counts: progress.counts,
        waitsUntil: until,
        problem: progress.problem,
        cause: progress.cause
      ),
      origin: order.origin
    )
  }

  // MARK: What ends it

  /// Why no hand-over may begin now; nil where one may.
  private func halt() async throws -> SendingRun.End? {
    if isCancelled() { return .stopped }
    let signal = try await run.store.answer(
      SendingSignal(
        mailing: order.mailing.id,
        process: order.process,
        edition: run.texts.edition
      )
    )
    switch signal.wish {
    case nil: return .replaced
    case .stop?: return .stopped
    case .run? where !signal.isApproved, .pause? where !signal.isApproved: return .notApproved
    case .pause?: return .paused
    case .run?: return failures >= plan.threshold ? .failures(failures) : nil
    }
  }

  /// Waits so long, and heeds meanwhile what is wanted; gives what ends the wait early.
  private func rest(_ length: Duration) async throws -> SendingRun.End? {
    var left = length
    while left > .zero {
      let part = min(left, .milliseconds(500))
      await run.clock.sleep(part)
      left -= part
      if let halt = try await halt() { return halt }
    }
    return nil
  }

  /// Waits until the sending is to go on, or to end.
  private mutating func pause() async throws {
    try await idle(.paused, until: nil)
    failures = 0
    try await beginAgain()
    if try await halt() == nil { try await report(.sending) }
  }

  /// Looks at all again, those too that were given back: somebody said that it is to go on.
  private mutating func beginAgain() async throws {
    floor = try await run.store.answer(MailingSending(mailing: order.mailing.id)).lastStep
    position = 0
  }

  /// Waits for the end of quiet hours; whatever is wanted meanwhile is heeded by who called.
  private mutating func wait(until: Instant) async throws {
    try await idle(.quiet, until: until)
    position = 0
    if try await halt() == nil { try await report(.sending) }
  }

  private mutating func idle(_ activity: SendingActivity, until: Instant?) async throws {
    var reported = run.clock.uptime()
    try await report(activity, until: until)
    while true {
      await run.clock.sleep(.milliseconds(500))
      let halt = try await halt()
      switch activity {
      case .paused: if halt != .paused { return }
      default: if halt != nil { return }
      }
      if let until, run.clock.now() >= until { return }
      if run.clock.uptime() - reported >= .seconds(30) {
        reported = run.clock.uptime()
        try await report(activity, until: until)
      }
    }
  }

  // MARK: Who is next

  /// How many are queued, by jurisdiction.
  private func queued() async throws -> [String: Int] {
    let status = try await run.store.answer(MailingStatus(id: order.mailing.id))
    var counts: [String: Int] = [:]
    for tally in status.tallies where tally.state == .queued {
      counts[tally.jurisdiction, default: 0] += tally.count
    }
    return counts
  }

  /// Finds out where it is not quiet; gives until when it is quiet elsewhere.
  private mutating func look() async throws -> [String: Instant] {
    // Whoever sets other hours meanwhile means those who are left.
    if let plan = try await run.store.answer(MailingSending(mailing: order.mailing.id)).plan {
      (self.plan.quiet, self.plan.zone) = (plan.quiet, plan.zone)
    }
    let now = run.clock.now()
    var (awake, asleep): (Set<String>, [String: Instant]) = ([], [:])
    for jurisdiction in try await queued().keys {
      if let until = plan.quietUntil(in: jurisdiction, at: now) {
        asleep[jurisdiction] = until
      } else {
        awake.insert(jurisdiction)
      }
    }
    // People who may be written to only now stand among those that were passed.
    if !awake.isSubset(of: self.awake) { position = 0 }
    self.awake = awake
    return asleep
  }

  /// The instant at which the next quiet hours end behind which an e-mail is due; nil where none is.
  private func wakeUp(_ asleep: [String: Instant]) async throws -> Instant? {
    guard !asleep.isEmpty else { return nil }
    let due = try await run.store.answer(
      MailWaiting(mailing: order.mailing.id, floor: floor, in: Set(asleep.keys))
    )
    return asleep.filter { due.contains($0.key) }.values.min()
  }

  private mutating func claim(_ count: Int) async throws -> RecipientClaim.Outcome {
    let texts = run.texts
    let claimed = try await run.store.perform(
      RecipientClaim(
        mailing: order.mailing.id,
        process: order.process,
        edition: run.texts.edition,
        position: position,
        floor: floor,
        limit: count,
        jurisdictions: awake
      ) { texts.version(for: $0) },
      origin: order.origin
    )
    position = claimed.position
    return claimed
  }

  // MARK: Handing over

  /// Hands messages over, several at a time, and settles them.
  private mutating func handOver(_ people: [RecipientClaim.Person]) async throws
    -> SendingRun.End?
  {
    var halt: SendingRun.End?
    var settled: [RecipientSettlement.Person] = []
    var (next, free) = (0, Array(run.lanes.indices))
    let run = run
    var turn = self
    try await withThrowingTaskGroup(of: (Int, HandOver.Outcome).self) { group in
      while true {
        while halt == nil, next < people.count, let lane = free.last {
          let delay = turn.pace.delay(at: run.clock.uptime())
          if delay > .zero {
            // Whoever is out comes first, and is settled before anybody waits.
            if free.count < run.lanes.count { break }
            try await turn.settle(&settled)
            halt = try await turn.rest(delay)
            continue
          }
          let person = people[next]
          let place = person.recipient.jurisdiction
          if turn.plan.quietUntil(in: place, at: run.clock.now()) != nil {
            // It was day when the person was marked.
            settled.append(person.settled(.returned(cause: RecipientSettlement.quietCause)))
            next += 1
            continue
          }
          halt = try await turn.halt()
          guard halt == nil else { break }
          free.removeLast()
          turn.pace.begin(at: run.clock.uptime())
          let handOver = HandOver(person, run)
          next += 1
          group.addTask { (lane, await handOver.perform(on: run.lanes[lane])) }
        }
        guard let (lane, outcome) = try await group.next() else { break }
        free.append(lane)
        turn.take(outcome, &settled)
        // A slow program leaves few uncertain that it has taken.
        if run.clock.uptime() - turn.settledAt > .seconds(1) { try await turn.settle(&settled) }
      }
    }
    for person in people[next...] {
      settled.append(person.settled(.returned(cause: "the sending was held before the hand-over")))
    }
    self = turn
    try await settle(&settled)
    return halt
  }

  /// Counts what became of a hand-over.
  private mutating func take(
    _ outcome: HandOver.Outcome,
    _ settled: inout [RecipientSettlement.Person]
  ) {
    switch outcome.fate {
    case .handedOver?:
      progress.counts.handedOver += 1
      failures = 0
    case .returned?:
      progress.counts.refused += 1
      failures += 1
    case .unfit?: progress.counts.unfit += 1
    case nil:
      progress.counts.uncertain += 1
      failures += 1
    }
    if !outcome.problem.isEmpty {
      (progress.problem, progress.cause) = (outcome.shown, outcome.problem)
    }
    if let fate = outcome.fate { settled.append(outcome.person.settled(fate)) }
  }

  private mutating func settle(_ settled: inout [RecipientSettlement.Person]) async throws {
    settledAt = run.clock.uptime()
    guard !settled.isEmpty else { return tell(progress) }
    _ = try await run.store.perform(
      RecipientSettlement(
        mailing: order.mailing.id,
        process: order.process,
        people: settled,
        counts: progress.counts,
        problem: progress.problem
      ),
      origin: order.origin
    )
    settled = []
    tell(progress)
  }
}

extension RecipientClaim.Person {
  /// The same person with what became of the hand-over.
  fileprivate func settled(_ fate: RecipientSettlement.Fate) -> RecipientSettlement.Person {
    RecipientSettlement.Person(number: recipient.number, step: step, text: text, fate: fate)
  }
}
