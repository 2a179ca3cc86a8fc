internal import Exchange
internal import Model

/// Runs an import and says what it did.
struct ImportReport {
  /// Whether the good records of files with bad ones are taken, so that a refusal is no failure.
  var skipsBad: Bool
  /// Whether nothing is altered.
  var isDryRun: Bool
  /// Whether it is said what stands in the files and has no place in the record: then a file is
  /// one record, taken or refused whole.
  var tellsOmitted = false

  /// Imports by an importer, and says what was done.
  func run(
    _ importer: some PlannedImport,
    _ paths: [String],
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let out = session.out
    var plan = try await importer.plan(paths) { progress in
      out.progress(
        "reading: \(progress.files) of \(progress.totalFiles) files, \(progress.records) records"
      )
    }
    if session.options.now != nil { plan.origin += GivenClock.mark }
    out.progress("writing: \(plan.changes.count) changes")
    let summary = isDryRun ? plan.summary : try await importer.apply(plan)
    out.progress(nil)
    if format.json { try out.json(json(summary)) } else { try tell(summary, out) }
    return summary.refused.isEmpty || skipsBad ? .done : .failed
  }

  private func tell(_ summary: ImportSummary, _ out: Output) throws {
    let would: Words = isDryRun ? "would be " : ""
    try out.line(
      """
      \(would)created \(summary.created), updated \(summary.updated), \
      unchanged \(summary.unchanged), conflicts \(summary.conflicts.count), \
      refused \(summary.refused.count)
      """
    )
    for conflict in summary.conflicts {
      out.note("conflict: \(conflict.id): \(conflict.reason)")
      for place in conflict.places { out.note("  \(place.file) \(place.at)") }
    }
    for refusal in summary.refused {
      let at: Words = refusal.at.isEmpty ? "" : ", \(refusal.at)"
      out.note("refused: \(refusal.file)\(at): \(refusal.reason)")
    }
    for omission in summary.omitted {
      out.note("not imported: \(omission.file): \(omission.what)")
    }
    if !skipsBad, !tellsOmitted, summary.refused.contains(where: { !$0.at.isEmpty }) {
      out.note("Nothing of a file with bad records was imported; to take the good ones: --skip-bad")
    }
  }

  private func json(_ summary: ImportSummary) -> JSON {
    var object = ImportReport.object(summary)
    if tellsOmitted {
      object["not_imported"] = .array(
        summary.omitted.map {
          .members(["file": .string($0.file), "what": .string($0.what)])
        }
      )
    }
    return .object(object)
  }

  private static func object(_ summary: ImportSummary) -> JSONObject {
    let json: JSON = .members([
      "created": .count(summary.created), "updated": .count(summary.updated),
      "unchanged": .count(summary.unchanged),
      "conflicts": .array(
        summary.conflicts.map { conflict in
          .members([
            "id": .string(conflict.id), "reason": .string(conflict.reason),
            "places": .array(
              conflict.places.map { .members(["file": .string($0.file), "at": .string($0.at)]) }
            ),
          ])
        }
      ),
      "refused": .array(
        summary.refused.map { refusal in
          .members([
            "file": .string(refusal.file), "at": .string(refusal.at),
            "reason": .string(refusal.reason),
          ])
        }
      ),
    ])
    return json.object ?? JSONObject()
  }
}
