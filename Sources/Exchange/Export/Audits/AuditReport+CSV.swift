internal import Model

extension AuditReport {
  /// The items as CSV: a row for each in the framework's order, headings left out.
  public var csv: String {
    let writer = CSVWriter()
    var text = writer.row([
      "audit", "reference", "id", "requirement", "result", "expired", "work", "score", "target",
      "grade", "reason", "observation", "answers", "attested by", "attested at", "attested until",
      "population", "sample", "exceptions", "sampling note", "assignee", "answered by",
      "answered at", "previous result", "findings", "evidence",
    ])
    for line in content.items {
      guard let item = line.item, let shown = line.row.item else { continue }
      let (attestation, sampling) = (item.attestation, item.sampling)
      text += writer.row([
        audit.reference, line.row.reference, item.identifier, line.row.headline,
        shown.result.label, shown.isExpired ? "yes" : "no", item.work.label,
        item.score.map(String.init) ?? "", item.target.map(String.init) ?? "",
        item.grade?.label ?? "", item.reason, item.observation,
        item.answers.isEmpty ? "" : AuditItemEdit.answers(item.answers).text,
        attestation?.by ?? "", attestation?.at.description ?? "",
        attestation?.until?.description ?? "", sampling.map { String($0.population) } ?? "",
        sampling.map { String($0.sample) } ?? "", sampling.map { String($0.exceptions) } ?? "",
        sampling?.note ?? "", item.assignee, item.answeredBy,
        item.answeredAt?.description ?? "", item.previous?.result.label ?? "",
        line.findings.joined(separator: "; "),
        line.evidence.map(String.init).joined(separator: "; "),
      ])
    }
    return text
  }
}
