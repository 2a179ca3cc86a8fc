internal import App
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// Brings a scanner's file onto an audit, and says what was done.
struct ScanImporting {
  private let session: Session
  private let store: SQLiteStore
  private let audit: AuditDetails.Details
  private let importer: ScanImporter

  /// So many unmatched rules are named to a person; JSON has all of them.
  private static let named = 20

  /// Prepares an import.
  ///
  /// - Throws: `Refusal` where audit or map cannot be used.
  init(
    _ flags: ScanTargetFlags,
    _ formats: Set<ScanFormat>,
    in session: Session,
    _ store: SQLiteStore
  ) async throws {
    (self.session, self.store) = (session, store)
    audit = try await session.audit(flags.audit, in: store)
    guard let content = try await store.answer(WholeAudit(id: audit.row.id)),
      let framework = try await store.answer(WholeFramework(id: audit.row.audit.framework))
    else { throw Refusal("\(flags.audit) is not in the record any more") }
    var map = ScanMap()
    if let path = flags.map {
      do {
        let bytes = try InputFile(path).bytes(maximumBytes: ScanMap.maximumBytes)
        map = try ScanMap(reading: bytes, file: path)
      } catch let error as UnreadableScanMap {
        throw Refusal("\(error)", advice: "how a map is written: docs/audits.md")
      } catch let error as UnreadableInput {
        throw Refusal("\(path): \(error)")
      }
    }
    do throws(ScanMatching.UnknownRequirement) {
      importer = try ScanImporter(
        content,
        framework,
        formats: formats,
        map: map,
        target: flags.target
      )
    } catch {
      let reference = audit.row.audit.reference
      throw Refusal(
        "\(flags.map ?? ""):\(error.line): there is no \(error.name) in \(reference)",
        advice: "what there is: tocsin audit show \(reference)"
      )
    }
  }

