public import Model

/// The report of a mailing to the regulator: what stands in it, in the words that all forms share.
///
/// It says nothing of when it was made: the same record gives the same bytes. It names nobody.
public struct MailingReport: Sendable {
  /// What it is made of.
  public let content: MailingReportContent.Content
  /// The rules, which say whose people a duty protects; nil where they are not known.
  private let rules: RulePack?

  /// Makes the report of a mailing.
  public init(_ content: MailingReportContent.Content, rules: RulePack? = nil) {
    (self.content, self.rules) = (content, rules)
  }

  var mailing: Mailing { content.status.mailing }
  var title: String {
    "\(content.isExercise ? "[DRILL] " : "")\(mailing.reference): \(mailing.facts.name)"
  }

  // MARK: What is counted

  /// Where a person stands, in the words of a regulator.
  enum Standing: String, CaseIterable {
    case reached, told, uncertain, returned, unusable, unreachable, exempt, open

    /// What people call it.
    var label: String {
      switch self {
      case .reached: "Reached, provably"
      case .told: "Notice handed over"
      case .uncertain: "Uncertain whether handed over"
      case .returned: "Notice came back"
      case .unusable: "No usable address, nothing was sent"
      case .unreachable: "Unreachable"
      case .exempt: "Not to be told"
      case .open: "Not told yet"
      }
    }

    /// The states that stand so.
    ///
    /// A complaint tells that the notice arrived; it is no proof that the person read it. Those who came
    /// back and those to whom nothing could be sent stand alike, and are told apart by why.
    var states: Set<RecipientState> {
      switch self {
      case .reached: [.acknowledged, .deliveredByPost, .spokeByPhone]
      case .told: [.handedOver, .complaint]
      case .uncertain: [.uncertain]
      case .returned, .unusable: [.bouncedSoft, .bouncedHard]
      case .unreachable: [.unreachable]
      case .exempt: [.exempt]
      case .open: [.pending, .approved, .queued]
      }
    }
  }

  /// How many stand so.
  func count(_ standing: Standing, in jurisdiction: String? = nil) -> Int {
    let all = content.status.count(standing.states, in: jurisdiction)
    let unusable = content.unusable.reduce(0) {
      jurisdiction == nil || $1.key == jurisdiction ? $0 + $1.value : $0
    }
    switch standing {
    case .unusable: return min(all, unusable)
    case .returned: return max(0, all - unusable)
    default: return all
    }
  }

  /// The sum of affected people that the incident states, and whether it states all.
  var affected: (count: Int64, isWhole: Bool)? {
    let stated = content.status.coverage.compactMap(\.affected)
    guard !stated.isEmpty else { return nil }
    return (stated.reduce(0, +), stated.count == content.status.coverage.count)
  }

  // MARK: Facts

  var facts: [ReportFact] {
    var affectedText = "not stated"
    if let affected {
      affectedText = affected.isWhole ? "\(affected.count)" : "at least \(affected.count)"
    }
    return [
      ReportFact("Organisation", content.organisation),
      ReportFact("Incident", mailing.incidentReference),
      ReportFact("Duties", mailing.facts.obligations.joined(separator: ", ")),
      ReportFact("Channels, in order", mailing.facts.channels.map(\.label).joined(separator: ", ")),
      ReportFact("Opened", Self.words(mailing.openedAt)),
      ReportFact("Affected", affectedText), ReportFact("Listed", "\(content.status.total)"),
    ].filter { !$0.value.isEmpty }
  }

  /// How many stand how.
  var standings: [[String]] {
    Standing.allCases.map { [$0.label, String(count($0))] }.filter { $0[1] != "0" }
  }

  static let placeTitles =
    [
      "Where", "Affected", "Listed", "Gap", "Told", "Reached", "Came back", "No address",
      "Unreachable", "Not yet",
    ]

  /// One row for each jurisdiction.
  var places: [[String]] {
    content.status.coverage.map { place in
      func number(_ standings: Standing...) -> String {
        String(standings.reduce(0) { $0 + count($1, in: place.jurisdiction) })
      }
      return [
        place.jurisdiction, place.affected.map(String.init) ?? "not stated",
        String(place.listed), Self.gap(place), number(.told, .reached), number(.reached),
        number(.returned), number(.unusable), number(.unreachable), number(.open, .uncertain),
      ]
    }
  }

