internal import GRDB
internal import Model

extension PhishingTrend: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    let least = try OrganisationRecord.current(in: db).organisation.privacyOfStaff.minimumGroup
    return try PhishingRecord.trend(least: least, in: db)
  }
}

extension PhishingByGroup: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Board? {
    let least = try OrganisationRecord.current(in: db).organisation.privacyOfStaff.minimumGroup
    guard let total = try PhishingRecord.trend(least: least, in: db).first(where: { $0.id == id })
    else { return nil }
    var counts: [RecordID?: PhishingCounts] = [:]
    for row in try PhishingRecord.rows(of: id, in: db) {
      counts[row.group, default: PhishingCounts()].add(row.reached, isReported: row.isReported)
    }
    var groups: [(name: String, counts: PhishingCounts)] = []
    for group in try KeptTable<StaffGroupFacts>.list(withRemoved: true, in: db) {
      guard let found = counts[group.id], found.sent > 0 else { continue }
      groups.append((group.facts.name, found))
    }
    if let unknown = counts[nil], unknown.sent > 0 { groups.append(("", unknown)) }
    let isHidden = GroupSuppression.hidden(
      groups.map(\.counts.sent),
      least: least,
      isTotalShown: total.counts != nil
    )
    let rest = zip(groups, isHidden).filter(\.1).reduce(PhishingCounts()) { $0 + $1.0.counts }
    return Board(
      total: total,
      groups: zip(groups, isHidden).map { group, isHidden in
        Row(group: group.name, counts: isHidden ? nil : group.counts)
      },
      hidden: rest.sent >= least ? rest : nil,
      least: least
    )
  }
}
