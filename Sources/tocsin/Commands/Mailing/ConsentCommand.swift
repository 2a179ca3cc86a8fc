internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing consent`.
struct ConsentCommand: HeadlessCommand {
  static let origin = "mailing consent"
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: "As a second person, let notices go to contacts that were corrected.",
    discussion: """
      Where the organisation wants a second person, a contact that was corrected after the texts were put \
      up gets nothing until another account consents. Without --all and --recipient it lists those that \
      wait; exit status 2 where some do. What a contact says: tocsin mailing correct MLG NUMBER --reveal \
      --reason WHY.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "Consent to this recipient's contact, by number; may be given more than once.")
  var recipient: [Int64] = []
  @Flag(help: "Consent to all that wait and that another account corrected.") var all = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if all, !recipient.isEmpty { throw ValidationError("Give --all, or --recipient.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    guard all || !recipient.isEmpty else { return try await list(mailing, store, session) }
    let outcome = try await store.perform(
      ContactConsent(of: mailing.id, all ? nil : recipient),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members(["consented": .count(outcome.consented), "own": .count(outcome.own)])
      )
    } else {
      try session.out.line(
        "\(mailing.reference): consented to \(outcome.consented) corrected contacts"
      )
      if outcome.own > 0 {
        session.out.note(
          "\(outcome.own) more wait: this account corrected them, another must consent"
        )
      }
    }
    return outcome.own == 0 ? .done : .found
  }

  private func list(
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let waiting = try await store.answer(WaitingContacts(of: mailing.id))
    if format.json {
      try session.out.json(
        .members([
          "total": .count(waiting.total),
          "contacts": .array(
            waiting.rows.map { row in
              .members([
                "number": .integer(row.number), "at": .instant(row.at), "by": .string(row.by),
                "reason": .string(row.reason),
              ])
            }
          ),
        ])
      )
    } else {
      for row in waiting.rows {
        try session.out.line(
          "recipient \(row.number)  corrected \(row.at.words) by \(row.by): \(row.reason)"
        )
      }
      let more = waiting.total - waiting.rows.count
      if more > 0 { session.out.note("and \(more) more") }
    }
    return waiting.total == 0 ? .done : .found
  }
}

/// Corrected contacts as commands speak of them.
enum ConsentWords {
  /// What is to be done about those that wait.
  static func waiting(_ count: Int, _ reference: String) -> Words {
    """
    \(count) wait because their contact was corrected and a second person has not consented: tocsin \
    mailing consent \(reference)
    """
  }
}
