internal import GRDB
internal import Model

/// Reads from the record what statements are worked out from.
enum StatementReading {
  /// What a statement is worked out from.
  ///
  /// - Parameters:
  ///   - date: The day of the version: of the twelve months to it requests are counted.
  ///   - day: The day on which what runs out must still hold; that of the version, or today.
  ///   - moment: When the version was put up; what was recorded of requests later is not its matter. Nil
  ///     for one that is new.
  ///   - withHidden: Whether all that is not public is read too, for the approver.
  ///   - db: The record.
  /// - Returns: What it is worked out from.
  /// - Throws: What the database throws.
  static func sources(
    date: DayNumber,
    on day: DayNumber,
    recordedBy moment: Instant? = nil,
    withHidden: Bool,
    in db: Database
  ) throws -> StatementSources {
    var sources = StatementSources(
      organisation: try OrganisationRecord.current(in: db).organisation,
      date: date
    )
    sources.activities = try KeptTable.list(in: db)
    sources.rules = try KeptTable.list(where: "target = 'activity'", in: db)
    sources.audits = try audits(on: day, sources.zone, in: db)
    sources.incidents = try incidents(before: end(of: day, sources.zone), in: db)
    if withHidden {
      let known = Set(sources.incidents.map(\.reference))
      try db.rows(
        """
        SELECT reference, title FROM incident WHERE isRemoved = 0 AND isExercise = 0
        ORDER BY referenceOrder
        """
      ) { row in
        let reference = try row.text(0)
        if !known.contains(reference) { sources.hidden.append((reference, try row.text(1))) }
      }
    }
    sources.requests = try requests(date, sources.zone, recordedBy: moment, in: db)
    return sources
  }

  /// The requests of the twelve months to a day, as they stood at its end.
  private static func requests(
    _ date: DayNumber,
    _ zone: Zone,
    recordedBy moment: Instant?,
    in db: Database
  ) throws -> [RequestState: Int64] {
    var found: [RequestState: Int64] = [:]
    let end = Self.end(of: date, zone)
    // Without its Z an instant sorts before all that lie within its second.
    func bound(_ instant: Instant) -> String { String(instant.description.prefix(19)) }
    try db.rows(
      """
      SELECT state, json_extract(facts, '$.end.at.earliest'),
        json_extract(facts, '$.end.recordedAt')
      FROM request WHERE isRemoved = 0 AND openedAt <= ?
        AND json_extract(facts, '$.receivedAt.earliest') >= ?
        AND json_extract(facts, '$.receivedAt.earliest') < ?
      """,
      [
        moment?.milliseconds ?? Int64.max, bound(Self.end(of: date.adding(months: -12), zone)),
        bound(end),
      ]
    ) { row in
      func instant(_ index: Int) throws -> Instant? {
        try row.decode(String?.self, atIndex: index).flatMap { Instant(rfc3339: $0) }
      }
      var state = try row.word(0, RequestState.self)
      let isLater = try instant(1).map { $0 >= end } ?? false
      let isUnknown = try moment.flatMap { moment in try instant(2).map { $0 > moment } } ?? false
      if isLater || isUnknown { state = .open }
      found[state, default: 0] += 1
    }
    return found
  }

  /// The first instant after a day.
  private static func end(of day: DayNumber, _ zone: Zone) -> Instant {
    zone.instant(of: DayNumber(count: day.count + 1).civil)
  }

  /// A statement as it would be put up.
  static func draft(
    of statement: Model.Statement,
    date: DayNumber,
    withHidden: Bool = false,
    in db: Database
  ) throws -> StatementWriter.Outcome {
    var sources = try sources(date: date, on: date, withHidden: withHidden, in: db)
    sources.take(before: try told(statement.id, before: .max, in: db))
    return StatementWriter.write(statement.facts, from: sources)
  }

  /// A version worked out again, to see whether the record still gives it.
  ///
  /// - Parameters:
  ///   - edition: The version.
  ///   - statement: Its statement.
  ///   - day: The day on which what runs out must still hold; nil is that of the version.
  ///   - db: The record.
  /// - Returns: What the record gives now of what it knew when the version was put up.
  /// - Throws: What the database throws.
  static func draft(
    again edition: StatementEdition,
    _ statement: Model.Statement,
    on day: DayNumber? = nil,
    in db: Database
  ) throws -> StatementWriter.Outcome {
    let content = edition.facts.content
    var sources = try sources(
      date: content.date,
      on: day ?? content.date,
      recordedBy: edition.facts.approvals.first?.at ?? edition.openedAt,
      withHidden: false,
      in: db
    )
    sources.take(before: try told(statement.id, before: edition.facts.number, in: db))
    sources.version = Dictionary(content.facts.map { ($0.key, $0.text) }) { first, _ in first }
    return StatementWriter.write(statement.facts, from: sources)
  }

  /// What the public has seen of a statement before a version, newest first.
  private static func told(
    _ statement: RecordID,
    before number: Int,
    in db: Database
  ) throws -> [StatementContent] {
    try StatementEditionRecord.list(
      of: statement,
      where: "json_extract(facts, '$.published') IS NOT NULL",
      in: db
    ).filter { $0.facts.number < number }.map(\.facts.content)
  }

