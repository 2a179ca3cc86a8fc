internal import GRDB
internal import Model

extension SetAuthority: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let old = try AuthorityRecord.stored(authority, in: db)
    try check(old, context, in: db)
    guard Authority.isKey(authority) else {
      throw StoreError.refused("\(authority) is no key such as au-oaic")
    }
    guard !facts.isEmpty else {
      throw StoreError.refused("say at least one thing of \(authority), or remove its entry")
    }
    let present = old.flatMap { $0.isRemoved ? nil : $0.contact }
    let (id, version) = try AuthorityRecord.write(
      authority,
      facts,
      isRemoved: false,
      over: old,
      context,
      in: db
    )
    let inverse: any SQLChange =
      if let present {
        SetAuthority(id: id, authority: authority, basedOn: version, facts: present.facts)
      } else {
        RemoveAuthority(id: id, authority: authority, basedOn: version)
      }
    return Performed(
      subject: Subject(.authority, id),
      version: version,
      reference: authority,
      incident: nil,
      inverse: inverse
    )
  }

  /// An entry that was taken out counts as none: whoever saw none may write one.
  private func check(
    _ old: AuthorityRecord.Stored?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let version = old.map { $0.isRemoved ? 0 : $0.contact.version } ?? 0
    try checkVersion(version, of: subject, context, in: db) {
      Conflict.differences(
        theirs: (old?.contact.facts ?? ContactFacts()).named.map { ($0.name, $0.value) },
        ours: facts.named.map { ($0.name, $0.value) }
      )
    }
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try AuthorityRecord.stored(authority, in: db)
    return Removal.overtaken(isRemoved: now?.isRemoved ?? true, wanted: false)
      + Conflict.differences(
        theirs: (now?.contact.facts ?? ContactFacts()).named.map { ($0.name, $0.value) },
        ours: facts.named.map { ($0.name, $0.value) }
      )
  }

  var lines: [String] {
    facts.named.filter { !$0.value.isEmpty }.map { "\($0.name): \($0.value)" }
  }
}

extension RemoveAuthority: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard let old = try AuthorityRecord.stored(authority, in: db), !old.isRemoved else {
      throw StoreError.refused("the contact book has no entry for \(authority)")
    }
    try checkVersion(old.contact.version, of: subject, context, in: db) { [] }
    let (id, version) = try AuthorityRecord.write(
      authority,
      old.contact.facts,
      isRemoved: true,
      over: old,
      context,
      in: db
    )
    return Performed(
      subject: Subject(.authority, id),
      version: version,
      reference: authority,
      incident: nil,
      inverse: SetAuthority(id: id, authority: authority, basedOn: 0, facts: old.contact.facts)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try AuthorityRecord.stored(authority, in: db)
    return Removal.overtaken(isRemoved: now?.isRemoved ?? true, wanted: true)
  }
}
