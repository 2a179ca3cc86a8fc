internal import Foundation
internal import GRDB
internal import Model

/// Reads and writes the messages that were handed over.
enum DeliveryRecord {
  /// A message as it is kept.
  struct Message {
    var number: Int64
    var id: String
    var digest: [UInt8]
  }

  /// Keeps messages of one step, in order of number; gives the digest over them.
  static func insert(
    _ messages: [Message],
    of mailing: RecordID,
    step: Int64,
    in db: Database
  ) throws -> String {
    var digest = RunningDigest()
    for message in messages.sorted(by: { $0.number < $1.number }) {
      let recipient = LedgerID.recipient(mailing, message.number)
      try db.run(
        "INSERT INTO delivery (recipient, step, messageID, digest) VALUES (?, ?, ?, ?)",
        [recipient, step, message.id, Data(message.digest)]
      )
      LedgerDigest.message(recipient, message.id, message.digest, into: &digest)
    }
    return digest.text
  }

  static func list(of mailing: RecordID, _ number: Int64, in db: Database) throws -> [Delivery] {
    var found: [Delivery] = []
    try db.rows(
      """
      SELECT delivery.step, ledgerStep.at, ledgerStep.text, messageID, digest FROM delivery
      JOIN ledgerStep ON ledgerStep.id = delivery.step WHERE recipient = ? ORDER BY delivery.step
      """,
      [LedgerID.recipient(mailing, number)]
    ) { row in
      found.append(
        Delivery(
          step: try row.number(0),
          at: try row.instant(1),
          text: try row.text(2),
          messageID: try row.text(3),
          digest: Hex.text(try row.block(4))
        )
      )
    }
    return found
  }
}