  /// A file's name without its folders.
  func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }

  /// Refuses an audit that takes no scans, before anything long is done for it.
  func refuseLocked() throws {
    let audit = audit.row.audit
    guard audit.state != .signed, audit.state != .planned else {
      throw Refusal("\(audit.reference) is \(audit.state.label); it takes no scans")
    }
  }

  /// Imports a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: What it is called in the record; its own name where nil.
  ///   - evidence: What is known of the file as evidence, without its hash; nil keeps no copy.
  ///   - isDryRun: Whether nothing is altered.
  ///   - format: Whether a person or a program reads the answer.
  /// - Returns: How the command ends: as failed where the file was refused.
  /// - Throws: `StoreError`, `Refusal`; then nothing was imported.
  func run(
    _ path: String,
    named name: String? = nil,
    keeping evidence: EvidenceFacts? = nil,
    isDryRun: Bool = false,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let (importer, out) = (importer, session.out)
    let plan: ScanImporter.Plan
    do {
      plan = try await offMain {
        try importer.plan(InputFile(path), named: name) { out.progress("reading: \($0) results") }
      }
      out.progress(nil)
    } catch let refusal as ImportRefusal {
      out.progress(nil)
      try tell(nil, AuditScanEffect(), refused: [refusal], isDryRun: isDryRun, format)
      return .failed
    }
    var effect = try await store.answer(ScanPreview(plan.change))
    if !isDryRun { effect = try await apply(plan, path, evidence, effect) }
    try tell(plan, effect, refused: [], isDryRun: isDryRun, format)
    return .done
  }

  /// Brings a plan into the record; gives what it did, which is what was foreseen unless somebody
  /// else was quicker.
  private func apply(
    _ plan: ScanImporter.Plan,
    _ path: String,
    _ evidence: EvidenceFacts?,
    _ foreseen: AuditScanEffect
  ) async throws -> AuditScanEffect {
    var changes: [any Change] = [plan.change]
    if var facts = evidence {
      let folder = EvidenceFolder(storePath: store.path)
      let source = URL(fileURLWithPath: path).path
      let progress = HashingProgress(session.out, name(path))
      let digest = try await offMain { try folder.add(source) { progress.tell($0, of: $1) } }
      session.out.progress(nil)
      guard digest.hex == plan.change.scan.sha256 else {
        throw Refusal("\(path) was altered while it was read; nothing was imported")
      }
      (facts.sha256, facts.size, facts.isCopied) = (digest.hex, digest.size, true)
      if facts.run == nil { facts.path = source }
      let proves = importer.items(of: plan).map { Subject(.auditItem, $0) }
      if let kept = try await kept(facts.sha256) {
        // The same content proves these items as well, each once.
        changes += proves.filter { !kept.proves.contains($0) }.map {
          AddLink(RecordLink(evidence: kept.id, proves: $0))
        }
      } else {
        changes.append(AddEvidence(facts: facts, proves: proves))
      }
    }
    let receipts = try await store.apply(changes, origin: session.origin)
    guard receipts.first?.isReversible == true else { return foreseen }
    let scans = try await store.answer(AuditScans(audit: audit.row.id))
    return scans.first { $0.facts == plan.change.scan }?.effect ?? foreseen
  }

  /// The evidence that has this content already; nil where none has.
  private func kept(_ sha256: String) async throws -> Evidence? {
    try await store.answer(EvidenceList()).first { $0.facts.sha256 == sha256 }
  }

  // MARK: Saying it

  private func tell(
    _ plan: ScanImporter.Plan?,
    _ effect: AuditScanEffect,
    refused: [ImportRefusal],
    isDryRun: Bool,
    _ format: FormatOptions
  ) throws {
    let unmatched = plan?.unmatched ?? []
    if format.json { return try session.out.json(json(plan, effect, unmatched, refused)) }
    let would: Words = isDryRun ? "would be " : ""
    try session.out.line(
      """
      \(would)created \(effect.created), updated \(effect.updated), unchanged \(effect.unchanged), \
      closed \(effect.closed), reopened \(effect.reopened), refused \(refused.count)
      """
    )
    for refusal in refused {
      let at: Words = refusal.at.isEmpty ? "" : ", \(refusal.at)"
      session.out.note("refused: \(refusal.file)\(at): \(refusal.reason)")
    }
    guard let plan else { return }
    try session.out.line("results: \(counts(plan.change.scan))")
    try session.out.line(
      """
      matched \(effect.matched), unmatched \(effect.unmatched); findings opened \(effect.opened); \
      answers given \(effect.answered), proposed \(effect.proposed)
      """
    )
    if effect.older > 0 {
      session.out.note("\(effect.older) results are older than what is known, and were left")
    }
    if effect.held > 0 {
      session.out.note(
        "\(effect.held) findings stay open though their rules pass: corrective actions are not done"
      )
    }
    if !isDryRun, effect.created + effect.updated == 0 {
      session.out.note("no rule says anything new")
    }
    // What fails is named first: that is what must not be overlooked.
    let sorted = unmatched.enumerated().sorted {
      ($0.element.outcome.rank, $0.offset) < ($1.element.outcome.rank, $1.offset)
    }.map(\.element)
    for rule in sorted.prefix(Self.named) {
      let title: Words = rule.title.isEmpty ? "" : ": \(rule.title)"
      session.out.note("unmatched: \(rule.outcome.label)  \(rule.rule)\(title)")
    }
    if sorted.count > Self.named {
      session.out.note(
        """
        and \(sorted.count - Self.named) more: tocsin audit scans \
        \(audit.row.audit.reference) --unmatched
        """
      )
    }
  }

  private func counts(_ scan: AuditScanFacts) -> Words {
    let parts = ScanOutcome.allCases.compactMap { outcome -> Words? in
      scan.counts[outcome.rawValue].map { "\(Words(outcome.label)) \($0)" }
    }
    return parts.joined(by: ", ")
  }

  private func json(
    _ plan: ScanImporter.Plan?,
    _ effect: AuditScanEffect,
    _ unmatched: [ScanGathering.Unmatched],
    _ refused: [ImportRefusal]
  ) -> JSON {
    var results = JSONObject()
    for outcome in ScanOutcome.allCases {
      results[outcome.rawValue] = .count(plan?.change.scan.counts[outcome.rawValue] ?? 0)
    }
    return .members([
      "audit": .string(audit.row.audit.reference), "created": .count(effect.created),
      "updated": .count(effect.updated), "unchanged": .count(effect.unchanged),
      "older": .count(effect.older), "opened": .count(effect.opened),
      "closed": .count(effect.closed), "reopened": .count(effect.reopened),
      "held": .count(effect.held), "matched": .count(effect.matched),
      "answered": .count(effect.answered), "proposed": .count(effect.proposed),
      "sha256": .text(plan?.change.scan.sha256), "results": .object(results),
      "unmatched": .array(
        unmatched.map { rule in
          .members([
            "rule": .string(rule.rule), "title": .string(rule.title),
            "result": .string(rule.outcome.rawValue), "tags": .texts(rule.tags),
          ])
        }
      ),
      "refused": .array(
        refused.map { refusal in
          .members([
            "file": .string(refusal.file), "at": .string(refusal.at),
            "reason": .string(refusal.reason),
          ])
        }
      ),
    ])
  }
}
