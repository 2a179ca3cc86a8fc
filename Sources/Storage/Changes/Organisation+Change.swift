internal import GRDB
internal import Model

extension SetOrganisation: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let old = try OrganisationRecord.current(in: db)
    try checkVersion(old.version, of: subject, context, in: db) {
      Conflict.differences(theirs: old.organisation.named, ours: organisation.named)
    }
    try organisation.check()
    try db.run(
      """
      INSERT INTO organisation (id, version, document) VALUES (1, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, document = excluded.document
      """,
      [old.version + 1, try JSON.text(organisation)]
    )
    return Performed(
      subject: subject,
      version: old.version + 1,
      reference: "",
      incident: nil,
      inverse: SetOrganisation(basedOn: old.version + 1, organisation: old.organisation)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Conflict.differences(
      theirs: try OrganisationRecord.current(in: db).organisation.named,
      ours: organisation.named
    )
  }

  var lines: [String] {
    organisation.named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

/// Reads what is known of the organisation.
enum OrganisationRecord {
  static func current(in db: Database) throws -> CurrentOrganisation.Answer {
    guard let row = try db.row("SELECT document, version FROM organisation WHERE id = 1") else {
      return CurrentOrganisation.Answer(organisation: Organisation(), version: 0)
    }
    return CurrentOrganisation.Answer(
      organisation: try JSON.value(try row.text(0)),
      version: try row.number(1)
    )
  }
}

extension CurrentOrganisation: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    try OrganisationRecord.current(in: db)
  }
}

extension Organisation {
  /// What is known of it, by name, as texts.
  fileprivate var named: [(String, String)] {
    let stated = answers.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let known: [(String, String)] = [
      ("name", name), ("country", country ?? ""), ("zone", zone?.name ?? ""),
      ("role", role ?? ""), ("sectors", sectors?.joined(separator: ", ") ?? ""),
      ("holidays", holidays.joined(separator: ", ")),
      ("answers", stated.joined(separator: ", ")),
      ("contact", contact), ("officer", officer),
      ("second person", needsSecondPerson ? "yes" : "no"),
      ("reminders", reminderHours.map { "\($0) h" }.joined(separator: ", ")),
      ("finding days", findingDays?.text ?? ""),
      ("justify months", justifyMonths.map(String.init) ?? ""),
    ]
    return known + (staffPrivacy?.named ?? StaffPrivacy.unsaid)
      + (openness?.named ?? Openness.unsaid)
  }

  /// Refuses what the rules could not read.
  fileprivate func check() throws {
    let questions = FactKey.flags.filter { $0.hasPrefix("org.") }.map(FactKey.known)
    for (name, text) in answers.values {
      try LegalAnswers.check(text, to: name, of: questions, "the organisation")
    }
    if let first = unusable.first { throw StoreError.refused("\(first)") }
    let days = findingDays.map { days in Severity.allCases.map { days[$0] } } ?? []
    guard days.allSatisfy({ (1...3650).contains($0) }) else {
      throw StoreError.refused("findings are to be mended within 1 to 3650 days")
    }
    guard privacyOfStaff.minimumGroup >= StaffPrivacy.leastGroup,
      privacyOfStaff.minimumGroup <= 1000
    else {
      throw StoreError.refused(
        "numbers are shown of groups of \(StaffPrivacy.leastGroup) to 1000 people or more"
      )
    }
    if let problem = openness?.problem { throw StoreError.refused(problem) }
    guard justifyMonths.map({ (1...120).contains($0) }) ?? true else {
      throw StoreError.refused(
        "reasons for holding data are looked at again within 1 to 120 months"
      )
    }
    guard reminderHours.allSatisfy({ $0 > 0 }) else {
      throw StoreError.refused("a reminder goes out one hour or more before its deadline")
    }
  }
}

extension StaffPrivacy {
  /// The setting by name, as texts.
  fileprivate var named: [(String, String)] {
    [
      ("names of staff", isPseudonymous ? "pseudonyms alone" : "sealed"),
      ("least group", "\(minimumGroup)"), ("phishing results by person", namedResults),
    ]
  }

  /// The same names where nobody has said anything.
  fileprivate static let unsaid = ["names of staff", "least group", "phishing results by person"]
    .map { ($0, "") }
}
