internal import GRDB
internal import Model

/// Reads and writes an incident and what stands in its side tables.
enum IncidentRecord {
  /// What changes need to know before they alter an incident.
  struct Head {
    var reference: String
    var version: Version
    var isRemoved: Bool
    var state: IncidentState
    var isExercise: Bool
    var isOpen: Bool { !isRemoved && state.isOpen }
  }

  static func head(_ id: RecordID, in db: Database) throws -> Head {
    guard
      let row = try db.row(
        "SELECT reference, version, isRemoved, state, isExercise FROM incident WHERE id = ?",
        [id]
      )
    else { throw StoreError.notFound(Subject(.incident, id)) }
    return Head(
      reference: try row.text(0),
      version: try row.number(1),
      isRemoved: try row.flag(2),
      state: try row.word(3),
      isExercise: try row.flag(4)
    )
  }

  /// The head of an incident that takes additions: it exists and was not removed.
  static func addable(_ id: RecordID, in db: Database) throws -> Head {
    let head = try head(id, in: db)
    guard !head.isRemoved else {
      throw StoreError.refused("\(head.reference) was removed; restore it first")
    }
    return head
  }

  /// Reads an incident of which it is known that it must exist.
  static func existing(_ id: RecordID, in db: Database) throws -> Incident {
    guard let incident = try fetch(id, in: db) else {
      throw StoreError.notFound(Subject(.incident, id))
    }
    return incident
  }

  /// Writes a new incident and returns its number.
  static func insert(
    _ incident: Incident,
    order: Int64,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    let facts = incident.facts
    try db.run(
      """
      INSERT INTO incident (reference, referenceOrder, version, title, summary, severity, state,
        outcome, lead, scribe, liaison, counsel, disclosure, isEncrypted, isKeyTaken, isRestored,
        isRecovered, tags, assets, occurredOrder, awareOrder, affectedOrder, openedAt, updatedAt,
        isExercise)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [incident.reference, order, incident.version] + (try values(incident))
        + [
          incident.openedAt.milliseconds, incident.updatedAt.milliseconds, incident.isExercise,
        ]
    )
    let id = db.lastInsertedRowID
    try writeSideTables(id, facts, in: db)
    try db.run(
      "INSERT INTO incidentText (id, folded) VALUES (?, ?)",
      [id, folded(facts, incident.reference)]
    )
    if let source = incident.source { try write(source, of: id, in: db) }
    context.search.add(.incident, id)
    return id
  }

  /// Writes an incident's facts, state and version over what stands there.
  static func update(
    _ incident: Incident,
    was old: IncidentFacts,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let facts = incident.facts
    let isTextSame =
      facts.title == old.title && facts.summary == old.summary && facts.tags == old.tags
      && facts.assets == old.assets
    if isTextSame {
      try updateRow(incident, in: db)
    } else {
      try context.search.update(.incident, incident.id, in: db) { try updateRow(incident, in: db) }
    }
    guard facts != old else { return }
    if facts.instants != old.instants {
      try db.run("DELETE FROM incidentInstant WHERE incident = ?", [incident.id])
    }
    if facts.affected != old.affected {
      try db.run("DELETE FROM incidentAffected WHERE incident = ?", [incident.id])
    }
    let hasOtherWords =
      facts.actions != old.actions || facts.data.categories != old.data.categories
      || facts.assets != old.assets || facts.tags != old.tags
    if hasOtherWords { try db.run("DELETE FROM incidentWord WHERE incident = ?", [incident.id]) }
    if facts.answers != old.answers {
      try db.run("DELETE FROM incidentAnswer WHERE incident = ?", [incident.id])
    }
    try writeSideTables(
      incident.id,
      facts,
      instants: facts.instants != old.instants,
      affected: facts.affected != old.affected,
      answers: facts.answers != old.answers,
      words: hasOtherWords,
      in: db
    )
    try db.run(
      "UPDATE incidentText SET folded = ? WHERE id = ?",
      [folded(facts, incident.reference), incident.id]
    )
  }

  private static func updateRow(_ incident: Incident, in db: Database) throws {
    try db.run(
      """
      UPDATE incident SET title = ?, summary = ?, severity = ?, state = ?, outcome = ?, lead = ?,
        scribe = ?, liaison = ?, counsel = ?, disclosure = ?, isEncrypted = ?, isKeyTaken = ?,
        isRestored = ?, isRecovered = ?, tags = ?, assets = ?, occurredOrder = ?, awareOrder = ?,
        affectedOrder = ?, version = ?, updatedAt = ?
      WHERE id = ?
      """,
      try values(incident)
        + [incident.version, incident.updatedAt.milliseconds, incident.id]
    )
  }

  /// Takes an incident out of the lists or puts it back.
  static func setRemoved(
    _ isRemoved: Bool,
    _ id: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try context.search.update(.incident, id, in: db) {
      try db.run(
        "UPDATE incident SET isRemoved = ?, version = version + 1, updatedAt = ? WHERE id = ?",
        [isRemoved, context.now.milliseconds, id]
      )
    }
  }

  /// Notes that something that belongs to an incident was altered.
  static func touch(_ id: RecordID, at now: Instant, in db: Database) throws {
    try db.run("UPDATE incident SET updatedAt = ? WHERE id = ?", [now.milliseconds, id])
  }

  static func write(_ source: ImportSource, of id: RecordID, in db: Database) throws {
    // The journal keeps the digest alone, so it does not look into the document.
    guard !source.document.utf8.contains(0) else { throw JSONBytes.refusal }
    do {
      try db.run(
        """
        INSERT INTO importSource (id, format, externalID, digest, document) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET format = excluded.format, externalID = excluded.externalID,
          digest = excluded.digest, document = excluded.document
        """,
        [id, source.format, source.externalID, source.digest, source.document]
      )
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw StoreError.refused("\(source.format) id \(source.externalID) is in the store already")
    }
  }

  static func write(_ decision: AwarenessDecision?, of id: RecordID, in db: Database) throws {
    try db.run("DELETE FROM awareness WHERE id = ?", [id])
    guard let decision else { return }
    try db.run(
      """
      INSERT INTO awareness (id, \(StatedTime.columns), decidedBy, grounds)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [id] + StatedTime.values(decision.awareAt) + [decision.decidedBy, decision.grounds]
    )
  }