  /// A gap in words, whichever way it goes.
  static func gap(_ place: MailingStatus.Coverage) -> String {
    guard let gap = place.gap else { return "not known" }
    if gap > 0 { return "\(gap) not listed" }
    return gap < 0 ? "\(-gap) more than affected" : "none"
  }

  /// What is wrong between what the incident says and what was done, in sentences.
  var gaps: [String] {
    var lines: [String] = []
    for place in content.status.coverage {
      guard let gap = place.gap else {
        lines.append(
          "\(place.jurisdiction): the incident does not say how many are affected; \(place.listed) "
            + "are listed."
        )
        continue
      }
      if gap > 0 {
        lines.append("\(place.jurisdiction): \(gap) more are affected than are listed.")
      } else if gap < 0 {
        lines.append("\(place.jurisdiction): \(-gap) more are listed than are affected.")
      }
    }
    return lines
  }

  // MARK: By date and channel

  static let dayTitles = [
    "Day (UTC)", "Channel", "Handed over", "Reached", "Came back", "No address",
  ]

  /// One row for each day and channel on which somebody was told, was reached, or did not get it.
  var days: [[String]] {
    struct Key: Hashable {
      var day: String
      var channel: MailingChannel?
    }
    var order: [Key] = []
    var counts: [Key: [Int]] = [:]
    for day in content.days {
      let column: Int
      switch day.state {
      case .handedOver: column = 0
      case .acknowledged, .deliveredByPost, .spokeByPhone: column = 1
      case .bouncedSoft, .bouncedHard: column = 2
      default: continue
      }
      let key = Key(day: day.day, channel: day.channel)
      if counts[key] == nil { order.append(key) }
      counts[key, default: [0, 0, 0, 0]][column] += day.count
    }
    for (day, count) in content.unusableDays {
      let key = Key(day: day, channel: .email)
      let moved = min(count, counts[key]?[2] ?? 0)
      counts[key]?[2] -= moved
      counts[key]?[3] += moved
    }
    return order.map { key in
      [key.day, key.channel?.label ?? "-"] + (counts[key] ?? []).map(String.init)
    }
  }

  // MARK: The clock

  /// What the columns of duties mean.
  static let dutyNote =
    "Hand-overs to people of the places under \u{201C}People of\u{201D} are counted: as in time those up to "
    + "the very instant under \u{201C}Deadline\u{201D}, in UTC, and those behind it as later. Somebody who was "
    + "tried twice is counted at each hand-over."

  static let dutyTitles =
    ["Duty", "Law", "Deadline", "People of", "Handed over by then", "Later", "Not told"]

  /// A duty that the mailing fulfils, with how far it is.
  struct Duty {
    var id: String
    var law: String
    var deadline: String
    /// Patterns of places; none for everybody.
    var people: [String]
    /// How many hand-overs up to the deadline, and later; nil where there is none.
    var counts: (byThen: Int, later: Int)?
    /// How many people are not told; nil where it is not known whose.
    var open: Int?
  }

  /// The duties that the mailing fulfils: those that the record knows, then the others.
  var duties: [Duty] {
    let records = content.duties.map { duty -> Duty in
      let (obligation, state) = (duty.obligation, duty.obligation.state)
      let people = NoticeClocks.people(of: obligation.id, in: obligation.jurisdiction, rules)
      var row = Duty(
        id: obligation.id,
        law: obligation.law,
        deadline: Self.words(state),
        people: people,
        open: open(of: people)
      )
      if let due = state.due {
        row.counts = content.handOvers.reduce((0, 0)) { sum, split in
          guard split.due == due, Self.covers(people, split.jurisdiction) else { return sum }
          return (sum.0 + split.byThen, sum.1 + split.later)
        }
      }
      return row
    }
    let known = Set(records.map(\.id))
    return records
      + mailing.facts.obligations.filter { !known.contains($0) }.map { id in
        guard let (law, rule) = rules?.rule(id) else {
          return Duty(id: id, law: "", deadline: "no clock in the record", people: [])
        }
        let isUnnumbered = rule.clocks.allSatisfy { $0.period == .noFixedDeadline }
        let people = NoticeClocks.people(of: id, in: law.jurisdiction, rules)
        return Duty(
          id: id,
          law: rule.citation,
          deadline: isUnnumbered
            ? "\(Self.unnumbered); not worked out for this incident"
            : "no clock in the record: not worked out for this incident",
          people: people,
          open: open(of: people)
        )
      }
  }

