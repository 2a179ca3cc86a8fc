internal import GRDB
internal import Model

extension DeletionFacts: KeptFacts {
  static let table = "deletion"
  static let columns = ["rule", "done"]

  var values: [DatabaseValue] {
    [rule.databaseValue, done.latest.milliseconds.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("DEL", id)
  }

  func check(
    _ id: RecordID,
    replacing old: DeletionFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    try refuseBlank(method, "a deletion run needs how it was done")
    try refuseSize()
    let rule = try KeptTable<RetentionFacts>.present(rule, in: db)
    guard rule.facts.target == .activity else {
      throw StoreError.refused(
        "\(rule.reference) speaks of what Tocsin itself keeps: tocsin mailing erase, "
          + "tocsin register request erase"
      )
    }
    guard count ?? 0 >= 0 else { throw StoreError.refused("a number is 0 or more") }
    try context.refuseFuture(done, of: "done")
    // What was deleted before the hold was ordered may still be written down.
    try LegalHoldRows.refuse(
      [rule.reference, rule.facts.activity],
      at: min(done.latest, context.now),
      in: db
    )
    try refuseUnknown(evidence: evidence, in: db)
  }
}
