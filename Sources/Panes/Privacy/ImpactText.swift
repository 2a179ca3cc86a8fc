import Drawing
import Model

/// What is said of impact assessments, in full.
enum ImpactText {
  /// Where an assessment stands, told by a sign as well.
  static func state(_ state: ImpactState) -> Span {
    switch state {
    case .threshold: Span("? \(state.label)", .warning)
    case .draft: Span("~ \(state.label)", .stateProgress)
    case .consult: Span("! \(state.label)", .danger, .bold)
    case .waiting: Span("~ \(state.label)", .warning)
    case .stale, .review: Span("! \(state.label)", .warning, .bold)
    case .decided: Span("+ \(state.label)", .stateDone)
    case .stopped: Span("x \(state.label)", .stateClosed)
    case .notNeeded: Span("- \(state.label)", .stateClosed)
    }
  }

  /// How high a risk is, told by a sign as well; nil where none was named.
  static func level(_ level: RiskHeight?) -> Span {
    switch level {
    case nil: Span("–", .textMuted)
    case .low?: Span("  low", .stateDone)
    case .medium?: Span("~ medium", .stateProgress)
    case .high?: Span("! high", .danger, .bold)
    }
  }

  /// All of an assessment.
  static func lines(_ row: ImpactRow) -> [Line] {
    let (assessment, facts) = (row.assessment, row.assessment.facts)
    var lines = [
      Line([
        Span("\(assessment.reference)  ", .textStrong), state(row.state), Span("  "),
        Span(Untrusted(facts.title), .heading, .bold),
      ]),
      Line([
        Span("Activities  ", .textMuted), Span(facts.activities.joined(separator: ", ")),
      ]),
      Line([Span("Threshold  ", .textMuted), Span(facts.threshold.result.text)]),
    ]
    if facts.needsConsultation {
      lines.append(
        Line([
          Span("! a high risk is left: ", .danger, .bold),
          Span("the authority is consulted first, GDPR art. 36(1)"),
        ])
      )
    }
    lines += row.differences.map { difference in
      Line([Span("! changed ", .warning, .bold), Span(Untrusted(difference.text))])
    }
    if let decision = facts.decision {
      lines.append(Line([Span("Decision  ", .textMuted), Span(Untrusted(decision.text))]))
    } else {
      lines += facts.missing(for: .goWithMeasures).map { sentence in
        Line([Span("- missing ", .warning), Span(sentence)])
      }
    }
    if let review = facts.review {
      lines.append(Line([Span("Review  ", .textMuted), Span(review.plain)]))
    }
    lines += risks(facts) + measures(facts)
    let texts = [
      ("Officer", facts.opinion?.text ?? ""), ("People", facts.views?.line ?? ""),
      ("Authority", facts.consultation?.text ?? ""),
    ].filter { !$0.1.isEmpty }
    if !texts.isEmpty { lines.append(Line("")) }
    lines += texts.map { name, text in
      Line([Span("\(name)  ", .textMuted), Span(Untrusted(text))])
    }
    lines += section("Processing", facts.description) + section("Necessity", facts.necessity)
    lines += answers(facts)
    if !facts.earlier.isEmpty {
      lines += [Line(""), Line("Earlier decisions", .heading)]
      lines += facts.earlier.map { Line(Untrusted($0.text)) }
    }
    return lines
  }

  private static func section(_ title: String, _ text: String) -> [Line] {
    guard text.contains(where: { !$0.isWhitespace }) else { return [] }
    return [Line(""), Line(title, .heading)]
      + text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { Line(Untrusted(String($0))) }
  }

  private static func risks(_ facts: ImpactFacts) -> [Line] {
    guard !facts.risks.isEmpty else { return [] }
    return [Line(""), Line("Risks", .heading)]
      + facts.risks.map { risk in
        Line([level(risk.residual.level), Span("  "), Span(Untrusted(risk.text))])
      }
  }

  private static func measures(_ facts: ImpactFacts) -> [Line] {
    guard !facts.measures.isEmpty else { return [] }
    return [Line(""), Line("Measures", .heading)]
      + facts.measures.map { measure in
        let sign =
          switch measure.state {
          case .planned: Span("[ ] ", .stateOpen)
          case .inPlace: Span("[x] ", .stateDone)
          case .dropped: Span("[-] ", .stateClosed)
          }
        return Line([sign, Span(Untrusted(measure.text))])
      }
  }

  private static func answers(_ facts: ImpactFacts) -> [Line] {
    [Line(""), Line("Threshold questions", .heading)]
      + ThresholdQuestion.allCases.map { question in
        let answer = facts.threshold.answer(to: question)
        let sign =
          switch answer?.isYes {
          case true?: Span("yes  ", .warning)
          case false?: Span("no   ", .stateDone)
          case nil: Span("open ", .textMuted)
          }
        return Line([
          sign, Span(question.label), Span("  \(question.citation)  ", .textMuted),
          Span(Untrusted(answer?.why ?? "")),
        ])
      }
  }

  /// An activity of which nobody has asked.
  static func lines(_ gap: ImpactGap) -> [Line] {
    [
      Line([
        Span("\(gap.reference)  ", .textStrong), Span(Untrusted(gap.name), .heading, .bold),
      ]),
      Line([Span("! lacks ", .warning, .bold), Span(ImpactGap.text)]),
      Line([
        Span("Owner  ", .textMuted),
        gap.owner.map { Span(Untrusted($0)) } ?? Span("nobody", .warning),
      ]),
    ]
      + gap.hints.map { hint in
        Line([
          Span("? \(hint.question.label)  ", .textStrong), Span(Untrusted(hint.why)),
          Span("  \(hint.question.citation)", .textMuted),
        ])
      } + [Line("c begins an assessment of it", .textMuted)]
  }
}
