internal import GRDB
internal import Model

extension HoldFacts: KeptFacts {
  static let table = "legalHold"
  static let columns = ["title", "earliest", "until"]

  var values: [DatabaseValue] {
    [
      title.databaseValue, from.earliest.milliseconds.databaseValue,
      until?.latest.milliseconds.databaseValue ?? .null,
    ]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("HLD", id)
  }

  func check(
    _ id: RecordID,
    replacing old: HoldFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !context.isUndo else { return }
    try refuseBlank(title, "a legal hold needs a title")
    try refuseBlank(reason, "a legal hold needs a reason")
    try refuseSize()
    guard !scope.isEmpty else {
      throw StoreError.refused("say what the hold covers: references, or all")
    }
    if let until, until.latest < from.earliest {
      throw StoreError.refused("it ends (\(until.text)) before it begins (\(from.text))")
    }
    for word in scope where word != HoldFacts.everything {
      guard try LegalHoldRows.isKnown(word, in: db) else {
        throw StoreError.refused(
          "there is no \(word) that a hold could cover: an activity, a retention rule, an incident, "
            + "a mailing, a request or a purpose"
        )
      }
    }
  }
}

/// Reads the legal holds that stand against deleting.
enum LegalHoldRows {
  private static let tables = [
    "ACT": "activity", "RET": "retentionRule", "INC": "incident", "MLG": "mailing",
    "REQ": "request", "PUR": "purpose",
  ]

  /// Whether a reference names something that a hold can cover.
  static func isKnown(_ reference: String, in db: Database) throws -> Bool {
    guard let table = tables[String(reference.prefix { $0 != "-" })] else { return false }
    return try db.row("SELECT 1 FROM \(table) WHERE reference = ?", [reference]) != nil
  }

  /// The holds that are in force.
  static func inForce(at now: Instant, in db: Database) throws -> [LegalHold] {
    try KeptTable<HoldFacts>.list(in: db).filter { $0.facts.isInForce(at: now) }
  }

  /// Refuses to delete what a hold covers by one of these references.
  static func refuse(_ references: [String], at now: Instant, in db: Database) throws {
    guard let hold = try inForce(at: now, in: db).first(where: { $0.facts.covers(references) })
    else { return }
    throw StoreError.refused(
      "\(references.first ?? "it") is under legal hold \(hold.name): nothing of it may be deleted; "
        + "to lift the hold: tocsin register hold lift \(hold.reference)"
    )
  }
}
