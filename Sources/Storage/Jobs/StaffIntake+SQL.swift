internal import GRDB
internal import Model

extension StaffIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      var intake = try Intake(context, &journal, in: db)
      for (index, row) in rows.enumerated() {
        if index % 256 == 0,
          !progress(JobProgress(stage: .writing, done: index, total: rows.count))
        {
          throw CancellationError()
        }
        try intake.take(row, &journal)
      }
      if isComplete { try intake.markLeavers(&journal) }
      return intake.outcome
    }
  }

  /// One list on its way in.
  private struct Intake {
    var outcome = Outcome()
    private let (db, context): (Database, ChangeContext)
    private let key: StaffKey
    private let privacy: StaffPrivacy
    private let today: DayNumber
    private var groups: [String: RecordID] = [:]
    private var seen: Set<RecordID> = []

    init(_ context: ChangeContext, _ journal: inout JournalWriter, in db: Database) throws {
      (self.db, self.context) = (db, context)
      key = try StaffKey.findOrMake(context.keys, &journal, in: db)
      let organisation = try OrganisationRecord.current(in: db).organisation
      privacy = organisation.privacyOfStaff
      today = DayNumber(context.now, in: organisation.zone ?? .utc)
      outcome.keepsNames = !privacy.isPseudonymous
      for group in try KeptTable<StaffGroupFacts>.list(in: db) {
        groups[group.facts.name.lowercased()] = group.id
      }
    }

    mutating func take(_ row: StaffRow, _ journal: inout JournalWriter) throws {
      func refuse(_ reason: String) -> StoreError { .refused("line \(row.line): \(reason)") }
      let numberTag = key.tag(.reference, row.identity.number)
      let emailTag = key.tag(.email, row.identity.email)
      guard !numberTag.isEmpty || !emailTag.isEmpty else {
        throw refuse("a person needs a number or an e-mail address")
      }
      let byNumber = try StaffRecord.find(numberTag: numberTag, in: db)
      let byEmail = try StaffRecord.find(emailTag: emailTag, in: db)
      if let byNumber, let byEmail, byNumber.id != byEmail.id {
        throw refuse("its number and its e-mail address belong to two people on the list")
      }
      if byNumber == nil, let byEmail, !numberTag.isEmpty, !byEmail.facts.numberTag.isEmpty {
        throw refuse("its e-mail address belongs to a person with another number")
      }
      let old = byNumber ?? byEmail
      if let old, !seen.insert(old.id).inserted {
        throw refuse("the same person stands on an earlier line")
      }
      let group = try group(row.group, row.line, &journal)
      let pseudonym =
        old?.facts.pseudonym
        ?? (numberTag.isEmpty
          ? key.pseudonym(.email, row.identity.email)
          : key.pseudonym(.reference, row.identity.number))
      var facts =
        old?.facts ?? StaffFacts(pseudonym: pseudonym, group: group)
      facts.group = group
      if !numberTag.isEmpty { facts.numberTag = numberTag }
      if !emailTag.isEmpty { facts.emailTag = emailTag }
      if let roles = row.roles { facts.roles = Set(roles).sorted() }
      facts.joined = row.joined ?? facts.joined
      // Who stands on the list again is there again.
      facts.left = row.left ?? facts.left.flatMap { $0 > today ? $0 : nil }
      facts.sealed = try sealed(row.identity, facts)
      do {
        guard let old else {
          let change = AddRecord(facts)
          let performed = try change.perform(in: db, context)
          seen.insert(performed.subject.id)
          _ = try journal.append(change, performed)
          outcome.added += 1
          return
        }
        guard facts != old.facts else { return outcome.same += 1 }
        let change = EditRecord(id: old.id, basedOn: old.version, facts: facts)
        _ = try journal.append(change, try change.perform(in: db, context))
        outcome.altered += 1
      } catch StoreError.refused(let reason) {
        throw refuse(reason)
      }
    }

    /// The sealed identity: the old text where it says the same, so that nothing seems altered.
    private func sealed(_ identity: StaffIdentity, _ facts: StaffFacts) throws -> String {
      guard !privacy.isPseudonymous else { return "" }
      var whole = key.open(facts) ?? StaffIdentity()
      let before = whole
      if !identity.number.isEmpty { whole.number = identity.number }
      if !identity.name.isEmpty { whole.name = identity.name }
      if !identity.email.isEmpty { whole.email = identity.email }
      return whole == before && !facts.sealed.isEmpty
        ? facts.sealed : try key.seal(whole, as: facts.pseudonym)
    }

    private mutating func group(_ name: String, _ line: Int, _ journal: inout JournalWriter) throws
      -> RecordID
    {
      let name = name.isEmpty ? "Everybody" : name
      if let id = groups[name.lowercased()] { return id }
      let change = AddRecord(StaffGroupFacts(name: name))
      let performed = try change.perform(in: db, context)
      _ = try journal.append(change, performed)
      groups[name.lowercased()] = performed.subject.id
      outcome.groups += 1
      return performed.subject.id
    }

    /// Marks those who were not on the list as having left today.
    mutating func markLeavers(_ journal: inout JournalWriter) throws {
      for staff in try KeptTable<StaffFacts>.list(in: db)
      where !seen.contains(staff.id) && !staff.facts.isErased
        && (staff.facts.left.map { $0 > today } ?? true)
      {
        var facts = staff.facts
        facts.left = max(today, facts.joined ?? today)
        let change = EditRecord(id: staff.id, basedOn: staff.version, facts: facts)
        _ = try journal.append(change, try change.perform(in: db, context))
        outcome.left += 1
      }
    }
  }
}

/// Finds staff by what identifies them.
enum StaffRecord {
  static func find(numberTag: String, in db: Database) throws -> Staff? {
    try find("numberTag", numberTag, in: db)
  }

  static func find(emailTag: String, in db: Database) throws -> Staff? {
    try find("emailTag", emailTag, in: db)
  }

  static func find(pseudonym: String, in db: Database) throws -> Staff? {
    try find("pseudonym", pseudonym.uppercased(), in: db)
  }

  private static func find(_ column: String, _ value: String, in db: Database) throws -> Staff? {
    guard !value.isEmpty else { return nil }
    return try db.row(
      """
      SELECT \(KeptTable<StaffFacts>.head) FROM staff
      WHERE \(column) = ? AND isRemoved = 0 AND \(column) <> ''
      """,
      [value]
    ).map(KeptTable<StaffFacts>.read)
  }

  /// Whom a text names: a pseudonym, `staff:12`, an e-mail address or a personnel number.
  ///
  /// The key is asked for only where the first two do not tell: without it these still do.
  static func find(
    _ text: String,
    _ key: @autoclosure () throws -> StaffKey?,
    in db: Database
  ) throws -> Staff? {
    let parts = text.split(separator: ":", maxSplits: 1)
    if parts.count == 2, parts[0] == "staff", let id = RecordID(parts[1]) {
      return try KeptTable<StaffFacts>.fetch(id, in: db).flatMap { $0.isRemoved ? nil : $0 }
    }
    if let found = try find(pseudonym: text, in: db) { return found }
    guard let key = try key() else { return nil }
    return try find(emailTag: text.contains("@") ? key.tag(.email, text) : "", in: db)
      ?? find(numberTag: key.tag(.reference, text), in: db)
  }
}
