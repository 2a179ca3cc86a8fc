internal import Foundation
internal import GRDB
internal import Model

extension MatterIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try MatterRecord.check(text)
    return try await store.write(origin: origin) { [self] db, context, journal in
      let (found, key) = try MatterRecord.key(mailing, context.keys, in: db)
      let person = recipient.map { LedgerID.recipient(mailing, $0) }
      if let recipient, let person {
        guard (1...0xFFFF_FFFF).contains(recipient),
          try db.row("SELECT 1 FROM recipient WHERE id = ?", [person]) != nil
        else { throw StoreError.refused("\(found.reference) has no recipient \(recipient)") }
      }
      guard receivedAt.earliest <= context.now else {
        throw StoreError.refused("a matter cannot have come in later than now")
      }
      let number = try db.number(
        "SELECT coalesce(max(number), 0) + 1 FROM mailingMatter WHERE mailing = ?",
        [mailing]
      )
      let sealed = try key.seal(Array(text.utf8), as: .matter, number)
      try db.run(
        """
        INSERT INTO mailingMatter (mailing, number, version, kind, state, person, channel,
          \(StatedTime.columns), sealed) VALUES (?, ?, 1, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [mailing, number, kind.rawValue, person, channel.rawValue]
          + StatedTime.values(receivedAt) + [Data(sealed)]
      )
      _ = try journal.append(
        LogMatter(
          mailing: mailing,
          number: number,
          kind: kind,
          recipient: recipient,
          channel: channel,
          receivedAt: receivedAt,
          sealed: Digest.sha256(sealed)
        ),
        MailingChange.performed(found)
      )
      return number
    }
  }
}

extension MatterAnswer: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try MatterRecord.check(text)
    return try await store.write(origin: origin) { [self] db, context, journal in
      let (found, key) = try MatterRecord.key(mailing, context.keys, in: db)
      let sealed = try key.seal(Array(text.utf8), as: .answer, number)
      let version = try MatterRecord.settle(
        number,
        of: found,
        as: .answered,
        answer: sealed,
        context,
        in: db
      )
      _ = try journal.append(
        AnswerMatter(mailing: mailing, number: number, sealed: Digest.sha256(sealed)),
        MailingChange.performed(found)
      )
      return version
    }
  }
}

extension MatterReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to read a matter, say why")
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      let (found, key) = try MatterRecord.key(mailing, context.keys, in: db)
      let stored = try MatterRecord.existing(number, of: found, in: db)
      try ReasonCheck.refuse(reason, of: mailing, [], context.keys, in: db)
      var matter = stored.matter
      func open(_ sealed: Data, _ kind: SealedKind) throws -> String {
        guard let bytes = key.open(sealed, as: kind, number) else {
          throw StoreError.refused(
            "matter \(number) was altered: what is sealed does not open; see tocsin verify"
          )
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      matter.text = try open(stored.sealed, .matter)
      matter.answer = try stored.answer.map { try open($0, .answer) }
      _ = try journal.append(
        RevealMatter(mailing: mailing, number: number, reason: reason),
        MailingChange.performed(found)
      )
      return matter
    }
  }
}
