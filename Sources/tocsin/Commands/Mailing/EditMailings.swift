internal import ArgumentParser
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin mailing create`.
struct CreateMailing: HeadlessCommand {
  static let origin = "mailing create"
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Open a mailing for an incident; prints its reference.",
    discussion: """
      The first one makes the key that wraps all data keys: keys/tocsin.key beside the store, or in \
      $TOCSIN_KEYS. Keep a copy elsewhere, apart from backups: without it no contact can be read.
      """
  )

  @Argument(help: "The incident, such as INC-2026-0042.") var incident: String
  @Option(help: "One line that says who is told of what.") var name: String
  @Option(help: "A duty it fulfils, by its rule; may be given more than once.")
  var obligation: [String] = []
  @Option(help: "A way to tell people, first to last; may be given more than once.")
  var channel: [MailingChannel] = []
  @Option(help: "Until when recipients are kept, such as 2027-12-31.") var keepUntil: String?
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let incident = try await session.incident(incident, in: store)
    let receipt = try await store.apply(
      OpenMailing(
        incident: incident.id,
        facts: MailingFacts(
          name: name,
          obligations: try session.known(obligation, rules),
          channels: channel.isEmpty ? [.email, .post] : channel,
          keepUntil: try keepUntil.map(session.time)
        )
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin mailing edit`.
struct EditMailingCommand: HeadlessCommand {
  static let origin = "mailing edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Set what is known of a mailing."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "One line that says who is told of what.") var name: String?
  @Option(help: "The duties it fulfils, all of them; may be given more than once.")
  var obligation: [String] = []
  @Option(help: "The ways to tell people, all of them; may be given more than once.")
  var channel: [MailingChannel] = []
  @Option(help: "Until when recipients are kept; empty takes the date back.") var keepUntil: String?
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if name == nil, obligation.isEmpty, channel.isEmpty, keepUntil == nil {
      throw ValidationError("Say what is to be altered.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let known = try session.known(obligation, rules)
    let facts = MailingFacts(
      name: name ?? mailing.facts.name,
      obligations: known.isEmpty ? mailing.facts.obligations : known,
      channels: channel.isEmpty ? mailing.facts.channels : channel,
      keepUntil: try keepUntil.map(session.optionalTime) ?? mailing.facts.keepUntil
    )
    let receipt = try await store.apply(
      EditMailing(id: mailing.id, basedOn: base.version ?? mailing.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(mailing.reference): edited")
  }
}

/// The command `tocsin mailing erase`.
struct EraseMailingCommand: HeadlessCommand {
  static let origin = "mailing erase"
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Destroy the key to a mailing's recipients: nobody can read them any more.",
    discussion: """
      Counts, states and proof stay; verify goes on working. Once the date of --keep-until has \
      passed and everybody is told nothing more is asked; before that somebody orders it by typing the \
      mailing's name, and where the organisation wants a second person another account types it too, also \
      where the date was brought nearer. While people are queued or \
      uncertain, or a program sends, it is refused without --while-telling. \
      Nothing takes it back. Backups made before hold the wrapped key still: let them expire.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: ArgumentHelp("Order it: the mailing's name, typed.", valueName: "name"))
  var yesErase: String?
  @Flag(help: "Erase though people are queued, uncertain or being sent to: they are never told.")
  var whileTelling = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    if let yesErase, yesErase != mailing.facts.name {
      throw Refusal(
        "the typed name is not that of \(mailing.reference); nothing was erased",
        advice: "its name: tocsin mailing show \(mailing.reference)"
      )
    }
    let erased = try await store.perform(
      MailingErasure(
        EraseMailing(
          id: mailing.id,
          basedOn: mailing.version,
          isOrdered: yesErase != nil,
          whileTelling: whileTelling
        )
      ),
      origin: session.origin
    )
    guard erased.isErased else {
      return try session.report(
        erased.receipt,
        format,
        """
        \(mailing.reference): ordered; another account must erase it too: \(mailing.recipients) \
        recipients, \(erased.untold) of them not told yet
        """
      )
    }
    if !erased.isLogEmpty {
      session.out.note(
        "another program is reading the store, so the log beside it was not emptied yet; it holds "
          + "the wrapped key until it is: close the others and run any tocsin command that writes"
      )
    }
    let untold: Words =
      erased.untold > 0 ? "; \(erased.untold) of them were not told and never will be" : ""
    return try session.report(
      erased.receipt,
      format,
      """
      \(mailing.reference): the key to \(mailing.recipients) recipients was destroyed\
      \(untold)
      """
    )
  }
}

extension Session {
  /// The ids of rules as the rulebook writes them.
  ///
  /// - Throws: `Refusal` for one that no rule has.
  func known(_ obligations: [String], _ options: RulebookOptions) throws -> [String] {
    guard !obligations.isEmpty else { return [] }
    let book = try rulebook(options)
    return try obligations.map { name in
      guard let (_, rule) = book.pack.rule(name.uppercased()) else {
        throw Refusal("there is no rule \(name)", advice: "what there is: tocsin rules list")
      }
      return rule.id
    }
  }
}
