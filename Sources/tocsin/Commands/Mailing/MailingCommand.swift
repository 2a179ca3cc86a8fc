internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing`.
struct MailingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailing",
    abstract: "Those who must be told: list them sealed, see who was told and who was not.",
    discussion: """
      Contacts are sealed under a key outside the store and shown masked; --reveal with a reason \
      shows them and writes into the journal who looked and why. docs/mailings.md has the details.
      """,
    subcommands: [
      ListMailings.self, CreateMailing.self, ShowMailing.self, EditMailingCommand.self,
      RecipientsCommand.self, MailingStatusCommand.self, FindRecipientCommand.self,
      PublicationCommand.self,
      SendMailing.self, PauseMailing.self,
      MarkRecipientsCommand.self, EraseMailingCommand.self,
      ReleaseCommand.self,
      RetryMailingCommand.self, ProofCommand.self,
      TextCommand.self, CheckTexts.self, ApproveTexts.self,
      ExportBatch.self, ListBatches.self, ImportReturns.self, CorrectContactCommand.self,
      ConsentCommand.self,
      OffersCommand.self, MatterCommand.self,
    ]
  )
}

extension Mailing {
  /// Refuses to go on where nobody can read the recipients any more.
  func requirePeople() throws {
    guard erasedAt == nil else { throw Refusal("the recipients of \(reference) were erased") }
  }
}

extension Session {
  /// The mailing that has a reference, or a number.
  ///
  /// - Throws: `Refusal` where there is none.
  func mailing(_ name: String, in store: any Store) async throws -> Mailing {
    var found = try await store.answer(MailingByReference(name))
    if found == nil, let id = RecordID(name), id > 0 {
      found = try await store.answer(MailingByID(id))
    }
    guard let found else {
      throw Refusal("there is no mailing \(name)", advice: "what there is: tocsin mailing list")
    }
    return found
  }

  /// Reads which recipients are meant.
  func ledgerFilter(_ words: [String]) throws -> LedgerFilter {
    do {
      return try LedgerFilter(parsing: words.joined(separator: " "))
    } catch {
      throw Refusal("\(error)", status: .usage)
    }
  }
}

/// Whether contacts are shown as they are.
struct RevealOptions: ParsableArguments {
  @Flag(help: "Show contacts unmasked; the journal keeps who looked, and why.")
  var reveal = false

  @Option(help: "Why contacts are looked at.")
  var reason: String?

  func validate() throws {
    if reveal, reason?.contains(where: { !$0.isWhitespace }) != true {
      throw ValidationError("--reveal needs --reason: why contacts are looked at.")
    }
    if reason != nil, !reveal { throw ValidationError("--reason goes with --reveal.") }
  }

  /// The same recipients unmasked, where that was asked for; the journal says so first.
  func revealed(
    _ recipients: [Recipient],
    of mailing: Mailing,
    _ store: any Store,
    _ session: Session
  ) async throws -> [Recipient] {
    guard reveal, !recipients.isEmpty else { return recipients }
    return try await store.perform(
      RecipientReveal(of: mailing.id, recipients.map(\.number), reason: reason ?? ""),
      origin: session.origin
    )
  }
}

/// Recipients as a command prints them.
enum RecipientWords {
  static func lines(_ recipients: [Recipient]) -> [Words] {
    let rows: [[Words]] = recipients.map { recipient in
      let contact = recipient.contact
      return [
        "\(recipient.number)", "\(recipient.state.rawValue)", "\(recipient.jurisdiction)",
        "\(recipient.language.isEmpty ? "-" : recipient.language)",
        "\(recipient.protection == .none ? "-" : recipient.protection.label)",
        "\(contact?.reference ?? "erased")", "\(contact?.name ?? "erased")",
        "\(contact?.email ?? "erased")", "\(contact?.phone ?? "erased")",
      ]
    }
    let titles: [Words] = [
      "NUMBER", "STATE", "WHERE", "LANGUAGE", "PROTECTED", "REFERENCE", "NAME", "E-MAIL", "PHONE",
    ]
    return Table(titles: titles, rows: rows, right: [0]).lines(rows)
  }
}

extension JSON {
  /// A mailing.
  static func mailing(_ mailing: Mailing) -> JSON {
    .members([
      "id": .integer(mailing.id), "reference": .string(mailing.reference),
      "version": .integer(mailing.version), "incident": .string(mailing.incidentReference),
      "name": .string(mailing.facts.name), "state": .string(mailing.state.rawValue),
      "obligations": .texts(mailing.facts.obligations),
      "channels": .texts(mailing.facts.channels.map(\.rawValue)),
      "keep_until": mailing.facts.keepUntil.map { .string($0.plainWithZone) } ?? .null,
      "recipients": .count(mailing.recipients), "opened_at": .instant(mailing.openedAt),
      "erased_at": mailing.erasedAt.map { .instant($0) } ?? .null,
      "import_unfinished": .bool(mailing.hasUnfinishedImport),
      "removed": .bool(mailing.isRemoved), "held": .bool(mailing.isHeld),
    ])
  }

  /// A recipient; its contact masked or not, as it came.
  static func recipient(_ recipient: Recipient) -> JSON {
    .members([
      "number": .integer(recipient.number), "state": .string(recipient.state.rawValue),
      "jurisdiction": .string(recipient.jurisdiction), "language": .string(recipient.language),
      "protection": recipient.protection == .none ? .null : .string(recipient.protection.label),
      "changed_at": .instant(recipient.changedAt), "revealed": .bool(recipient.isRevealed),
      "contact": recipient.contact.map { .contact($0) } ?? .null,
    ])
  }

  /// What is known of a person; masked or not, as it came.
  static func contact(_ contact: RecipientContact) -> JSON {
    .members([
      "reference": .string(contact.reference), "name": .string(contact.name),
      "email": .string(contact.email), "phone": .string(contact.phone),
      "address": .string(contact.address), "categories": .string(contact.categories),
      "offer": .string(contact.offer),
    ])
  }
}
