internal import GRDB
internal import Model

extension RetentionFacts: KeptFacts {
  static let table = "retentionRule"
  static let columns = ["title", "target", "activity"]

  var values: [DatabaseValue] {
    [title.databaseValue, target.rawValue.databaseValue, activity.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("RET", id)
  }

  func check(
    _ id: RecordID,
    replacing old: RetentionFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    try refuseBlank(title, "a retention rule needs a title")
    try refuseBlank(ground, "a retention rule needs the law or the reason it rests on")
    try refuseSize()
    switch period {
    case .days(let count, false) where (1...36_525).contains(count): break
    case .months(let count) where (1...1200).contains(count): break
    default: throw StoreError.refused("data are kept for 1 day to 100 years")
    }
    switch target {
    case .activity:
      let activity = try KeptTable<ActivityFacts>.present(activity, in: db)
      if let strange = categories.first(where: { activity.facts.held($0) == nil }) {
        throw StoreError.refused("\(activity.reference) holds no \(strange)")
      }
      guard trigger != .incidentClosed, trigger != .requestSettled else {
        throw StoreError.refused("\(trigger.label) is for what Tocsin itself keeps")
      }
    case .mailings, .requests, .consents:
      let own = target.ownTrigger
      guard activity.isEmpty, categories.isEmpty, count == nil, stocks.isEmpty, trigger == own
      else {
        throw StoreError.refused(
          "\(target.label) are kept from \(own.label) on, and counted by Tocsin itself"
        )
      }
    }
    guard let count else { return }
    guard let program = count.arguments.first, !program.isEmpty, count.arguments.count <= 200 else {
      throw StoreError.refused("a command that counts has a program and at most 200 arguments")
    }
    guard (1...RetentionCount.most).contains(count.seconds) else {
      throw StoreError.refused("a command that counts may run 1 to \(RetentionCount.most) seconds")
    }
  }
}
