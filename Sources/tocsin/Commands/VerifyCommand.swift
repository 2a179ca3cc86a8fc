internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin verify`.
struct VerifyCommand: HeadlessCommand {
  static let origin = "verify"
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the journal's chain and say whether anything was altered.",
    discussion: """
      Exit status 0: sound. 2: altered; the first bad entry is named. Keep the head that is \
      printed somewhere else: with --witness it shows later that nothing before it was rewritten \
      or cut off.
      """
  )

  @Option(
    help: ArgumentHelp("A head that was kept elsewhere.", valueName: "sequence:sha256")
  )
  var witness: HeadArgument?

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let out = session.out
    let (path, witness) = (session.storePath, witness)
    let report = try await verifying(path, witness) { done, total in
      if total > 0 { out.progress("verifying: entry \(done) of \(total)") }
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(json(report))
    } else if let bad = report.firstBad {
      try out.line("altered: entry \(bad.sequence): \(bad.problem)")
      try out.line("sound up to entry \(report.head), hash \(report.headHash)")
    } else {
      let erased: Words = report.erased == 0 ? "" : ", details of \(report.erased) erased"
      try out.line("sound: \(report.entries) entries\(erased)")
      try out.line("head \(report.head):\(report.headHash)")
    }
    return report.isSound ? .done : .found
  }

  private func json(_ report: VerificationReport) -> JSON {
    .members([
      "sound": .bool(report.isSound), "entries": .integer(report.entries),
      "details": .integer(report.details), "erased": .integer(report.erased),
      "head": .integer(report.head), "head_hash": .string(report.headHash),
      "first_bad": report.firstBad.map { bad in
        .members(["sequence": .integer(bad.sequence), "problem": .string(bad.problem)])
      } ?? .null,
    ])
  }
}

/// A journal head as it is printed: sequence, colon, hash.
struct HeadArgument: ExpressibleByArgument, Sendable {
  /// The head.
  let witness: JournalVerifier.Witness

  init?(argument: String) {
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let sequence = JournalSequence(parts[0]), parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    witness = JournalVerifier.Witness(sequence: sequence, hash: String(parts[1]))
  }
}

/// Verifies away from the main thread.
@concurrent
private func verifying(
  _ path: String,
  _ witness: HeadArgument?,
  _ progress: @escaping @Sendable (Int64, Int64) -> Bool
) async throws -> VerificationReport {
  try JournalVerifier.verify(path: path, witness: witness?.witness, progress: progress)
}
