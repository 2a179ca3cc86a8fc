internal import GRDB
internal import Model

extension ImpactList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let activities: [Activity] = try KeptTable.list(in: db)
    return try ImpactRows.answer(activities, at: context.now, in: db)
  }
}

extension ImpactDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let assessment = try KeptTable<ImpactFacts>.named(reference, in: db) else { return nil }
    let all: [Activity] = try KeptTable.list(in: db)
    return Details(
      row: ImpactRow(assessment, activities: all, at: context.now),
      activities: all.filter { assessment.facts.activities.contains($0.reference) },
      organisation: try OrganisationRecord.current(in: db).organisation.name,
      history: try JournalWindow(
        JournalFilter(subject: Subject(.impactAssessment, assessment.id)),
        RowWindow(start: 0, count: 200)
      ).fetch(in: db, context).rows
    )
  }
}

/// Reads how impact assessments stand.
enum ImpactRows {
  /// All of them; `activities` are those that are on their list.
  static func answer(
    _ activities: [Activity],
    at now: Instant,
    in db: Database
  ) throws -> ImpactList.Answer {
    let all: [ImpactAssessment] = try KeptTable.list(in: db)
    let rows = all.map { ImpactRow($0, activities: activities, at: now) }
    let due = rows.filter { $0.state.isDue }
    return ImpactList.Answer(
      rows: due + rows.filter { !$0.state.isDue },
      gaps: ImpactGap.list(activities, all)
    )
  }
}
