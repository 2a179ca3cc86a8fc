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
      with sha256sum -c and tocsin verify --bundle, without this store, and has passed the latter when \
      it gets its name. Its seal is printed and kept in the journal. docs/proof.md says what it proves \
      and what not.

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
    let named = try await named(in: mailing, store)
    let bundle = try BundleWriter(out)
    let seal: BundleSeal
    do {
      seal = try await write(mailing, named, to: bundle, store, session)
      try await store.apply(
        RecordProof(
          mailing: mailing.id,
          head: seal.head,
          seal: seal.digest,
          recipient: named?.number,
          reason: reason ?? ""
        ),
        origin: session.origin
      )
      try bundle.publish()
    } catch {
      session.out.progress(nil)
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

  /// Writes all of it and checks it, under the name of what is not finished.
  private func write(
    _ mailing: Mailing,
    _ named: ProofReading.Named?,
    to bundle: BundleWriter,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> BundleSeal {
    let output = session.out
    try await store.perform(
      ProofReading(of: mailing.id, into: bundle, naming: named),
      origin: session.origin
    ) { progress in
      output.progress("writing: recipient \(progress.done) of \(progress.total)")
      return true
    }
    let seal = try await Self.finishing(bundle) { output.progress("checking: recipient \($0)") }
    output.progress(nil)
    return seal
  }

  /// Finishes away from the main thread.
  @concurrent
  private static func finishing(
    _ bundle: BundleWriter,
    _ progress: @escaping @Sendable (Int) -> Void
  ) async throws -> BundleSeal {
    try bundle.finish { done in
      progress(done)
      return true
    }
  }

  /// The person who is named, by number.
  private func named(
    in mailing: Mailing,
    _ store: SQLiteStore
  ) async throws -> ProofReading.Named? {
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
    return ProofReading.Named(one.number, reason: reason ?? "")
  }
}
