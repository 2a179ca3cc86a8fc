internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing offers remove`.
struct RemoveOffersCommand: HeadlessCommand {
  static let origin = "mailing offers remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take codes of support out of a pool again: those that nobody has.",
    discussion: """
      All that are free, or those that a file names: one code on each line, or a CSV file with a column \
      code. Where one of these is not in the pool, or somebody has it, none is taken out. They may come \
      in again, into whatever pool. What was taken out stays sealed, so that verify can prove it.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "Which codes: a file, or - for standard input.", completion: .file())
  var file: String?
  @Option(help: "The pool.") var pool: String
  @Option(help: "Why; the journal keeps it.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--reason says why.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let out = session.out
    let outcome: OfferRemoval.Outcome
    if let file {
      let words = Session.IntakeWords(taking: "taking out", rows: "codes")
      outcome = try await session.take(file, words, into: store) { input, spool in
        let reader = try OfferReader(input, spool: spool)
        return OfferRemoval(from: mailing.id, pool: pool, reader, reason: reason)
      }
    } else {
      outcome = try await store.perform(
        OfferRemoval(from: mailing.id, pool: pool, reason: reason),
        origin: session.origin
      )
    }
    if format.json {
      try out.json(
        .members([
          "removed": .count(outcome.removed), "pool": .string(pool),
          "refused_total": .count(outcome.refusedCount),
          "refused": .array(
            outcome.refused.map {
              .members(["at": .string($0.at), "reason": .string($0.reason)])
            }
          ),
        ])
      )
    } else {
      try out.line("codes taken out of \(pool): \(outcome.removed)")
      for refusal in outcome.refused {
        out.note("refused: \(file ?? "-"), \(refusal.at): \(refusal.reason)")
      }
      let more = outcome.refusedCount - outcome.refused.count
      if more > 0 { out.note("refused: \(more) more rows") }
      if outcome.refusedCount > 0 { out.note("No code was taken out") }
    }
    return outcome.refusedCount == 0 ? .done : .failed
  }
}