  /// Today where the organisation is.
  static func today(_ now: Instant, in db: Database) throws -> DayNumber {
    DayNumber(now, in: try OrganisationRecord.current(in: db).organisation.zone ?? .utc)
  }

  /// What the newest signed audit of each framework found.
  private static func audits(
    on day: DayNumber,
    _ zone: Zone,
    in db: Database
  ) throws -> [AuditedMeasures] {
    let start = zone.instant(of: day.civil).milliseconds
    var heads: [(id: RecordID, reference: String, framework: String, day: String)] = []
    var seen: Set<String> = []
    try db.rows(
      """
      SELECT audit.id, audit.reference, framework.name, audit.periodUntil,
        max(coalesce(secondAt, signedAt)), framework.identifier
      FROM audit JOIN framework ON framework.id = audit.framework
      JOIN auditSignature ON auditSignature.audit = audit.id AND isComplete = 1
        AND reopenedBy IS NULL
      WHERE audit.state = 'signed' AND audit.isRemoved = 0
      GROUP BY audit.id ORDER BY 5 DESC, audit.id DESC
      """
    ) { row in
      guard seen.insert(try row.text(5)).inserted else { return }
      let until = try row.text(3)
      let signed = DayNumber(try row.instant(4), in: zone).iso
      heads.append(
        (try row.number(0), try row.text(1), try row.text(2), until.isEmpty ? signed : until)
      )
    }
    return try heads.sorted { $0.reference < $1.reference }.map { head in
      var audit = AuditedMeasures(
        audit: head.reference,
        framework: head.framework,
        day: head.day,
        met: [],
        unmet: []
      )
      try db.rows(
        """
        SELECT CASE requirement.reference WHEN '' THEN requirement.identifier
            ELSE requirement.reference END,
          CASE requirement.name WHEN '' THEN substr(requirement.text, 1, 400)
            ELSE requirement.name END,
          auditItem.result, attestedUntil
        FROM auditItem JOIN requirement ON requirement.id = auditItem.requirement
        WHERE auditItem.audit = ? AND auditItem.isHeading = 0 ORDER BY auditItem.place
        """,
        [head.id]
      ) { row in
        let result = try row.word(2, AuditResult.self)
        guard result != .notApplicable else { return }
        let isOver = try row.optionalNumber(3).map { $0 <= start }
        if result == .conforms, isOver != true {
          audit.met.append((try row.text(0), try row.text(1)))
        } else {
          audit.unmet.append(try row.text(0))
        }
      }
      return audit
    }
  }

  /// The incidents that an officer marked public, or of which a public notice stands.
  private static func incidents(before end: Instant, in db: Database) throws -> [PublicIncident] {
    var disclosures: [RecordID: DisclosureFacts] = [:]
    let entries: [PublicAccount] = try KeptTable.list(in: db)
    for entry in entries { disclosures[entry.facts.incident] = entry.facts }
    var notices: [RecordID: [PublicationFacts]] = [:]
    try db.rows(
      """
      SELECT publication.incident, publication.facts
      FROM publication JOIN mailing ON mailing.id = publication.mailing
      WHERE publication.isRemoved = 0 AND mailing.isRemoved = 0 AND earliest < ?
      ORDER BY earliest, publication.id
      """,
      [end.milliseconds]
    ) { row in
      notices[try row.number(0), default: []].append(try JSON.value(try row.text(1)))
    }
    let ids = Set(disclosures.keys).union(notices.keys)
    let found = try IncidentRecord.fetch(ids.sorted(), in: db)
      .filter { !$0.isRemoved && $0.exercise == nil }
    return try found.map { incident in
      try publicIncident(incident, disclosures[incident.id], notices[incident.id] ?? [], in: db)
    }.sorted { $0.reference < $1.reference }
  }

  private static func publicIncident(
    _ incident: Incident,
    _ disclosure: DisclosureFacts?,
    _ notices: [PublicationFacts],
    in db: Database
  ) throws -> PublicIncident {
    // Nothing is read of one that nobody marked: what is not there cannot be published.
    guard let disclosure else {
      return PublicIncident(reference: incident.reference, disclosure: nil, notices: notices)
    }
    let counts = incident.facts.affected.map(\.count)
    let isKnown = !counts.isEmpty && !counts.contains(nil)
    var told: Int64?
    var mailings: [RecordID] = []
    try db.rows(
      "SELECT id FROM mailing WHERE incident = ? AND isRemoved = 0",
      [incident.id]
    ) { mailings.append(try $0.number(0)) }
    for mailing in mailings {
      let states = try LedgerTallies.states(of: mailing, in: db)
      guard !states.isEmpty else { continue }
      let out = MailingCoverage.Part.reached.states.union(MailingCoverage.Part.handedOver.states)
      told = (told ?? 0) + out.reduce(0) { $0 + Int64(states[$1] ?? 0) }
    }
    let affected = isKnown ? counts.compactMap(\.self).reduce(0, +) : nil
    return PublicIncident(
      reference: incident.reference,
      disclosure: disclosure,
      instants: incident.facts.instants.filter {
        [.occurred, .discovered, .contained].contains($0.key)
      },
      data: incident.facts.data.categories,
      affected: affected,
      told: told,
      notices: notices
    )
  }
}
