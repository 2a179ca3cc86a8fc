internal import Model

/// Something that an officer of the sample company does at an instant.
struct SampleStep: Sendable {
  /// When it is done.
  var at: Instant
  /// Who does it.
  var officer: SampleOfficer
  /// What it does to the incident whose number is given.
  var changes: @Sendable (RecordID) -> [any Change]
}

/// The history of one sample incident: what opens it, and what was done since.
struct SampleHistory: Sendable {
  /// When it was opened.
  let openedAt: Instant
  /// Who opened it.
  let opener: SampleOfficer
  /// What opens it.
  let opening: OpenIncident
  /// What was done since, by time.
  let steps: [SampleStep]

  /// Writes the history of an incident, the same for the same seed and present.
  init(of incident: SampleIncident, now: Instant, _ random: inout SplitMix64) {
    var writer = SampleWriter(incident: incident, now: now, random: random)
    opening = writer.opening()
    openedAt = writer.openedAt
    opener = writer.officer
    writer.work()
    steps = writer.steps.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
    random = writer.random
  }
}

/// Writes the history of one incident step by step.
private struct SampleWriter {
  let incident: SampleIncident
  let now: Instant
  var random: SplitMix64
  var steps: [SampleStep] = []
  let openedAt: Instant
  var officer: SampleOfficer

  init(incident: SampleIncident, now: Instant, random: SplitMix64) {
    (self.incident, self.now, self.random) = (incident, now, random)
    // Not on the hour, as in life; the same minutes for the same place in the list.
    let seconds = incident.hours * 3600 - self.random.number(0...1_500)
    openedAt = now - .seconds(seconds)
    officer = self.random.pick(SampleOfficer.allCases)
  }

  /// When the handling ended, or the present.
  private var end: Instant {
    guard incident.state == .closed else { return now - .seconds(120) }
    return openedAt + .seconds(min(incident.hours * 2_700, 60 * 86_400))
  }

  mutating func opening() -> OpenIncident {
    let occurred = stated(openedAt - .seconds(random.number(7_200...500_000)), incident.occurred)
    let discovered = stated(openedAt - .seconds(random.number(300...3_000)), .minute)
    let facts = IncidentFacts(
      title: incident.title,
      summary: incident.summary,
      actions: Set(incident.actions),
      instants: [.occurred: occurred, .discovered: discovered],
      assets: incident.assets.sorted(),
      tags: incident.tags.sorted()
    )
    let first = TimelineFacts(
      happened: discovered,
      text: "Reported by \(random.pick(SampleTexts.reporters)).",
      source: random.pick(SampleTexts.channels)
    )
    return OpenIncident(facts: facts, timeline: [first])
  }

  mutating func work() {
    assess()
    move()
    note()
    plan()
    collect()
  }

  private mutating func assess() {
    guard incident.state != .reported || incident.severity != nil else { return }
    var edits: [IncidentEdit] = []
    if let severity = incident.severity { edits.append(.severity(severity)) }
    if let lead = incident.lead { edits.append(.role(.lead, lead)) }
    if incident.severity ?? .low >= .high {
      edits.append(.role(.scribe, SampleOfficer.sanne.name))
      edits.append(.role(.counsel, "Leonie Achterberg"))
    }
    step(after: 0.06) { [edits] id in [EditIncident(id: id, basedOn: nil, edits: edits)] }
    var facts: [IncidentEdit] = []
    for (jurisdiction, count) in incident.affected {
      let people = AffectedPeople(
        jurisdiction: jurisdiction,
        count: count < 0 ? nil : count,
        quality: incident.state == .closed ? .confirmed : .estimate
      )
      facts.append(.affected(jurisdiction: jurisdiction, people: people))
    }
    let exposure = DataExposure(
      categories: incident.data.sorted(),
      disclosure: incident.disclosure,
      isEncrypted: incident.isEncrypted
    )
    if exposure != DataExposure() { facts.append(.data(exposure)) }
    if incident.outcome != .undetermined { facts.append(.outcome(incident.outcome)) }
    if !facts.isEmpty {
      step(after: 0.3) { [facts] id in [EditIncident(id: id, basedOn: nil, edits: facts)] }
    }
    if incident.outcome == .confirmedBreach { decide() }
  }

