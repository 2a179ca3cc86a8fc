internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin consent withdraw`.
struct WithdrawConsent: HeadlessCommand {
  static let origin = "consent withdraw"
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Write down that a person withdrew their consent, to one purpose or to all.",
    discussion: """
      What was said before stays beside it. Many at once: tocsin consent import --state withdrawn. \
      With --state given or expired something else is written down in the same way.
      """
  )

  @Argument(help: "The whole reference of the person, or - for standard input.")
  var reference: String
  @Option(help: "The purpose: short name or reference.") var purpose: String?
  @Flag(help: "To all purposes to which the person consents.") var all = false
  @Option(help: "When it was said; now, if not given.") var at: String?
  @Option(help: "Over which channel.") var channel = ""
  @Option(help: "How it is known; sealed.") var source = ""
  @Option(help: "What was said.") var state = ConsentState.withdrawn
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard all == (purpose == nil) else {
      throw ValidationError("Name the purpose with --purpose, or all with --all.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ConsentBoard())
    var id: RecordID?
    if let purpose { id = try await session.purpose(purpose, in: store).purpose.id }
    let outcome = try await store.perform(
      ConsentStatement(
        of: try session.person(reference),
        purpose: id,
        state: state,
        at: try at.map(session.time) ?? StatedTime(session.now),
        channel: channel,
        source: source
      ),
      origin: session.origin
    )
    let slugs = rows.filter { outcome.added[$0.purpose.id] != nil }.map(\.purpose.facts.slug)
    if format.json {
      try session.out.json(
        .members(["state": .string(state.rawValue), "purposes": .texts(slugs)])
      )
    } else {
      try session.out.line("\(state.rawValue): \(slugs.joined(separator: ", "))")
    }
    return .done
  }
}

/// The command `tocsin consent export`.
struct ExportConsentsCommand: HeadlessCommand {
  static let origin = "consent export"
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write who said what into a CSV file; the journal says which, to whom and why.",
    discussion: """
      Those who consent under a version that is no longer right: --filter is:stale. The file is for its \
      owner alone, and stands there only once the journal has said so. It never replaces another. Where \
      the organisation asks for a second person, another account runs the same with --allow first, with \
      the same purposes, filter and reason; that holds for one export.
      """
  )

  @Option(help: "The file.", completion: .file()) var out: String?
  @Flag(help: "Write nothing: allow another account to export this once.") var allow = false
  @Option(help: "To whom it goes, and why; the journal keeps it.") var reason: String
  @Option(help: "Only this purpose; again for each. All, if not given.") var purpose: [String] = []
  @Option(parsing: .upToNextOption, help: "Only what passes, as in tocsin consent list.")
  var filter: [String] = []
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--reason says to whom people are handed out, and why.")
    }
    guard allow == (out == nil) else {
      throw ValidationError("Name the file with --out, or allow the export with --allow.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var ids: [RecordID] = []
    for name in purpose { ids.append(try await session.purpose(name, in: store).purpose.id) }
    let filter = try session.consents(filter)
    guard let out else { return try await allow(ids, filter, store, session) }
    let words = session.out
    defer { words.progress(nil) }
    do {
      let count = try await store.perform(
        ConsentExport(
          filter,
          of: ids,
          reason: reason,
          into: try ConsentSheet(out)
        ),
        origin: session.origin
      ) { progress in
        words.progress("writing: \(progress.done) of \(progress.total) records")
        return true
      }
      words.progress(nil)
      if format.json {
        try words.json(.members(["written": .count(count), "file": .string(out)]))
      } else {
        try words.line("\(out): \(count) records")
      }
      return .done
    } catch let error as UnwritableOutput {
      throw Refusal("\(error.description)")
    }
  }

  private func allow(
    _ ids: [RecordID],
    _ filter: ConsentFilter,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let rows = try await store.answer(ConsentBoard())
      .filter { (ids.isEmpty || ids.contains($0.purpose.id)) && $0.count(filter) > 0 }
    guard !rows.isEmpty else { throw Refusal("no record passes; there is nothing to allow") }
    try await store.apply(
      rows.map {
        AllowConsentExport(purpose: $0.purpose.id, filter: filter.text, reason: reason)
      },
      origin: session.origin
    )
    let slugs = rows.map(\.purpose.facts.slug)
    if format.json {
      try session.out.json(.members(["allowed": .texts(slugs)]))
    } else {
      try session.out.line("allowed once: \(slugs.joined(separator: ", "))")
    }
    return .done
  }
}

/// The command `tocsin consent erase`.
struct EraseConsent: HeadlessCommand {
  static let origin = "consent erase"
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase one person from the consent records, or all of a purpose.",
    discussion: """
      Of one person, as a rights request wants it, what was sealed is overwritten; what was said stays as \
      a number. Of all of a purpose the key is destroyed: allowed once the rule for consents says that \
      it is over, before only where --confirm names the purpose, and by two accounts where the organisation \
      wants a second person. Nothing takes either back; a legal hold forbids both. Whoever was erased is not \
      known any more: importing an old file again brings the person back, so take the row out of it first. \
      Backups made before still hold them; a restore erases them again where it can read the store that it \
      replaces.
      """
  )

  @Argument(help: "The whole reference of the person, or - for standard input.")
  var reference: String?
  @Option(help: "Only this purpose: short name or reference.") var purpose: String?
  @Option(help: "On what ground, such as REQ-2026-0001; the journal keeps it. Name nobody.")
  var reason: String?
  @Flag(help: "All who consented to the purpose.") var all = false
  @Option(help: "The purpose's reference once more, to erase all before their time.")
  var confirm: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard all == (reference == nil) else {
      throw ValidationError("Name a person by reference, or all of a purpose with --all.")
    }
    if all {
      guard purpose != nil else { throw ValidationError("--all goes with --purpose.") }
      guard reason == nil else { throw ValidationError("--reason is for one person.") }
    } else {
      guard reason?.contains(where: { !$0.isWhitespace }) == true else {
        throw ValidationError("--reason says on what ground, such as REQ-2026-0001.")
      }
      guard confirm == nil else { throw ValidationError("--confirm goes with --all.") }
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var row: PurposeRow?
    if let purpose { row = try await session.purpose(purpose, in: store) }
    guard let reference else { return try await eraseAll(row, store, session) }
    let outcome = try await store.perform(
      ConsentErasure(
        of: try session.person(reference),
        purpose: row?.purpose.id,
        reason: reason ?? ""
      ),
      origin: session.origin
    )
    tell(outcome.isLogEmpty, session)
    let count = outcome.records.values.reduce(0, +)
    if format.json {
      try session.out.json(
        .members([
          "records": .count(count), "purposes": .count(outcome.records.count),
          "log_empty": .bool(outcome.isLogEmpty),
        ])
      )
    } else if count == 0 {
      session.out.note("nobody of that reference has said anything")
    } else {
      try session.out.line("erased from \(count) records of \(outcome.records.count) purposes")
    }
    return count == 0 ? .failed : .done
  }

  private func eraseAll(
    _ row: PurposeRow?,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    guard let found = row?.purpose else { return .failed }
    if let confirm, confirm.uppercased() != found.reference {
      throw Refusal("--confirm \(confirm): the purpose is \(found.reference)", status: .usage)
    }
    let outcome = try await store.perform(
      PurposeErasure(
        ErasePurpose(id: found.id, basedOn: found.version, isOrdered: confirm != nil)
      ),
      origin: session.origin
    )
    guard outcome.isErased else {
      return try session.report(
        outcome.receipt,
        format,
        "\(found.reference): ordered; another account must erase them too"
      )
    }
    tell(outcome.isLogEmpty, session)
    return try session.report(
      outcome.receipt,
      format,
      "\(found.reference): erased all who consented"
    )
  }

  private func tell(_ isLogEmpty: Bool, _ session: Session) {
    guard !isLogEmpty else { return }
    session.out.note(
      "somebody was reading: the log beside the store still holds what was erased for a while"
    )
  }
}
