internal import ArgumentParser
internal import Exchange
internal import Model

/// Checks the proof of a mailing: what `tocsin verify --bundle` does.
struct BundleCheck {
  /// The proof's folder.
  let path: String
  /// What was kept elsewhere.
  let witness: BundleVerifier.Witness
  /// Whether a program is answered.
  let isJSON: Bool

  /// Checks it, and says what was found.
  func run(_ out: Output) async throws -> ExitStatus {
    let report: BundleReport
    do {
      report = try await checking(path, witness) { out.progress("verifying: recipient \($0)") }
    } catch let error as UnreadableInput {
      throw Refusal("\(path): \(error)", advice: "a proof is a folder with \(Self.sums) in it")
    }
    out.progress(nil)
    if isJSON {
      try out.json(json(report))
    } else if report.isSound {
      try out.line(
        """
        sound: \(report.reference), \(report.people) recipients, \(report.own) of \
        \(report.entries) entries, \(report.files) files
        """
      )
      for unbound in report.unbound { try out.line("not bound: \(unbound)") }
      try out.line("seal \(report.seal)")
      try out.line("head \(report.head):\(report.headHash)")
    } else {
      for fault in report.faults { try out.line("altered: \(fault)") }
    }
    return report.isSound ? .done : .found
  }

  private static let sums: Words = "SHA256SUMS"

  private func json(_ report: BundleReport) -> JSON {
    .members([
      "sound": .bool(report.isSound), "mailing": .string(report.reference),
      "recipients": .count(report.people), "entries": .integer(report.entries),
      "own_entries": .count(report.own), "files": .count(report.files),
      "head": .integer(report.head), "head_hash": .string(report.headHash),
      "seal": .string(report.seal),
      "closing": report.closing.map { .integer($0) } ?? .null,
      "not_bound": .array(report.unbound.map { .string($0) }),
      "altered": .array(
        report.faults.map { fault in
          .members([
            "file": .string(fault.file), "place": .string(fault.place),
            "problem": .string(fault.problem),
          ])
        }
      ),
    ])
  }
}

/// Checks away from the main thread.
@concurrent
private func checking(
  _ path: String,
  _ witness: BundleVerifier.Witness,
  _ progress: @escaping @Sendable (Int) -> Void
) async throws -> BundleReport {
  try BundleVerifier.verify(path, witness: witness) { done in
    progress(done)
    return true
  }
}