  private mutating func decide() {
    let isBreach = incident.title == SampleIncidents.breach.title
    // The breach of the sample is nine hours old to the second, whatever else is drawn.
    let aware = isBreach ? now - .seconds(9 * 3600) : openedAt + part(0.25)
    let decision = AwarenessDecision(
      awareAt: StatedTime(aware, source: "awareness decision"),
      decidedBy: incident.lead ?? SampleOfficer.mira.name,
      grounds: random.pick(SampleTexts.grounds)
    )
    add(at: aware + .seconds(240)) { id in
      [DecideAwareness(id: id, basedOn: nil, decision: decision)]
    }
  }

  private mutating func move() {
    let path = IncidentState.allCases.filter { $0.rank > 1 && $0.rank <= incident.state.rank }
    for (index, state) in path.enumerated() {
      let reason = SampleTexts.reason(for: state, incident.outcome)
      let share = Double(index + 1) / Double(path.count + 1)
      let at = state == .closed ? end : openedAt + part(0.05 + 0.9 * share)
      add(at: at) { id in [MoveIncident(id: id, basedOn: nil, state: state, reason: reason)] }
    }
  }

  private mutating func note() {
    let kind = incident.actions.first ?? .unknown
    let texts = SampleTexts.notes(for: kind)
    for (index, text) in texts.enumerated() {
      let happened = openedAt + part(0.1 + 0.7 * Double(index) / Double(texts.count))
      let facts = TimelineFacts(
        happened: stated(happened, index == 0 ? .minute : .second),
        text: text,
        source: random.pick(SampleTexts.sources),
        isPinned: false,
        isInSummary: index == 0
      )
      add(at: happened + .seconds(random.number(30...900))) { id in
        [AddTimelineEntry(incident: id, facts: facts)]
      }
    }
  }

  private mutating func plan() {
    let count = incident.state == .reported ? 1 : incident.state == .closed ? 2 : 4
    let texts = SampleTexts.tasks(for: incident.outcome)
    for index in 0..<min(count, texts.count) {
      let at = openedAt + part(0.15 + 0.1 * Double(index))
      let isDone = incident.state == .closed || (index == 0 && count > 1)
      // Some are overdue, some due within the day, some later; all at a full half hour.
      let ahead = random.pick([-93_600, -9_000, 10_800, 36_000, 86_400, 190_800, 432_000])
      let half = now.milliseconds / 1_800_000 * 1_800
      let due = incident.state == .closed ? end : Instant(seconds: half + Int64(ahead))
      let facts = TaskFacts(
        title: texts[index],
        owner: random.pick(SampleOfficer.allCases).name,
        due: stated(due, .minute),
        state: isDone ? .done : index == 1 ? .doing : .todo
      )
      add(at: at) { id in [AddTask(incident: id, facts: facts)] }
    }
  }

  private mutating func collect() {
    guard incident.severity ?? .low >= .medium else { return }
    var digest = ""
    for _ in 0..<4 {
      let part = String(random.next(), radix: 16)
      digest += String(repeating: "0", count: 16 - part.count) + part
    }
    let name = random.pick(SampleTexts.evidence)
    let facts = EvidenceFacts(
      title: name.title,
      path: "/srv/evidence/\(name.file)",
      sha256: digest,
      size: random.number(4_096...80_000_000),
      isCopied: false,
      note: name.note
    )
    step(after: 0.35) { id in [AddEvidence(incident: id, facts: facts)] }
  }

  /// A share of the time that the handling took.
  private func part(_ share: Double) -> Duration {
    let length = max(0, (end - openedAt).wholeMilliseconds)
    return .milliseconds(Int64(Double(length / 1000) * share) * 1000)
  }

  private mutating func step(
    after share: Double,
    _ changes: @escaping @Sendable (RecordID) -> [any Change]
  ) {
    add(at: openedAt + part(share), changes)
  }

  private mutating func add(
    at instant: Instant,
    _ changes: @escaping @Sendable (RecordID) -> [any Change]
  ) {
    officer = random.pick(SampleOfficer.allCases)
    steps.append(SampleStep(at: min(instant, now), officer: officer, changes: changes))
  }

  private func stated(_ instant: Instant, _ precision: Precision) -> StatedTime {
    let civil = CivilTime(instant)
    let known = Precision.allCases.firstIndex(of: precision) ?? 0
    func part(_ index: Int, _ value: Int) -> Int? { index <= known ? value : nil }
    return StatedTime(
      year: civil.year,
      month: part(1, civil.month),
      day: part(2, civil.day),
      hour: part(3, civil.hour),
      minute: part(4, civil.minute),
      second: part(5, civil.second)
    )
      ?? StatedTime(instant)
  }
}
