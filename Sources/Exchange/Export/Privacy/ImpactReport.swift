public import Model

/// A data protection impact assessment as a document: what stands in it, in the words that all forms share.
///
/// It says nothing of when it was made: the same record gives the same bytes, but for what runs by the
/// clock (`ImpactState`).
public struct ImpactReport: Sendable {
  /// What it is made of.
  public let details: ImpactDetails.Details

  /// Makes the document of an assessment.
  public init(_ details: ImpactDetails.Details) { self.details = details }

  /// A part of the document.
  struct Section {
    var title: String
    var parts: [Part]
  }

  /// What a part is made of.
  enum Part {
    case facts([ReportFact])
    /// Foreign text, a paragraph for each of its lines.
    case text(String)
    case table(caption: String, titles: [String], rows: [[String]])
  }

  private var facts: ImpactFacts { details.row.assessment.facts }

  var title: String { "\(details.row.assessment.reference): \(facts.title)" }

  /// What stands above all sections.
  var head: [ReportFact] {
    let residual = facts.residual.map(\.label) ?? "no risk named"
    return [
      ReportFact("Organisation", details.organisation),
      ReportFact("Stands", details.row.state.label),
      ReportFact("Threshold", facts.threshold.result.text),
      ReportFact("Risk that is left", residual),
      ReportFact("Next review", facts.review?.plain ?? "no day was set"),
      ReportFact("Version", "\(details.row.assessment.version)"),
    ].filter { !$0.value.isEmpty }
  }

  /// All sections, in the order of GDPR article 35.
  var sections: [Section] {
    [
      decision, changed, threshold,
      Section(
        title: "The processing and its purposes (art. 35(7)(a))",
        parts: [.text(facts.description.isEmpty ? "Not described." : facts.description)]
          + details.activities.map(activity)
      ),
      Section(
        title: "Necessity and proportionality (art. 35(7)(b))",
        parts: [.text(facts.necessity.isEmpty ? "Not said." : facts.necessity)]
      ),
      risks, measures, opinions, consultation, earlier,
    ].compactMap(\.self)
  }

  private func facts(of decision: ImpactDecision) -> Part {
    var approval = decision.needsApproval ? "waits for a second person" : "not asked for"
    if let at = decision.approvedAt {
      approval = "\(decision.approvedBy), \(MailingReport.words(at))"
    }
    return .facts(
      [
        ReportFact("Decision", decision.outcome.label), ReportFact("Because", decision.reason),
        ReportFact("Decided by", "\(decision.decidedBy), \(decision.decidedAt.plainWithZone)"),
        ReportFact("Second person", approval),
        ReportFact(
          "Rests on",
          decision.seen.map { "\($0.reference) version \($0.version)" }.joined(separator: ", ")
        ),
        ReportFact(
          "Ended",
          decision.ended.isEmpty ? "" : "\(decision.ended), by \(decision.endedBy)"
        ),
      ].filter { !$0.value.isEmpty }
    )
  }

  private var decision: Section {
    guard let decision = facts.decision else {
      return Section(title: "Decision", parts: [.text("Nothing is decided yet.")])
    }
    return Section(title: "Decision", parts: [facts(of: decision)])
  }

  private var changed: Section? {
    let differences = details.row.differences
    guard !differences.isEmpty else { return nil }
    return Section(
      title: "What has changed since the decision (art. 35(11))",
      parts: [
        .table(
          caption: "Activities as they were and as they are",
          titles: ["Activity", "What", "Then", "Now"],
          rows: differences.map {
            [$0.activity, $0.field.isEmpty ? "as a whole" : $0.field, $0.then, $0.now]
          }
        )
      ]
    )
  }

  private var threshold: Section {
    Section(
      title: "Threshold (art. 35(1), 35(3); WP248 rev.01)",
      parts: [
        .table(
          caption: "Threshold questions",
          titles: ["Question", "By", "Answer", "Why"],
          rows: ThresholdQuestion.allCases.map { question in
            let answer = facts.threshold.answer(to: question)
            return [
              question.label, question.citation, answer.map { $0.isYes ? "yes" : "no" } ?? "open",
              answer?.why ?? "",
            ]
          }
        ),
        .text(
          "A yes to art. 35(3) or to the authority's list says that an assessment must be made; two "
            + "or more of the nine criteria that one is to be made. Result: "
            + facts.threshold.result.text + "."
        ),
      ]
    )
  }

  private func activity(_ activity: Activity) -> Part {
    .facts(
      [ReportFact("Activity", "\(activity.reference) \(activity.facts.name)")]
        + SeenActivity.watched.compactMap { field in
          let text = field.text(activity.facts)
          return text.isEmpty ? nil : ReportFact(field.label, text)
        }
    )
  }

  private var risks: Section {
    guard !facts.risks.isEmpty else {
      return Section(title: "Risks (art. 35(7)(c))", parts: [.text("No risk is named.")])
    }
    return Section(
      title: "Risks (art. 35(7)(c))",
      parts: [
        .table(
          caption: "Risks to people",
          titles: ["No.", "What may happen", "Source", "To whom", "Before", "After", "Measures"],
          rows: facts.risks.map { risk in
            [
              "\(risk.number)", risk.what, risk.source, risk.whom, risk.before.text,
              risk.after?.text ?? "", risk.measures.map(String.init).joined(separator: ", "),
            ]
          }
        ),
        .text(
          "Likelihood x severity, each from 1 negligible to 4 maximum; up to 3 low, 4 to 6 medium, 8 "
            + "and more high."
        ),
      ]
    )
  }

  private var measures: Section {
    guard !facts.measures.isEmpty else {
      return Section(title: "Measures (art. 35(7)(d))", parts: [.text("No measure is named.")])
    }
    return Section(
      title: "Measures (art. 35(7)(d))",
      parts: [
        .table(
          caption: "Measures against the risks",
          titles: ["No.", "What is done", "Who", "Until", "State", "Same as"],
          rows: facts.measures.map { measure in
            [
              "\(measure.number)", measure.what, measure.owner ?? "", measure.due?.plain ?? "",
              measure.state.label, measure.ties.joined(separator: ", "),
            ]
          }
        )
      ]
    )
  }

  private var opinions: Section {
    Section(
      title: "Who was asked (art. 35(2), 35(9))",
      parts: [
        .facts([
          ReportFact("Data protection officer", facts.opinion?.text ?? "not asked"),
          ReportFact("People concerned", facts.views?.line ?? "not said whether they were asked"),
        ])
      ]
    )
  }

  private var consultation: Section? {
    guard facts.consultation != nil || facts.residual == .high else { return nil }
    let sentence =
      "A high risk is left: the supervisory authority is consulted before the processing."
    var rows = [ReportFact("Consultation", "not asked yet")]
    if let asked = facts.consultation {
      rows = [ReportFact("Consultation", asked.text)]
      if asked.answered == nil {
        rows.append(
          ReportFact("Has time until", "\(MailingReport.words(asked.weeksEnd)), or six weeks more")
        )
      }
    }
    return Section(
      title: "Prior consultation (art. 36)",
      parts: (facts.residual == .high ? [.text(sentence)] : []) + [.facts(rows)]
    )
  }

  private var earlier: Section? {
    guard !facts.earlier.isEmpty else { return nil }
    return Section(title: "Earlier decisions", parts: facts.earlier.map(facts(of:)))
  }
}
