internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit diff`.
  struct Diff: HeadlessCommand {
    static let origin = "audit diff"
    static let configuration = CommandConfiguration(
      abstract: "Compare two audits: what improved, regressed, is new or gone."
    )

    @Argument(help: "The older audit; with one audit alone, the one it was started from.")
    var old: String

    @Argument(help: "The newer audit.")
    var new: String?

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    /// The members that are columns of CSV.
    private static let columns = [
      "kind", "reference", "id", "headline", "before", "after", "score_before", "score_after",
    ]

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let first = try await session.audit(old, in: store).row.audit
      let ids: (old: RecordID, new: RecordID)
      if let new {
        ids = (first.id, try await session.audit(new, in: store).row.id)
      } else if let previous = first.previous {
        ids = (previous, first.id)
      } else {
        throw Refusal("\(first.reference) was not started from another audit; name two")
      }
      guard
        let difference = try await store.answer(AuditComparison(old: ids.old, new: ids.new))
      else { throw Refusal("one of the audits is not in the record any more") }
      if format.csv {
        try session.out.csv(json(difference)["lines"]?.elements ?? [], Self.columns)
      } else if format.json {
        try session.out.json(json(difference))
      } else {
        try tell(difference, session)
      }
      return .done
    }

    private func tell(_ difference: AuditDifference, _ session: Session) throws {
      for line in difference.lines {
        let name: Words = line.reference.isEmpty ? Words(line.identifier) : Words(line.reference)
        let was = line.before?.label ?? "-"
        let now = line.after?.label ?? "-"
        let before = line.scoreBefore.map { " \($0)" } ?? ""
        let after = line.scoreAfter.map { " \($0)" } ?? ""
        let kind = line.kind.rawValue
        let pad = Words(String(repeating: " ", count: max(0, 9 - kind.count)))
        try session.out.row(
          "\(kind)" + pad + "  \(name)  \(was)\(before) -> \(now)\(after)  \(line.headline)"
        )
      }
      let counts = AuditDifference.Kind.allCases
        .map { (difference.count($0), $0.rawValue) }.filter { $0.0 > 0 }
        .map { "\($0.0) \($0.1), " }.joined()
      try session.out.line("\(counts)\(difference.unchanged) unchanged")
      try session.out.line("before: \(difference.before.text)")
      try session.out.line("after: \(difference.after.text)")
    }

    private func json(_ difference: AuditDifference) -> JSON {
      .members([
        "before": AuditWords.json(difference.before), "after": AuditWords.json(difference.after),
        "unchanged": .count(difference.unchanged),
        "lines": .array(
          difference.lines.map { line in
            .members([
              "kind": .string(line.kind.rawValue), "id": .string(line.identifier),
              "reference": .string(line.reference), "headline": .string(line.headline),
              "before": .text(line.before?.rawValue), "after": .text(line.after?.rawValue),
              "score_before": AuditWords.number(line.scoreBefore),
              "score_after": AuditWords.number(line.scoreAfter),
            ])
          }
        ),
      ])
    }
  }

  /// The command `tocsin audit soa`.
  struct Applicability: HeadlessCommand {
    static let origin = "audit soa"
    static let configuration = CommandConfiguration(
      commandName: "soa",
      abstract: "Print the statement of applicability as CSV, or as JSON.",
      discussion: "For each requirement: whether it applies, why not or what was observed, result."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store).row
      let rows = try await store.answer(ApplicabilityStatement(audit: audit.id))
      if format.json {
        try session.out.json(
          .array(
            rows.map { row in
              .members([
                "reference": .string(row.reference), "requirement": .string(row.headline),
                "applicable": .bool(row.isApplicable),
                "justification": .string(row.justification),
                "result": .string(row.result.rawValue), "score": AuditWords.number(row.score),
                "target": AuditWords.number(row.target),
              ])
            }
          )
        )
        return .done
      }
      let writer = CSVWriter()
      var text = writer.row([
        "reference", "requirement", "applicable", "justification", "result", "score", "target",
      ])
      for row in rows {
        text += writer.row([
          row.reference, row.headline, row.isApplicable ? "yes" : "no", row.justification,
          row.result.label, row.score.map(String.init) ?? "", row.target.map(String.init) ?? "",
        ])
      }
      try session.out.document(text)
      return .done
    }
  }
}