  private static func values(_ incident: Incident) throws -> StatementArguments {
    let facts = incident.facts
    let aware = incident.awareness?.awareAt ?? facts.instants[.aware]
    return [
      facts.title, facts.summary, facts.severity?.rawValue, incident.state.rawValue,
      facts.outcome.rawValue, facts.roles[.lead], facts.roles[.scribe], facts.roles[.liaison],
      facts.roles[.counsel], facts.data.disclosure?.rawValue, facts.data.isEncrypted,
      facts.data.isKeyTaken, facts.data.isRestored, facts.data.isRecovered,
      try JSON.words(facts.tags), try JSON.words(facts.assets),
      facts.instants[.occurred]?.earliest.milliseconds,
      aware?.earliest.milliseconds, facts.affectedTotal,
    ]
  }

  private static func writeSideTables(
    _ id: RecordID,
    _ facts: IncidentFacts,
    instants: Bool = true,
    affected: Bool = true,
    answers: Bool = true,
    words: Bool = true,
    in db: Database
  ) throws {
    for (instant, time) in instants ? facts.instants : [:] {
      try db.run(
        """
        INSERT INTO incidentInstant (incident, instant, \(StatedTime.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [id, instant.rawValue] + StatedTime.values(time)
      )
    }
    for people in affected ? facts.affected : [] {
      try db.run(
        "INSERT INTO incidentAffected (incident, jurisdiction, count, quality) VALUES (?, ?, ?, ?)",
        [id, people.jurisdiction, people.count, people.quality.rawValue]
      )
    }
    for (key, value) in answers ? facts.answers.values : [:] {
      try db.run(
        "INSERT INTO incidentAnswer (incident, key, value) VALUES (?, ?, ?)",
        [id, key, value]
      )
    }
    guard words else { return }
    // In the order of the table's key, which SQLite fills fastest.
    let all: [(String, [String])] = [
      ("action", facts.actions.map(\.rawValue).sorted()), ("asset", facts.assets),
      ("category", facts.data.categories), ("tag", facts.tags),
    ]
    let rows = all.flatMap { kind, words in words.map { (kind, $0) } }
    for start in stride(from: 0, to: rows.count, by: 16) {
      let part = rows[start..<min(start + 16, rows.count)]
      let values = repeatElement("(?, ?, ?)", count: part.count).joined(separator: ", ")
      try db.run(
        "INSERT INTO incidentWord (incident, kind, word) VALUES \(values)",
        StatementArguments(part.flatMap { [id, $0.0, $0.1] as [any DatabaseValueConvertible] })
      )
    }
  }

  static func folded(_ facts: IncidentFacts, _ reference: String) -> String {
    ([reference, facts.title, facts.summary] + facts.tags).joined(separator: "\n").folded
  }
}

extension String {
  /// The text with its letters folded, for comparing without regard to letter case.
  ///
  /// The same as `lowercased()`, which is slow where not every letter is ASCII.
  var folded: String {
    var out: [UInt8] = []
    out.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        out.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      } else {
        out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension IncidentFacts {
  /// People affected in all jurisdictions together; nil where one number is unknown or none stated.
  var affectedTotal: Int64? {
    guard !affected.isEmpty else { return nil }
    var total: Int64 = 0
    for people in affected {
      guard let count = people.count else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(count)
      total = overflow ? .max : sum
    }
    return total
  }

  /// The facts as the record keeps them: lists sorted, each word once, empty roles absent.
  var normalized: IncidentFacts {
    var facts = self
    facts.assets = Set(assets).sorted()
    facts.tags = Set(tags).sorted()
    facts.data.categories = Set(data.categories).sorted()
    facts.affected.sort { $0.jurisdiction < $1.jurisdiction }
    facts.roles = roles.filter { !$0.value.isEmpty }
    return facts
  }

  /// Refuses facts that break a rule of the record.
  ///
  /// Answers that stand in the record already are not looked at again: a program that knows fewer
  /// questions must still be able to alter the rest.
  func check(was old: IncidentFacts? = nil) throws {
    guard title.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("an incident needs a title; give it a few words")
    }
    guard !title.contains(where: \.isNewline) else {
      throw StoreError.refused("a title is one line; put the rest into the summary")
    }
    var seen: Set<String> = []
    for people in affected {
      guard people.count.map({ $0 >= 0 }) ?? true else {
        throw StoreError.refused(
          "the number of people affected cannot be negative; leave it out where it is unknown"
        )
      }
      guard seen.insert(people.jurisdiction).inserted else {
        throw StoreError.refused(
          "the people of \(people.jurisdiction) are counted twice; give one number"
        )
      }
    }
    for (name, text) in answers.values where old?.answers.values[name] != text {
      try LegalAnswers.check(text, to: name, of: LegalAnswers.questions, "an incident")
    }
  }
}

extension LegalAnswers {
  /// Refuses an answer that the question does not take, and a question that is put elsewhere.
  static func check(
    _ text: String,
    to name: String,
    of questions: [FactKey],
    _ owner: String
  ) throws {
    guard let key = questions.first(where: { $0.description == name }) else {
      throw StoreError.refused("\(name) is no question that \(owner) has an answer to")
    }
    do {
      _ = try input(text, for: key)
    } catch {
      throw StoreError.refused("\(error)")
    }
  }
}
