internal import GRDB
internal import Model

/// Whether an unfinished batch may go on: the approval of the texts in it must be in force.
enum BatchApproval {
  /// Refuses a batch that is being given up, or whose texts are not approved any more; says what to do.
  static func check(_ found: BatchRecord.Found, of mailing: Mailing, in db: Database) throws {
    let batch = found.batch
    let giveUp = "tocsin mailing export-post \(mailing.reference) --give-up \(batch.number)"
    guard !batch.isGivenUp else {
      throw StoreError.refused(
        "batch \(batch.number) is being given up; go on with that: \(giveUp) --reason WHY"
      )
    }
    for edition in try editions(in: found, of: mailing.id, db) {
      if edition.isInForce {
        // By the journal too, not only by its row.
        _ = try NoticeEditionRecord.inForce(edition.id, in: db)
        continue
      }
      let name = edition.name
      let why = edition.end.map { "\(edition.state.label): \($0.reason)" } ?? edition.state.label
      let written =
        batch.state == .written
        ? "; its files are on the disk: where the printer has them already, first say that those in "
          + "it were handed over (tocsin mailing mark)" : ""
      throw StoreError.refused(
        "batch \(batch.number) was begun under \(name), which is \(why); it does not leave\(written); "
          + "to put those in it back into the queue: \(giveUp) --reason WHY"
      )
    }
  }

  /// The editions whose texts people in a batch were to get.
  private static func editions(
    in found: BatchRecord.Found,
    of mailing: RecordID,
    _ db: Database
  ) throws -> [NoticeEdition] {
    var numbers: Set<Int64> = []
    for text in try BatchRecord.texts(in: found, in: db) {
      // `E1/T3.2`: the edition, and the version of the text.
      let name = text.prefix { $0 != "/" }
      if name.first == "E", let number = Int64(name.dropFirst()) { numbers.insert(number) }
    }
    return try numbers.sorted().compactMap { number in
      try db.row(
        "SELECT id FROM noticeEdition WHERE mailing = ? AND number = ?",
        [mailing, number]
      ).map { try NoticeEditionRecord.existing(try $0.number(0), in: db) }
    }
  }
}
