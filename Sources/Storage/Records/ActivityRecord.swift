internal import GRDB
internal import Model

extension ActivityFacts: KeptFacts {
  static let table = "activity"
  static let columns = ["name", "source", "words"]

  var values: [DatabaseValue] {
    let words =
      [name, purpose, owner ?? ""] + people + data.map(\.category) + systems.map(\.name)
      + recipients + processors.map(\.name)
    return [
      name.databaseValue, source.databaseValue,
      words.filter { !$0.isEmpty }.joined(separator: "\n").databaseValue,
    ]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("ACT", id)
  }

  func check(
    _ id: RecordID,
    replacing old: ActivityFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    try refuseBlank(name, "an activity needs a name")
    try refuseSize()
    var seen: Set<String> = []
    for held in data {
      try refuseBlank(held.category, "a category of data needs a name")
      guard seen.insert(held.category.lowercased()).inserted else {
        throw StoreError.refused("\(held.category) stands there twice")
      }
      try context.refuseFuture(held.justified, of: "\(held.category) justified")
    }
    for number in numbers {
      if let problem = AffectedPeople.problem(withJurisdiction: number.jurisdiction) {
        throw StoreError.refused("\(number.jurisdiction): \(problem)")
      }
      guard number.count ?? 0 >= 0 else {
        throw StoreError.refused("a number of people is 0 or more")
      }
    }
    for processor in processors {
      if let from = processor.from, let until = processor.until, until.latest < from.earliest {
        throw StoreError.refused("the contract of \(processor.name) ends before it begins")
      }
    }
    for transfer in transfers {
      try refuseBlank(transfer.country, "a transfer needs a country")
    }
  }

  static func checkRemoval(_ record: Activity, in db: Database) throws {
    let reference = record.reference
    func names<Facts: KeptFacts>(_ rests: (Facts) -> Bool) throws -> [String] {
      let all: [KeptRecord<Facts>] = try KeptTable.list(in: db)
      return all.filter { rests($0.facts) }.map(\.reference)
    }
    var resting = try names { (facts: PurposeFacts) in
      facts.activity == reference && facts.erasedAt == nil
    }
    resting += try names { (facts: RetentionFacts) in facts.activity == reference }
    resting += try names { (facts: HoldFacts) in facts.scope.contains(reference) }
    resting += try names { (facts: ImpactFacts) in facts.activities.contains(reference) }
    guard !resting.isEmpty else { return }
    throw StoreError.refused(
      "\(reference) is what \(resting.joined(separator: ", ")) "
        + "\(resting.count == 1 ? "rests" : "rest") on; remove or alter that first"
    )
  }
}
