/// Data whose period is over, or of which nobody has said how much there is.
public struct DueData: Codable, Sendable, Equatable, Identifiable {
  /// Where it stands.
  public enum State: String, Vocabulary {
    /// To be deleted.
    case due
    /// Over, but a legal hold forbids to delete it.
    case held
    /// Its period still runs.
    case running
    /// Nobody has said how much there is and since when.
    case unknown

    /// The word as it is shown to people.
    public var label: String {
      switch self {
      case .due: "due"
      case .held: "on hold"
      case .running: "kept"
      case .unknown: "not counted"
      }
    }
  }

  /// The retention rule's reference; empty where a mailing names its own end.
  public var rule: String
  /// What is to be deleted: the reference of the activity, the mailing or the request.
  public var reference: String
  /// The mailing or the request; nil for data of an activity.
  public var subject: Subject?
  /// What the rule, the mailing or the request is called.
  ///
  /// Foreign text.
  public var title: String
  /// What the rule speaks of.
  public var target: RetentionTarget
  /// The categories of data; empty for all.
  ///
  /// Foreign text.
  public var categories: [String]
  /// The rule in words.
  public var words: String
  /// On what it rests.
  ///
  /// Foreign text.
  public var ground: String
  /// How many; nil where nobody knows.
  public var count: Int64?
  /// From when on it is to be deleted; nil where nobody knows.
  public var dueAt: Instant?
  /// When it was counted or stated; nil where nobody did.
  public var asOf: Instant?
  /// The legal holds that cover it, by name.
  ///
  /// Foreign text.
  public var holds: [String]
  /// Its place among the numbers of its rule.
  public var place: Int

  /// What makes it one row among others.
  public var id: String { "\(rule)/\(reference)/\(place)" }

  /// Makes a row.
  public init(
    rule: String,
    reference: String,
    subject: Subject? = nil,
    title: String,
    target: RetentionTarget,
    categories: [String] = [],
    words: String,
    ground: String,
    count: Int64?,
    dueAt: Instant?,
    asOf: Instant?,
    holds: [String],
    place: Int = 0
  ) {
    (self.rule, self.reference, self.title, self.target) = (rule, reference, title, target)
    self.subject = subject
    (self.categories, self.words, self.ground) = (categories, words, ground)
    (self.count, self.dueAt, self.asOf) = (count, dueAt, asOf)
    (self.holds, self.place) = (holds, place)
  }

  /// Where it stands at an instant.
  public func state(at now: Instant) -> State {
    guard let dueAt else { return .unknown }
    guard dueAt < now else { return .running }
    return holds.isEmpty ? .due : .held
  }
}

extension RetentionFacts {
  /// When data of an event are to be deleted: the last instant of the period.
  ///
  /// Of an event that is known as a month or a year the last instant counts: then all of it is due.
  public func end(from event: StatedTime, in zone: Zone) -> Instant {
    var start = event.lastDay(in: zone)
    if self.start == .yearEnd { (start.month, start.day) = (12, 31) }
    return period.end(from: zone.instant(of: start), in: zone)
  }

  /// The last day of the event whose period is over; nil where there is none.
  public func lastOver(at now: Instant, in zone: Zone) -> String? {
    let first = DayNumber(now, in: zone)
    let length =
      switch period {
      case .months(let count): count * 31 + 31
      case .days(let count, _): count + 1
      default: 0
      }
    // A day is over when its end is; the search begins well before and goes on to the last one.
    func isOver(_ day: DayNumber) -> Bool {
      let civil = day.civil
      let event = StatedTime(zone: zone, year: civil.year, month: civil.month, day: civil.day)
      return event.map { end(from: $0, in: zone) < now } ?? false
    }
    var (low, high) = (first - (length + 400), first)
    guard isOver(low) else { return nil }
    while high.count - low.count > 1 {
      let middle = low + (high.count - low.count) / 2
      if isOver(middle) { low = middle } else { high = middle }
    }
    return low.civil.isoDate
  }
}

extension RetentionRule {
  /// What of the rule is over, runs, or is not counted: one row for each number that no run has
  /// settled.
  ///
  /// - Parameters:
  ///   - runs: The deletion runs, of whatever rule.
  ///   - holds: The legal holds that are in force.
  ///   - zone: Where days are counted.
  /// - Returns: The rows, in the order of the numbers.
  public func due(runs: [DeletionRun], holds: [LegalHold], zone: Zone) -> [DueData] {
    let own = runs.filter { $0.facts.rule == reference && !$0.isRemoved }
    let covering = holds.filter { $0.facts.covers([reference, facts.activity]) }.map(\.name)
    func row(_ stock: RetentionStock?, _ dueAt: Instant?, _ place: Int) -> DueData {
      DueData(
        rule: reference,
        reference: facts.activity,
        title: facts.title,
        target: facts.target,
        categories: facts.categories,
        words: facts.text,
        ground: facts.ground,
        count: stock?.count,
        dueAt: dueAt,
        asOf: stock?.asOf,
        holds: covering,
        place: place
      )
    }
    guard !facts.stocks.isEmpty else {
      return own.isEmpty || facts.count != nil ? [row(nil, nil, 0)] : []
    }
    return facts.stocks.enumerated().compactMap { place, stock in
      guard stock.count != 0, !own.contains(where: { $0.facts.settles(stock) }) else { return nil }
      let dueAt = stock.triggered.map { facts.end(from: $0, in: zone) }
      // A command counts what is over: without the oldest day that is all that is known.
      return row(stock, dueAt ?? stock.asOf - .milliseconds(1), place)
    }
  }
}
