internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin verify`.
struct VerifyCommand: HeadlessCommand {
  static let origin = "verify"
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Recompute the journal's chain and signed audits, and say whether anything was altered.",
    discussion: """
      Incidents with all that hangs from them, findings, audits, the contact book, what is known of \
      the organisation and the privacy register are worked out again from the journal and compared; \
      imported documents and evidence with the digests that it commits to, signed audits with what \
      was signed. Of mailings everything is: people, steps, texts, approvals, batches, messages, what \
      came back, and all counts; of staff, training and phishing exercises too. Tables, indexes and \
      triggers must be those that tocsin makes, every page and index sound. Not compared are the index of \
      words that searches look into, and when a record was altered last. Exit status 0: sound. 2: \
      altered; the first bad entry, or each bad record or object, is named. Keep the head that is \
      printed somewhere else: with --witness it shows later that nothing before it was rewritten \
      or cut off.

      What was found is written into the journal (store.verify), so that overview, status and doctor \
      can say when the record was last verified; not with --no-record or --read-only, not into a store \
      that cannot be written or must be brought to a newer schema first, and never into a backup. \
      The entry comes behind the head that is printed. Where the journal itself is broken, nothing is \
      written into it: a file beside the store (its name with .unsound) says so, until it is found sound.

      With --bundle the proof of a mailing (tocsin mailing proof) is checked instead, without any \
      store: its digests, its chain, and that all of it says the same.
      """
  )

  @Option(
    help: ArgumentHelp("A head that was kept elsewhere.", valueName: "sequence:sha256")
  )
  var witness: HeadArgument?

  @Option(
    help: "The folder of a proof that is checked instead of the store.",
    completion: .directory
  )
  var bundle: String?

  @Option(help: ArgumentHelp("The proof's seal, as it was kept elsewhere.", valueName: "sha256"))
  var seal: String?

  @Flag(help: "Write nothing into the journal.")
  var noRecord = false

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if seal != nil, bundle == nil { throw ValidationError("--seal goes with --bundle.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let out = session.out
    if let bundle {
      let head = witness.map { ($0.witness.sequence, $0.witness.hash) }
      let witness = BundleVerifier.Witness(head: head, seal: seal)
      return try await BundleCheck(path: bundle, witness: witness, isJSON: format.json).run(out)
    }
    let (path, witness) = (session.storePath, witness)
    try session.requireStore()
    async let looked = inspecting(path)
    async let compared = comparing(path)
    let report = try await verifying(path, witness) { done, total in
      if total > 0 { out.progress("verifying: entry \(done) of \(total)") }
      return true
    }
    let records = report.firstBad == nil ? try await compared : RecordVerifier.Report()
    let ledgers =
      report.firstBad == nil
      ? try await counting(path) { out.progress("verifying: recipient \($0)") }
      : LedgerVerifier.Report()
    let schema = try await looked
    out.progress(nil)
    if format.json {
      try out.json(json(report, records, ledgers, schema))
    } else if !records.bad.isEmpty {
      for bad in records.bad {
        try out.line(
          """
          altered: \(bad.subject.kind.rawValue) \(bad.subject.id)\(place(bad.reference)): \
          \(bad.problem)
          """
        )
      }
      try out.line("the journal itself is sound: \(report.entries) entries")
    } else if let bad = report.firstBad {
      try out.line("altered: entry \(bad.sequence): \(bad.problem)")
      try out.line("sound up to entry \(report.head), hash \(report.headHash)")
    } else {
      let erased: Words = report.erased == 0 ? "" : ", details of \(report.erased) erased"
      if report.isSound, schema.bad.isEmpty {
        let audits: Words =
          report.audits == 0
          ? "" : ", \(report.audits) signed \(report.audits == 1 ? "audit" : "audits")"
        let people: Words =
          ledgers.recipients == 0 || !ledgers.bad.isEmpty
          ? "" : ", \(ledgers.recipients) recipients of \(ledgers.mailings) mailings"
        let consents: Words =
          records.consents == 0 ? "" : ", \(records.consents) consent records"
        let what: Words = ledgers.bad.isEmpty ? "" : "the journal itself is "
        try out.line(
          "\(what)sound: \(report.entries) entries\(erased)\(audits)\(people)\(consents)"
        )
      }
      try out.line("head \(report.head):\(report.headHash)")
    }
    for bad in report.badAudits where !format.json {
      try out.line("altered: audit \(bad.reference): \(bad.problem)")
    }
    for bad in ledgers.bad where !format.json {
      try out.line("altered: mailing \(bad.reference): \(bad.problem)")
    }
    for bad in schema.bad where !format.json {
      let name: Words = bad.name.isEmpty ? "" : " \(bad.name)"
      try out.line("altered: \(bad.kind)\(name): \(bad.problem)")
    }
    let faults =
      report.badAudits.count + records.bad.count + ledgers.bad.count + schema.bad.count
    let isSound = report.isSound && faults == 0
    let found = RecordVerification(
      isSound: isSound,
      head: report.head,
      headHash: report.headHash,
      faults: isSound ? 0 : max(1, faults)
    )
    // A journal that is broken is left as it was found: nothing is chained to it from here.
    keepBeside(found, isBroken: report.firstBad != nil, session)
    if report.firstBad == nil { await record(found, session) }
    return isSound ? .done : .found
  }

  /// Whether what was found may be written down: nobody writes into a backup, so nothing was ever
  /// locked there.
  private func isRecorded(_ session: Session) -> Bool {
    !noRecord && !options.readOnly && StoreFacts.isInUse(session.storePath)
  }

  /// Keeps beside the store that its journal is broken, until it is found sound.
  private func keepBeside(_ found: RecordVerification, isBroken: Bool, _ session: Session) {
    guard isRecorded(session) else { return }
    let path = session.storePath
    do {
      if isBroken {
        let mark = VerificationMark(at: session.now, by: session.actor.name, found)
        try UnsoundFile.write(mark, beside: path)
      } else if found.isSound {
        try UnsoundFile.remove(beside: path)
      }
    } catch {
      session.out.note("not kept beside the store: \(Refusal(error).reason)")
    }
  }

  /// Writes down what was found, where that may be written.
  ///
  /// That it cannot be is no failure of the verification.
  private func record(_ found: RecordVerification, _ session: Session) async {
    guard isRecorded(session) else { return }
    do {
      // A store of an older schema is brought to the present one by whoever opens it for writing.
      try SQLiteStore(path: session.storePath, options: .init(isReadOnly: true)).close()
      let store = try session.open()
      guard store.readOnlyReason == nil else { return }
      try await store.apply(found, origin: session.origin)
      try store.close()
    } catch {
      session.out.note("not written into the journal: \(Refusal(error).reason)")
    }
  }

  /// The incident that a record belongs to, where it belongs to one.
  private func place(_ reference: String) -> Words {
    reference.isEmpty ? "" : " (\(reference))"
  }

  private func json(
    _ report: VerificationReport,
    _ records: RecordVerifier.Report,
    _ ledgers: LedgerVerifier.Report,
    _ schema: SchemaVerifier.Report
  ) -> JSON {
    .members([
      "sound": .bool(
        report.isSound && records.bad.isEmpty && ledgers.bad.isEmpty && schema.bad.isEmpty
      ),
      "entries": .integer(report.entries),
      "details": .integer(report.details), "erased": .integer(report.erased),
      "head": .integer(report.head), "head_hash": .string(report.headHash),
      "first_bad": report.firstBad.map { bad in
        .members(["sequence": .integer(bad.sequence), "problem": .string(bad.problem)])
      } ?? .null,
      "documents": .integer(Int64(records.documents)),
      "evidence": .integer(Int64(records.evidence)),
      "register": .count(records.register),
      "training": .count(records.training),
      "consents": .count(records.consents),
      "bad_records": .array(
        records.bad.map { bad in
          .members([
            "kind": .string(bad.subject.kind.rawValue), "id": .integer(bad.subject.id),
            "incident": .string(bad.reference), "problem": .string(bad.problem),
          ])
        }
      ),
      "audits": .integer(report.audits),
      "bad_audits": .array(
        report.badAudits.map { bad in
          .members(["reference": .string(bad.reference), "problem": .string(bad.problem)])
        }
      ),
      "objects": .count(schema.objects),
      "bad_objects": .array(
        schema.bad.map { bad in
          .members([
            "kind": .string(bad.kind), "name": .string(bad.name),
            "problem": .string(bad.problem),
          ])
        }
      ),
      "mailings": .count(ledgers.mailings), "recipients": .count(ledgers.recipients),
      "bad_mailings": .array(
        ledgers.bad.map { bad in
          .members(["reference": .string(bad.reference), "problem": .string(bad.problem)])
        }
      ),
    ])
  }
}

/// Looks at schema and pages away from the main thread, beside the others.
@concurrent
private func inspecting(_ path: String) async throws -> SchemaVerifier.Report {
  try SchemaVerifier.verify(path: path)
}

/// Compares away from the main thread.
@concurrent
private func comparing(_ path: String) async throws -> RecordVerifier.Report {
  try RecordVerifier.verify(path: path)
}

/// Compares ledgers away from the main thread.
@concurrent
private func counting(
  _ path: String,
  _ progress: @escaping @Sendable (Int) -> Void
) async throws -> LedgerVerifier.Report {
  try LedgerVerifier.verify(path: path) { done in
    progress(done)
    return true
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
