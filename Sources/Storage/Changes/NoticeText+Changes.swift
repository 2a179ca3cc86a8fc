internal import GRDB
internal import Model

extension AddNoticeText: ListedFacts {
  typealias Listed = NoticeRecord

  var named: [(String, String)] { facts.named }

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try MailingRecord.present(mailing, in: db)
    let id = try NoticeRecord.insert(facts, in: mailing, context, in: db)
    return NoticeChange.performed(
      try NoticeRecord.existing(id, in: db),
      of: found,
      inverse: RemoveNoticeText(id: id, basedOn: 1)
    )
  }

  var lines: [String] { NoticeChange.lines(facts) }
}

extension EditNoticeText: ListedFacts {
  typealias Listed = NoticeRecord

  var named: [(String, String)] { facts.named }

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let (text, mailing) = try NoticeChange.begin(self, id, context, in: db) {
      Conflict.differences(theirs: $0.facts.named, ours: facts.named)
    }
    let version = text.version + 1
    if text.facts != facts {
      try NoticeRecord.write(facts, as: version, of: id, context, in: db)
    }
    return NoticeChange.performed(
      try NoticeRecord.existing(id, in: db),
      of: mailing,
      inverse: EditNoticeText(id: id, basedOn: version, facts: text.facts),
      isIdle: text.facts == facts
    )
  }

  var lines: [String] { NoticeChange.lines(facts) }
}

extension RemoveNoticeText: ListedMove {
  typealias Listed = NoticeRecord

  static let takesOff = true

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let (text, mailing) = try NoticeChange.begin(self, id, context, in: db) { _ in [] }
    try NoticeRecord.setRemoved(true, id, in: db)
    return NoticeChange.performed(
      text,
      of: mailing,
      inverse: RestoreNoticeText(id: id, basedOn: text.version)
    )
  }
}

extension RestoreNoticeText: ListedMove {
  typealias Listed = NoticeRecord

  static let takesOff = false

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let text = try NoticeRecord.existing(id, in: db)
    let mailing = try MailingRecord.present(text.mailing, in: db)
    guard text.isRemoved else { throw StoreError.refused("\(text.name) is in the mailing") }
    try checkVersion(text.version, of: subject, context, in: db) { [] }
    try NoticeRecord.setRemoved(false, id, in: db)
    return NoticeChange.performed(
      text,
      of: mailing,
      inverse: RemoveNoticeText(id: id, basedOn: text.version)
    )
  }
}

extension ConfirmNotice: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let (text, mailing) = try NoticeChange.begin(self, id, context, in: db) { _ in [] }
    guard verdict != .notApplicable || reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say why \(content)/\(item) does not apply")
    }
    let before = text.confirmations.first { $0.content == content && $0.item == item }
    try NoticeRecord.confirm(self, context, in: db)
    return NoticeChange.performed(
      text,
      of: mailing,
      inverse: ConfirmNotice(
        id: id,
        version: version,
        content: content,
        item: item,
        verdict: before?.verdict,
        reason: before?.reason ?? ""
      ),
      isIdle: before?.verdict == verdict && (before?.reason ?? "") == reason
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try NoticeRecord.existing(subject.id, in: db)
    guard now.version == version else {
      return Conflict.movedOn(from: version, to: now.version)
    }
    let stands = now.confirmations.first { $0.content == content && $0.item == item }
    return Conflict.differences(
      theirs: [("verdict", stands?.verdict.label ?? ""), ("reason", stands?.reason ?? "")],
      ours: [("verdict", verdict?.label ?? ""), ("reason", reason)]
    )
  }

  var lines: [String] { reason.isEmpty ? [] : ["reason: \(reason)"] }
}

/// What changes of texts have in common.
enum NoticeChange {
  static func begin(
    _ change: some SQLChange,
    _ id: RecordID,
    _ context: ChangeContext,
    in db: Database,
    fields: (NoticeText) -> [Conflict.Difference]
  ) throws -> (text: NoticeText, mailing: Mailing) {
    let text = try NoticeRecord.existing(id, in: db)
    let mailing = try MailingRecord.present(text.mailing, in: db)
    guard !text.isRemoved else {
      throw StoreError.refused("\(text.name) was removed; put it back first")
    }
    try change.checkVersion(text.version, of: change.subject, context, in: db) { fields(text) }
    return (text, mailing)
  }

  static func performed(
    _ text: NoticeText,
    of mailing: Mailing,
    inverse: (any SQLChange)?,
    isIdle: Bool = false
  ) -> Performed {
    Performed(
      subject: Subject(.notice, text.id),
      version: text.version,
      reference: "\(mailing.reference) \(text.name)",
      incident: mailing.incident,
      inverse: inverse,
      isIdle: isIdle
    )
  }

  static func lines(_ facts: NoticeTextFacts) -> [String] {
    facts.named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } + ["digest: \(facts.digest)"]
  }
}

extension NoticeRecord: ListedRecord {
  static func standing(_ id: RecordID, in db: Database) throws -> Standing {
    let found = try existing(id, in: db)
    return Standing(named: found.facts.named, isRemoved: found.isRemoved)
  }
}
