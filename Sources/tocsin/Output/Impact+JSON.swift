internal import Exchange
internal import Model

extension JSON {
  /// The threshold questions of an impact assessment with their answers.
  static func threshold(_ facts: ImpactFacts) -> JSON {
    let result = facts.threshold.result
    return .members([
      "result": .string(result.word), "text": .string(result.text),
      "wanted": .bool(result.isWanted),
      "questions": .array(
        ThresholdQuestion.allCases.map { question in
          let answer = facts.threshold.answer(to: question)
          return .members([
            "question": .string(question.rawValue), "label": .string(question.label),
            "citation": .string(question.citation), "answer": .answer(answer?.isYes),
            "why": .text(answer?.why),
          ])
        }
      ),
    ])
  }

  /// An impact assessment with where it stands.
  static func impact(_ row: ImpactRow) -> JSON {
    let (assessment, facts) = (row.assessment, row.assessment.facts)
    func rating(_ rating: RiskRating?) -> JSON {
      guard let rating else { return .null }
      return .members([
        "likelihood": .count(rating.likelihood), "severity": .count(rating.severity),
        "level": .string(rating.level.rawValue),
      ])
    }
    return .members([
      "reference": .string(assessment.reference), "id": .integer(assessment.id),
      "version": .integer(assessment.version), "state": .string(row.state.rawValue),
      "title": .string(facts.title), "activities": .texts(facts.activities),
      "threshold": threshold(facts), "description": .string(facts.description),
      "necessity": .string(facts.necessity),
      "risks": .array(
        facts.risks.map { risk in
          .members([
            "number": .count(risk.number), "what": .string(risk.what),
            "source": .string(risk.source), "whom": .string(risk.whom),
            "before": rating(risk.before), "after": rating(risk.after),
            "measures": .array(risk.measures.map { .count($0) }),
          ])
        }
      ),
      "residual": .text(facts.residual?.rawValue),
      "needs_consultation": .bool(facts.needsConsultation),
      "measures": .array(
        facts.measures.map { measure in
          .members([
            "number": .count(measure.number), "what": .string(measure.what),
            "owner": .text(measure.owner), "due": .time(measure.due),
            "state": .string(measure.state.rawValue), "ties": .texts(measure.ties),
          ])
        }
      ),
      "opinion": facts.opinion.map {
        .members([
          "officer": .text($0.name.isEmpty ? nil : $0.name), "on": .time($0.on),
          "advice": .string($0.advice), "followed": .bool($0.isFollowed),
          "why_not": .string($0.whyNot),
        ])
      } ?? .null,
      "views": facts.views.map {
        .members([
          "sought": .bool($0.isSought), "text": .string($0.text), "on": .time($0.on),
        ])
      } ?? .null,
      "consultation": facts.consultation.map {
        .members([
          "authority": .string($0.authority), "asked": .time($0.asked),
          "answered": .time($0.answered), "advice": .string($0.advice),
          "time_until": .instant($0.weeksEnd),
        ])
      } ?? .null,
      "outcome": .text(facts.decision?.outcome.rawValue),
      "decision": facts.decision.map(decision) ?? .null,
      "earlier": .array(facts.earlier.map(decision)),
      "missing": .texts(
        facts.decision == nil ? facts.missing(for: .goWithMeasures) : []
      ),
      "review": .time(facts.review),
      "changed": .array(
        row.differences.map {
          .members([
            "activity": .string($0.activity), "field": .string($0.field),
            "then": .string($0.then), "now": .string($0.now),
          ])
        }
      ),
      "removed": .bool(assessment.isRemoved),
    ])
  }

  private static func decision(_ decision: ImpactDecision) -> JSON {
    .members([
      "outcome": .string(decision.outcome.rawValue), "reason": .string(decision.reason),
      "decided_by": .string(decision.decidedBy), "decided": .time(decision.decidedAt),
      "recorded_by": .string(decision.recordedBy),
      "needs_approval": .bool(decision.needsApproval),
      "approved_by": .text(decision.approvedBy.isEmpty ? nil : decision.approvedBy),
      "approved_at": .text(decision.approvedAt?.description),
      "rests_on": .array(
        decision.seen.map {
          .members(["activity": .string($0.reference), "version": .integer($0.version)])
        }
      ),
      "ended": .text(decision.ended.isEmpty ? nil : decision.ended),
      "ended_by": .text(decision.endedBy.isEmpty ? nil : decision.endedBy),
    ])
  }

  /// An activity of which nobody has asked whether it needs an impact assessment.
  static func impactGap(_ gap: ImpactGap) -> JSON {
    .members([
      "reference": .string(gap.reference), "state": .string("gap"), "title": .string(gap.name),
      "activities": .texts([gap.reference]), "owner": .text(gap.owner),
      "lacks": .string(ImpactGap.text),
      "hints": .array(
        gap.hints.map {
          .members(["question": .string($0.question.rawValue), "why": .string($0.why)])
        }
      ),
    ])
  }
}
