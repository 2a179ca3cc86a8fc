internal import GRDB
internal import Model

extension PublicNotices: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> PublicNotices {
    PublicNotices(
      mailings: try PostureMailings.present(in: db).compactMap { mailing in
        let people = try LedgerTallies.states(of: mailing.id, in: db)[.unreachable] ?? 0
        guard people > 0 else { return nil }
        let notices = try PublicationRecord.list(of: mailing.id, in: db)
        let begun = notices.filter { $0.facts.from.earliest <= context.now }
        return Unreached(
          id: mailing.id,
          reference: mailing.reference,
          people: people,
          standing: begun.count,
          planned: notices.count - begun.count,
          unproven: begun.count { $0.facts.evidence == nil }
        )
      }
    )
  }
}
