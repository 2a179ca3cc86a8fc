internal import GRDB
internal import Model

extension MailingTexts: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [NoticeText] {
    try NoticeRecord.list(of: mailing, withRemoved: withRemoved, in: db)
  }
}

extension NoticeTextVersions: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [NoticeText] {
    try NoticeRecord.versions(of: mailing, number, in: db)
  }
}

extension MailingEditions: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [NoticeEdition] {
    try NoticeEditionRecord.list(of: mailing, in: db)
  }
}

extension EditionInForce: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> NoticeEdition? {
    try NoticeEditionRecord.inForce(of: mailing, in: db)
  }
}

extension EditionDraft: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> NoticeEditionFacts {
    try NoticeEditionRecord.draft(
      of: try MailingRecord.existing(mailing, in: db),
      date: date,
      asIn: try NoticeEditionRecord.live(of: mailing, in: db)?.facts,
      in: db
    )
  }
}

extension RecipientGaps: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Gap] {
    guard needs.values.contains(where: { !$0.isEmpty }) else { return [] }
    let found = try MailingRecord.existing(mailing, in: db)
    var scan = try NoticeScan(
      found,
      NoticeTexts(try NoticeRecord.list(of: mailing, in: db)),
      channels: found.facts.channels,
      needs,
      context.keys,
      in: db
    )
    var gaps: [NoticeScan.Lack: Int] = [:]
    while let row = try scan.next() {
      for lack in row.lacks { gaps[lack, default: 0] += 1 }
    }
    return gaps.map { Gap(text: $0.key.text, field: $0.key.field, count: $0.value) }
      .sorted { ($0.text, $0.field.rawValue) < ($1.text, $1.field.rawValue) }
  }
}
