internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing import-returns`.
struct ImportReturns: HeadlessCommand {
  static let origin = "mailing import-returns"
  static let configuration = CommandConfiguration(
    commandName: "import-returns",
    abstract: "Take in what a printer, a call centre or the post says became of a batch.",
    discussion: """
      A CSV file: whom a row speaks of (number, reference, or batch and line) and an outcome: \
      delivered, returned, moved, spoke, no answer, refused, invalid, acknowledged. A batch's own file \
      with a column outcome added will do. Columns new address, new email, new phone and new name are \
      sealed as the person's contact from then on, also where the rest was known already. Delivered \
      proves that somebody was reached only of batches that went as registered post. A file with a bad \
      row changes nothing, unless --skip-bad; importing the same again changes nothing and says so.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "A CSV file, or - for standard input.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp(
      "Which column means what; may be given more than once.",
      valueName: "field=column"
    )
  )
  var map: [String] = []
  @Option(
    help: ArgumentHelp(
      "What a word of the file means; may be given more than once.",
      valueName: "word=outcome"
    )
  )
  var word: [String] = []
  @Option(help: "The batch of rows that name none.") var batch: BatchNumber?
  @Flag(help: "Take the good rows of a file that has bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let out = session.out
    let summary = try await session.take(file, .init(taking: "taking"), into: store) {
      input,
      spool in
      let reader = try ReturnReader(input, columns: try columns(session), spool: spool)
      return ReturnIntake(into: mailing.id, from: reader, batch: batch?.number, skipsBad: skipBad)
    }
    if format.json { try out.json(json(summary)) } else { try tell(summary, out) }
    return summary.refusedCount == 0 || skipBad ? .done : .failed
  }

  private func columns(_ session: Session) throws -> ReturnColumns {
    let named = try session.columns(map, ReturnColumns.Meaning.self)
    var words: [String: ReturnOutcome] = [:]
    for pair in word {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2,
        let outcome = ReturnOutcome(rawValue: parts[1]) ?? ReturnOutcome(reading: parts[1])
      else {
        let known = ReturnOutcome.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(
          "\(pair) does not say what a word means",
          advice: "write WORD=OUTCOME; the outcomes are \(known)",
          status: .usage
        )
      }
      words[parts[0]] = outcome
    }
    return ReturnColumns(named: named, words: words)
  }

  private func tell(_ summary: ReturnImport, _ out: Output) throws {
    if summary.refusedCount == 0 || skipBad {
      try out.line(
        """
        taken \(summary.taken), known already \(summary.known), contacts corrected \
        \(summary.corrected), noted only \(summary.noted), refused \(summary.refusedCount)
        """
      )
      for (state, count) in summary.moved.sorted(by: { $0.key.code < $1.key.code }) {
        try out.line("  \(state.label): \(count)")
      }
    }
    if let at = summary.importedAt {
      let result: Words = summary.taken == 0 ? "; it changed nothing" : ""
      out.note("the same file was imported before, \(at.words)\(result)")
    }
    out.tell(
      refused: summary.refused,
      summary.refusedCount,
      isCutOff: summary.isCutOff,
      of: file,
      skipsBad: skipBad,
      "Nothing was taken"
    )
  }

  private func json(_ summary: ReturnImport) -> JSON {
    .members([
      "taken": .count(summary.taken), "known": .count(summary.known),
      "corrected": .count(summary.corrected), "noted": .count(summary.noted),
      "moved": .object(
        summary.moved.sorted { $0.key.code < $1.key.code }.reduce(into: JSONObject()) {
          $0[$1.key.rawValue] = .count($1.value)
        }
      ),
      "imported_before": summary.importedAt.map { .instant($0) } ?? .null,
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
}
