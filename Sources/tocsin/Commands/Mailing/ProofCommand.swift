internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin mailing proof`.
struct ProofCommand: HeadlessCommand {
  static let origin = "mailing proof"
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Write what proves who was told when with which text: a folder to be given away.",
    discussion: """
      The folder holds texts, editions, one row for each person (numbers and digests, no name), counts, \
      the journal's entries of this mailing and the links of its chain, and SHA256SUMS. It is checked \
      with sha256sum -c and tocsin verify --bundle, without this store. Its seal is printed and kept \
      in the journal. docs/proof.md says what it proves and what not.

      With --recipient it also holds one person by name: contact, history, and the texts as they were \
      sent. That is personal data; --reason is kept in the journal.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The folder to be made; nothing may stand there.", completion: .directory)
  var out: String
  @Option(
    help: "Also one person by name: our reference for them, or - to read it from standard input."
  )
  var recipient: String?
  @Option(help: "Why a person is named.") var reason: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if recipient != nil, reason?.contains(where: { !$0.isWhitespace }) != true {
      throw ValidationError("--recipient needs --reason: why somebody is named.")
    }
    if reason != nil, recipient == nil { throw ValidationError("--reason goes with --recipient.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    let mailing = try await session.mailing(reference, in: store)
    let person = try await person(of: mailing, store, session)
    let bundle = try BundleWriter(out)
    let seal: BundleSeal
    do {
      try person?.write(to: bundle)
      let output = session.out
      try await store.perform(
        ProofReading(of: mailing.id, into: bundle),
        origin: session.origin
      ) { progress in
        output.progress("writing: recipient \(progress.done) of \(progress.total)")
        return true
      }
      output.progress(nil)
      seal = try bundle.finish()
      try await store.apply(
        RecordProof(
          mailing: mailing.id,
          head: seal.head,
          seal: seal.digest,
          recipient: person?.recipient.number,
          reason: reason ?? ""
        ),
        origin: session.origin
      )
    } catch {
      bundle.abandon()
      throw error
    }
    if format.json {
      try session.out.json(
        .members([
          "folder": .string(out), "seal": .string(seal.digest),
          "head": .string("\(seal.head):\(seal.headHash)"), "recipients": .count(seal.people),
          "entries": .count(seal.entries),
        ])
      )
    } else {
      try session.out.line(
        "\(out): \(seal.people) recipients, \(seal.entries) entries of \(mailing.reference)"
      )
      try session.out.line("seal \(seal.digest)")
      try session.out.line("head \(seal.head):\(seal.headHash)")
    }
    return .done
  }

  /// The person who is named; the journal has why before anything is read.
  private func person(
    of mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> BundlePerson? {
    guard let recipient else { return nil }
    let sought = recipient == "-" ? readLine() ?? "" : recipient
    let found = try await store.answer(
      FindRecipients(mailing: mailing.id, kind: .reference, value: sought)
    )
    guard let one = found.first, found.count == 1 else {
      throw Refusal(
        "\(found.isEmpty ? "nobody" : "more than one person") in \(mailing.reference) has that reference",
        advice: "who is listed: tocsin mailing find \(mailing.reference) -"
      )
    }
    let revealed = try await store.perform(
      RecipientReveal(of: mailing.id, [one.number], reason: "proof: \(reason ?? "")"),
      origin: session.origin
    )
    let versions = try await store.answer(ContactVersions(of: mailing.id, one.number))
    let contacts =
      versions.count < 2
      ? []
      : try await store.perform(
        ContactVersionReveal(of: mailing.id, one.number, reason: "proof: \(reason ?? "")"),
        origin: session.origin
      )
    guard let person = revealed.first,
      let opening = try await store.answer(
        ProofOpening(mailing: mailing.id, number: one.number)
      )
    else { throw Refusal("the recipients of \(mailing.reference) were erased") }
    return BundlePerson(
      recipient: person,
      contacts: contacts,
      events: try await store.answer(RecipientHistory(mailing: mailing.id, number: one.number)),
      bounces: try await store.answer(RecipientBounces(mailing: mailing.id, number: one.number)),
      opening: opening,
      editions: try await store.answer(MailingEditions(mailing: mailing.id)),
      mails: BundlePerson.Mails(
        deliveries: try await store.answer(
          RecipientDeliveries(mailing: mailing.id, number: one.number)
        ),
        plan: try await store.answer(MailingSending(mailing: mailing.id)).plan,
        reference: mailing.reference
      )
    )
  }
}
