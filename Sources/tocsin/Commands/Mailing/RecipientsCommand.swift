internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing recipients`.
struct RecipientsCommand: HeadlessCommand {
  static let origin = "mailing recipients"
  static let configuration = CommandConfiguration(
    commandName: "recipients",
    abstract: "Bring recipients in from a CSV file; without a file, list those who are there.",
    discussion: """
      Columns by their names, in any order: reference (or id), name, email, phone, address, \
      jurisdiction (or country), language, categories, protection, offer. UTF-8, cells in quotes may \
      hold line breaks. A file with rows that cannot be read brings in nobody, unless --skip-bad. \
      Rows with a reference that is there already are left out; shared addresses and numbers are \
      told. An import that broke off is gone on with by giving the same file again.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "A CSV file, or - for standard input.", completion: .file()) var file: String?
  @Option(
    help: ArgumentHelp(
      "Which column means what; may be given more than once.",
      valueName: "field=column"
    )
  )
  var map: [String] = []
  @Option(help: "The jurisdiction of rows that state none, such as EU-DE.") var jurisdiction:
    String?
  @Option(help: "The language of rows that state none, such as de.") var language: String?
  @Flag(help: "Bring in the good rows of a file that has bad ones.") var skipBad = false
  @Flag(help: "Give up an import that broke off; those who are in stay.") var endImport = false
  @Option(
    parsing: .upToNextOption,
    help: "When listing: only state:WORD or jurisdiction:CODE, several words for both."
  )
  var filter: [String] = []
  @Option(help: "When listing: from this number on, or first, or last.") var from = "first"
  @Option(help: "When listing: at most so many.") var limit = 50
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard (0...1000).contains(limit) else { throw ValidationError("--limit is 0 to 1000.") }
    guard from == "first" || from == "last" || Int64(from).map({ $0 > 0 }) == true else {
      throw ValidationError("--from is first, last, or a number from 1.")
    }
    if file == nil, !map.isEmpty || jurisdiction != nil || language != nil || skipBad {
      throw ValidationError("Name the file, or - for standard input.")
    }
    if endImport, file != nil { throw ValidationError("--end-import takes no file.") }
    if file != nil, !filter.isEmpty || revealing.reveal {
      throw ValidationError("--filter and --reveal are for listing, without a file.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    if endImport {
      let receipt = try await store.apply(EndImport(mailing: mailing.id), origin: session.origin)
      let kept: Words = "\(mailing.recipients) recipients stay"
      return try session.report(receipt, format, "\(mailing.reference): import given up; \(kept)")
    }
    guard let file else { return try await list(mailing, store, session) }
    let out = session.out
    let summary = try await session.take(file, .init(taking: "writing"), into: store) {
      input,
      spool in
      let reader = try RecipientReader(input, columns: try columns(session), spool: spool)
      return RecipientIntake(
        into: mailing.id,
        from: reader,
        skipsBad: skipBad,
        expecting: reader.expected ?? 1 << 22
      )
    }
    if format.json { try out.json(json(summary, file)) } else { try tell(summary, file, out) }
    return summary.refusedCount == 0 || skipBad ? .done : .failed
  }

  private func columns(_ session: Session) throws -> RecipientColumns {
    let named = try session.columns(map, RecipientColumns.Meaning.self)
    return RecipientColumns(named: named, jurisdiction: jurisdiction, language: language)
  }

  private func tell(_ summary: RecipientImport, _ file: String, _ out: Output) throws {
    try out.line(
      """
      created \(summary.created), repeated \(summary.repeated), shared e-mail addresses \
      \(summary.sharedEmails), shared telephone numbers \(summary.sharedPhones), refused \
      \(summary.refusedCount)
      """
    )
    if summary.resumedAt > 0 {
      out.note("gone on with an import that had broken off after \(summary.resumedAt) recipients")
    }
    for duplicate in summary.duplicates {
      let earlier: Words =
        duplicate.earlier.map { "line \($0) has" } ?? "a recipient who is there already has"
      let result: Words = duplicate.kind == .reference ? "; left out" : ""
      out.note(
        "duplicate: line \(duplicate.line): \(earlier) the same \(duplicate.kind.label)\(result)"
      )
    }
    out.tell(
      refused: summary.refused,
      summary.refusedCount,
      isCutOff: summary.isCutOff,
      of: file,
      skipsBad: skipBad,
      "Nobody was brought in"
    )
  }

  private func json(_ summary: RecipientImport, _ file: String) -> JSON {
    .members([
      "created": .count(summary.created), "repeated": .count(summary.repeated),
      "shared_emails": .count(summary.sharedEmails),
      "shared_phones": .count(summary.sharedPhones), "resumed_at": .count(summary.resumedAt),
      "duplicates": .array(
        summary.duplicates.map { duplicate in
          .members([
            "line": .count(duplicate.line),
            "earlier_line": duplicate.earlier.map { .count($0) } ?? .null,
            "same": .string(["reference", "email", "phone"][duplicate.kind.rawValue]),
          ])
        }
      ),
      "refused_total": .count(summary.refusedCount),
      "refused": .array(
        summary.refused.map { refusal in
          .members([
            "file": .string(file), "at": .string(refusal.at), "reason": .string(refusal.reason),
          ])
        }
      ),
    ])
  }

  private func list(
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let place: LedgerPage.Place =
      switch from {
      case "first": .first
      case "last": .last
      default: .after((Int64(from) ?? 1) - 1)
      }
    let page = try await store.answer(
      LedgerPage(
        mailing: mailing.id,
        filter: try session.ledgerFilter(filter),
        place: place,
        count: limit
      )
    )
    let people = try await revealing.revealed(page.rows, of: mailing, store, session)
    if format.json {
      try session.out.json(
        .members([
          "total": .count(page.total), "recipients": .array(people.map { .recipient($0) }),
        ])
      )
      return .done
    }
    if !people.isEmpty {
      for line in RecipientWords.lines(people) { try session.out.row(line) }
    }
    if page.total > people.count { session.out.note("\(people.count) of \(page.total)") }
    return .done
  }
}
