/// What a law says of requests by people: by when they are answered, and by how much that can be put
/// off.
///
/// One file of the rulebook each, with its source and cases that were worked by hand.
public struct RightsLaw: Sendable, Equatable {
  /// Its name among laws of rights, such as `eu-gdpr`.
  public var id: String
  /// What people call it.
  public var title: String
  /// The jurisdiction, such as `EU` or `US-CA`.
  public var jurisdiction: String
  /// Whose people it protects: `EU-*`, `US-CA`.
  public var people: [String]
  /// Which edition of the file it is; a clock keeps it.
  public var version: Int
  /// Where the text of the law stands.
  public var source: String
  /// The day on which the source was read, as `2026-11-30`.
  public var retrieved: String
  /// Who has checked it.
  public var verified: String
  /// What a reader should know besides.
  public var notes: String
  /// The calendar of business days: a code, or `seat`; nil for none.
  public var calendar: String?
  /// What the law would tolerate beyond.
  public var tolerance: Tolerance
  /// Its periods, by what is wanted.
  public var terms: [Term]

  /// The periods for some kinds of request.
  public struct Term: Sendable, Equatable {
    /// The kinds.
    public var kinds: [RightsKind]
    /// The provision.
    public var citation: String
    /// Within what it is answered, from receipt.
    public var within: Period
    /// Within what it is answered once that was put off, from receipt too; nil where it cannot be.
    public var extended: Period?
    /// The provision of that; empty where there is none.
    public var extensionCitation: String
    /// Within what receipt is confirmed; nil where no law wants it.
    public var acknowledge: Period?
    /// The provision of that; empty where there is none.
    public var acknowledgeCitation: String

    /// Makes a term.
    public init(
      kinds: [RightsKind],
      citation: String,
      within: Period,
      extended: Period? = nil,
      extensionCitation: String = "",
      acknowledge: Period? = nil,
      acknowledgeCitation: String = ""
    ) {
      (self.kinds, self.citation, self.within) = (kinds, citation, within)
      (self.extended, self.extensionCitation) = (extended, extensionCitation)
      (self.acknowledge, self.acknowledgeCitation) = (acknowledge, acknowledgeCitation)
    }
  }

  /// Makes a law.
  public init(
    id: String,
    title: String,
    jurisdiction: String,
    people: [String],
    version: Int = 1,
    source: String = "",
    retrieved: String = "",
    verified: String = Law.unverified,
    notes: String = "",
    calendar: String? = nil,
    tolerance: Tolerance = .none,
    terms: [Term]
  ) {
    (self.id, self.title, self.jurisdiction, self.people) = (id, title, jurisdiction, people)
    (self.version, self.source, self.retrieved) = (version, source, retrieved)
    (self.verified, self.notes, self.calendar) = (verified, notes, calendar)
    (self.tolerance, self.terms) = (tolerance, terms)
  }

  /// The term for a kind of request; nil where the law does not know it.
  public func term(for kind: RightsKind) -> Term? { terms.first { $0.kinds.contains(kind) } }

  /// Whether it protects people of a jurisdiction.
  public func protects(_ jurisdiction: String) -> Bool {
    people.contains { Jurisdiction.pattern($0, covers: jurisdiction) }
  }
}

/// When a request is due, worked out by a law, with all that it rests on.
///
/// Kept with the request: an edited rule never rewrites it.
public struct RequestClock: Codable, Sendable, Hashable {
  /// The law's id.
  public var law: String
  /// The edition of the law's file.
  public var version: Int
  /// The provision.
  public var citation: String
  /// By when it is to be answered, and how that was worked out.
  public var reckoning: Reckoning
  /// By when receipt is to be confirmed; nil where no law wants it.
  public var acknowledge: Reckoning?
  /// Whether it was put off.
  public var isExtended: Bool

  /// Makes a clock.
  public init(
    law: String,
    version: Int,
    citation: String,
    reckoning: Reckoning,
    acknowledge: Reckoning? = nil,
    isExtended: Bool
  ) {
    (self.law, self.version, self.citation) = (law, version, citation)
    (self.reckoning, self.acknowledge, self.isExtended) = (reckoning, acknowledge, isExtended)
  }

  /// By when it is to be answered, without any rounding in our favour.
  public var due: Instant { reckoning.due }
}

extension RulePack {
  /// The laws of rights that protect people of a jurisdiction and know a kind of request, by id.
  public func rightsLaws(for kind: RightsKind, in jurisdiction: String) -> [RightsLaw] {
    rights.filter { $0.protects(jurisdiction) && $0.term(for: kind) != nil }
  }

  /// Works out when a request is due.
  ///
  /// - Parameters:
  ///   - kind: What is wanted.
  ///   - law: By which law.
  ///   - receivedAt: When the request came in; of a day the beginning counts.
  ///   - isExtended: Whether it was put off.
  ///   - organisation: In whose zone days are counted, and at whose seat there are holidays.
  /// - Returns: The clock; nil where the law does not know the kind, or cannot put it off.
  public func clock(
    for kind: RightsKind,
    by law: RightsLaw,
    receivedAt: StatedTime,
    isExtended: Bool,
    _ organisation: Organisation
  ) -> RequestClock? {
    guard let term = law.term(for: kind) else { return nil }
    let zone = organisation.zone ?? receivedAt.zone
    let code = law.calendar == "seat" ? organisation.country : law.calendar
    let counter = PeriodCounter(
      zone: zone,
      calendar: code.flatMap { calendars[$0] },
      extra: Set(
        organisation.holidays.compactMap { text in
          AuditDay.midnight(text).map { DayNumber($0, in: .utc) }
        }
      )
    )
    func reckon(_ period: Period) -> Reckoning {
      counter.reckon(
        period,
        from: receivedAt.earliest,
        key: "received",
        tolerance: law.tolerance
      )
    }
    guard !isExtended || term.extended != nil else { return nil }
    return RequestClock(
      law: law.id,
      version: law.version,
      citation: isExtended ? term.extensionCitation : term.citation,
      reckoning: reckon((isExtended ? term.extended : nil) ?? term.within),
      acknowledge: term.acknowledge.map(reckon),
      isExtended: isExtended
    )
  }
}
