/// What is done with a request.
public enum RequestStep: Codable, Sendable, Equatable {
  /// Receipt was confirmed.
  case acknowledge(StatedTime)
  /// Somebody handles it; nil takes that away.
  case assign(String?)
  /// The activities that it concerns.
  case concern([String])
  /// Further information was asked for, to find out who asks.
  case askIdentity(String)
  /// It is known who asks.
  case verify(String)
  /// It cannot be found out who asks.
  case failIdentity(String)
  /// Work that is to be done.
  case addTask(String)
  /// Work is done, or not done after all.
  case task(Int, isDone: Bool)
  /// It takes longer, and the person was told.
  case extend(RequestExtension, RequestClock)
  /// It was answered; the text of the answer is sealed beside it.
  case answer(RequestEnd)
  /// It was refused; the person was told.
  case refuse(RequestEnd)
  /// The person no longer wants it.
  case withdraw(RequestEnd)
  /// It is open again.
  case reopen(String)
  /// It came in at another time or by another right than was written down; with the clock by that.
  case correct(RightsKind, jurisdiction: String, receivedAt: StatedTime, RequestClock?)

  /// What it does, in a few words.
  public var headline: String {
    switch self {
    case .acknowledge: "confirmed receipt of the request"
    case .assign(let handler):
      handler.map { "\(firstLine($0)) handles the request" } ?? "nobody handles the request"
    case .concern: "named the activities that the request concerns"
    case .askIdentity: "asked who makes the request"
    case .verify: "it is known who makes the request"
    case .failIdentity: "it is not known who makes the request"
    case .addTask(let title): "to do for the request: \(firstLine(title))"
    case .task(let number, let isDone):
      "task \(number) of the request is \(isDone ? "" : "not ")done"
    case .extend(_, let clock): "the request takes longer, until \(clock.due)"
    case .answer: "answered the request"
    case .refuse(let end): "refused the request: \(end.ground?.label ?? "")"
    case .withdraw: "the request was withdrawn"
    case .reopen: "opened the request again"
    case .correct: "corrected the request"
    }
  }
}

/// Takes a request a step further.
public struct MoveRequest: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "request.move"
  /// Which request.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is done.
  public var step: RequestStep

  /// The record that it alters.
  public var subject: Subject { Subject(.request, id) }
  /// What it does, in a few words.
  public var headline: String { step.headline }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, step: RequestStep) {
    (self.id, self.basedOn, self.step) = (id, basedOn, step)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    var state = try present(state)
    try state.facts.take(step, at: at, by: account)
    return state
  }
}

/// Puts a request back to where it stood: what undoing a step is, and nothing else.
public struct ReturnRequest: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "request.return"
  /// Which request.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What was known of it.
  public var facts: RequestFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.request, id) }
  /// What it does, in a few words.
  public var headline: String { "request as before: \(facts.state.label)" }
  /// All that the record says after it.
  public var whole: RequestFacts? { facts }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, facts: RequestFacts) {
    (self.id, self.basedOn, self.facts) = (id, basedOn, facts)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    var state = try present(state)
    guard state.facts.erasedAt == facts.erasedAt, state.facts.sealed == facts.sealed else {
      throw RefusedStep("what was destroyed cannot be put back")
    }
    state.facts = facts
    return state
  }
}

extension RequestFacts {
  /// Takes a step, or says why it cannot be taken.
  mutating func take(_ step: RequestStep, at now: Instant, by account: String) throws(RefusedStep) {
    func require(_ holds: Bool, _ sentence: String) throws(RefusedStep) {
      guard holds else { throw RefusedStep(sentence) }
    }
    func hasWords(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
    if case .reopen(let reason) = step {
      try require(!state.isOpen, "the request is open")
      try require(hasWords(reason), "opening it again needs a reason")
      try require(erasedAt == nil, "who made the request was erased")
      (state, end) = (.open, nil)
      return
    }
    try require(state.isOpen, "the request is \(state.label) already")
    switch step {
    case .acknowledge(let time): acknowledged = time
    case .assign(let person): handler = person
    case .concern(let references):
      activities = references.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    case .askIdentity(let what):
      try require(hasWords(what), "say what was asked for")
      identity = IdentityCheck(state: .asked, how: what, at: now, by: account)
    case .verify(let how):
      try require(hasWords(how), "say how it was found out")
      identity = IdentityCheck(state: .verified, how: how, at: now, by: account)
    case .failIdentity(let why):
      try require(hasWords(why), "say why it could not be found out")
      identity = IdentityCheck(state: .failed, how: why, at: now, by: account)
    case .addTask(let title):
      try require(hasWords(title), "a task needs a title")
      try require(tasks.count < 200, "a request has at most 200 tasks")
      tasks.append(RequestTask(title))
    case .task(let number, let isDone):
      try require(tasks.indices.contains(number - 1), "the request has no task \(number)")
      tasks[number - 1].doneAt = isDone ? now : nil
      tasks[number - 1].doneBy = isDone ? account : ""
    case .extend(let delay, let longer):
      try require(hasWords(delay.reason), "an extension needs a reason")
      guard let clock else {
        throw RefusedStep("no law sets a time for the request, so none can be put off")
      }
      try require(!clock.isExtended, "the request was put off already, until \(clock.due)")
      try require(
        longer.isExtended && longer.law == clock.law
          && longer.reckoning.start == clock.reckoning.start,
        "the longer time is not one of \(clock.law)"
      )
      // Told later, it puts nothing off: GDPR art. 12(3), Cal. Civ. Code 1798.130(a)(2)(A).
      try require(
        delay.told.latest <= max(clock.due, clock.reckoning.latest),
        "the person must be told within the first period, by \(clock.due); "
          + "told \(delay.told.plainWithZone), it puts nothing off"
      )
      (self.delay, self.clock) = (delay, longer)
    case .answer(let end):
      try require(
        identity.state == .verified || !wanted.needsIdentity,
        "nobody has verified who asks; data must not go to a stranger (GDPR art. 12(6))"
      )
      try require(
        openTasks.isEmpty,
        "\(openTasks.count) tasks are not done, first: \(firstLine(openTasks.first?.title ?? ""))"
      )
      self.end = end.recorded(at: now, by: account)
      state = .answered
    case .refuse(let end):
      guard let ground = end.ground else { throw RefusedStep("a refusal needs a ground") }
      try require(hasWords(end.note), "a refusal needs its reasons in words")
      try require(
        ground != .notIdentified || identity.state != .verified,
        "it is known who asks: that cannot be the ground"
      )
      self.end = end.recorded(at: now, by: account)
      state = .refused
    case .withdraw(let end):
      self.end = end.recorded(at: now, by: account)
      state = .withdrawn
    case .correct(let kind, let jurisdiction, let receivedAt, let clock):
      try require(delay == nil, "the request was put off; its beginning is not altered any more")
      (wanted, self.jurisdiction) = (kind, jurisdiction)
      (self.receivedAt, self.clock) = (receivedAt, clock)
    case .reopen: break
    }
  }
}

extension RequestEnd {
  fileprivate func recorded(at now: Instant, by account: String) -> RequestEnd {
    var end = self
    (end.recordedAt, end.by) = (now, account)
    return end
  }
}