  /// One row for each duty that the mailing fulfils.
  var dutyRows: [[String]] {
    duties.map { duty in
      func number(_ count: Int?) -> String { count.map(String.init) ?? "-" }
      return [
        duty.id, duty.law, duty.deadline,
        duty.people.isEmpty ? "everybody" : duty.people.joined(separator: ", "),
        number(duty.counts?.byThen), number(duty.counts?.later), number(duty.open),
      ]
    }
  }

  /// What is said of a duty whose law names no number of hours or days.
  static let unnumbered = "without undue delay: the law names no number"

  private static func words(_ state: Obligation.State) -> String {
    switch state {
    case .due(let deadline): exactly(deadline.due)
    case .noFixedDeadline: unnumbered
    default: state.label
    }
  }

  /// An instant in UTC, with its seconds where there are any.
  static func exactly(_ instant: Instant) -> String {
    let civil = CivilTime(instant)
    return instant.milliseconds % 60_000 == 0
      ? words(instant) : "\(civil.isoDate) \(civil.isoTime) UTC"
  }

  private static func covers(_ people: [String], _ jurisdiction: String) -> Bool {
    people.isEmpty || people.contains { Jurisdiction.pattern($0, covers: jurisdiction) }
  }

  /// How many people of some places are not told.
  private func open(of people: [String]) -> Int {
    let standings: [Standing] = [.open, .uncertain, .returned, .unusable]
    return content.status.coverage.map(\.jurisdiction).filter { Self.covers(people, $0) }
      .reduce(0) { sum, place in standings.reduce(sum) { $0 + count($1, in: place) } }
  }

  // MARK: Those who could not be reached

  /// What was done for those who could not be reached, in sentences.
  var substitute: [String] {
    let unreachable = count(.unreachable)
    var lines = [
      unreachable == 0
        ? "Nobody is recorded as unreachable."
        : "\(unreachable) could not be reached over any channel of the mailing."
    ]
    if content.publications.isEmpty {
      lines.append(
        mailing.facts.channels.contains(.publicNotice)
          ? "A public notice is a channel of the mailing; none is recorded yet."
          : "No public notice is recorded."
      )
    }
    let bare = content.status.coverage.map(\.jurisdiction).filter { code in
      count(.unreachable, in: code) > 0
        && !content.publications.contains { $0.facts.covers(code) }
    }
    if !content.publications.isEmpty, !bare.isEmpty {
      lines.append("No public notice is for people of \(bare.joined(separator: ", ")).")
    }
    return lines
  }

  static let publicationTitles = [
    "Public notice", "Where", "From", "Until", "For", "Text", "Telephone",
  ]

  /// One row for each public notice.
  var publications: [[String]] {
    content.publications.map { publication in
      let facts = publication.facts
      let days = facts.days.map { " (\($0) days)" } ?? ""
      return [
        facts.means.label, facts.place, facts.from.plainWithZone,
        facts.until.map { $0.plainWithZone + days } ?? "open",
        facts.jurisdictions.isEmpty ? "everybody" : facts.jurisdictions.joined(separator: ", "),
        facts.text.isEmpty ? "-" : facts.text, facts.telephone.isEmpty ? "-" : facts.telephone,
      ]
    }
  }

  static let bounceTitles = ["Why mails came back", "What became of it", "Count"]

  /// One row for each reason and outcome.
  var bounces: [[String]] {
    content.bounces.map { bounce in
      let outcome =
        switch bounce.outcome {
        case .moves(let state): state.label
        case .noted: "noted"
        case .counted: "still tried by the server"
        }
      return [bounce.reason.label, outcome, String(bounce.count)]
    }
  }

  /// An instant to the minute in UTC.
  static func words(_ instant: Instant) -> String { "\(CivilTime(instant).isoMinute) UTC" }

  /// What the columns of days mean.
  static let dayNote =
    "Somebody who was tried over two channels is counted under both; where people stand now is above."
}
