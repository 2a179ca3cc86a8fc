internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing release`.
struct ReleaseCommand: HeadlessCommand {
  static let origin = "mailing release"
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "After a restore, say what was sent since the backup; until then nothing goes out.",
    discussion: """
      A store that was put back from a backup shows people as approved or queued who may have been told \
      since. Its mailings are held: nobody is queued, written to or handed over. Without --nothing-since \
      and --uncertain it says what the replaced store knew; exit status 2 while the mailing is held. \
      --uncertain takes those whom the replaced store names, also those who were told over another \
      channel before, or where it cannot be read all who are not told yet; settle them with mailing send --uncertain sent|again. Broken off, the same command goes \
      on.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Flag(help: "Nothing was sent since the backup.") var nothingSince = false
  @Flag(help: "Some may have been told since: take them as uncertain.") var uncertain = false
  @Option(help: "From what that is known; the journal keeps it.") var reason: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard !nothingSince || !uncertain else {
      throw ValidationError("Give --nothing-since or --uncertain, not both.")
    }
    let isGiven = reason?.contains { !$0.isWhitespace } == true
    guard !(nothingSince || uncertain) || isGiven else {
      throw ValidationError("--reason says from what it is known.")
    }
    guard nothingSince || uncertain || reason == nil else {
      throw ValidationError("--reason goes with --nothing-since or --uncertain.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    guard nothingSince || uncertain else { return try await show(mailing, store, session) }
    let out = session.out
    let outcome = try await store.perform(
      MailingRelease(
        of: mailing.id,
        nothingSince ? .nothing : .uncertain,
        reason: reason ?? ""
      ),
      origin: session.origin
    ) { progress in
      out.progress("marking: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(
        .members([
          "released": .bool(outcome.isReleased), "uncertain": .count(outcome.uncertain),
          "named": .bool(outcome.isNamed), "left": .count(outcome.left),
        ])
      )
      return outcome.isReleased ? .done : .failed
    }
    guard outcome.left == 0 else {
      throw Refusal(
        """
        \(mailing.reference) stays held: \(outcome.uncertain) are uncertain, \(outcome.left) whom the \
        replaced store names could not be taken as uncertain
        """,
        advice: "who: tocsin mailing recipients \(mailing.reference); then say it again"
      )
    }
    let whom: Words =
      outcome.isNamed ? "whom the replaced store names" : "who were not told yet"
    try out.line(
      nothingSince
        ? "\(mailing.reference): released; nothing was sent since the backup"
        : "\(mailing.reference): released; \(outcome.uncertain) \(whom) are uncertain"
    )
    if outcome.uncertain > 0 {
      out.note(
        "settle them: tocsin mailing send \(mailing.reference) --uncertain sent|again --reason WHY"
      )
    }
    return outcome.isReleased ? .done : .failed
  }

  private func show(
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let hold = try await store.answer(MailingHolds(of: mailing.id)).first
    if format.json {
      try session.out.json(.members(["held": hold.map { .hold($0) } ?? .null]))
    } else if let hold {
      for line in HoldWords.lines(hold) { try session.out.line(line) }
    } else {
      try session.out.line("\(mailing.reference) is not held")
    }
    return hold == nil ? .done : .found
  }
}

/// Holds as commands speak of them.
enum HoldWords {
  /// Since when and why a mailing is held, and what is to be done.
  static func lines(_ hold: MailingHold) -> [Words] {
    [
      "HELD since \(hold.at.words), by entry \(hold.entry): \(hold.by) put the store back",
      "  \(hold.known.words)",
      "  say what was sent: tocsin mailing release \(hold.reference)",
    ]
  }
}

extension JSON {
  /// A hold.
  static func hold(_ hold: MailingHold) -> JSON {
    .members([
      "mailing": .string(hold.reference), "entry": .integer(hold.entry),
      "at": .instant(hold.at), "by": .string(hold.by), "told": .told(hold.known),
      "sources": .texts(hold.known.sources),
    ])
  }

  /// How many were told since a backup, by state; null where nobody knows.
  static func told(_ known: RestoredMailing) -> JSON {
    known.told.map { told in
      .object(
        told.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .count($1.value) }
      )
    } ?? .null
  }
}
