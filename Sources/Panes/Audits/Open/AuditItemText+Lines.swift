import Drawing
import Model

extension AuditItemText {
  /// The item in full, to be wrapped to any width: answer, requirement, what the audit before said,
  /// evidence, findings.
  func lines(_ scale: ScoreScale?, _ context: PaneContext) -> [Line] {
    let requirement = details.requirement
    var lines: [Line] = []
    if !details.path.isEmpty {
      let path = details.path.map {
        [$0.reference, $0.headline].filter { !$0.isEmpty }.joined(separator: " ")
      }
      lines.append(Line(Untrusted(path.joined(separator: " › ")), .breadcrumb))
    }
    lines.append(
      Line([
        Span(Untrusted(requirement.reference), .heading, .bold),
        Span(requirement.reference.isEmpty ? "" : "  "),
        Span(Untrusted(requirement.texts.headline), .textStrong, .bold),
      ])
    )
    lines += answer(scale)
    if !requirement.texts.name.isEmpty {
      lines += part(nil, requirement.texts.text)
    } else if requirement.texts.text != requirement.texts.headline {
      lines += part(nil, requirement.texts.text)
    }
    lines += part("How to check", requirement.texts.guidance)
    lines += part("Usually shown", requirement.texts.evidence)
    lines += questions(requirement)
    lines += previous()
    lines += around(context)
    if !requirement.citations.isEmpty {
      lines += part("From", requirement.citations.joined(separator: "; "))
    }
    return lines
  }

  private func answer(_ scale: ScoreScale?) -> [Line] {
    let item = details.item
    var spans = [Look.result(details.result), Span("  "), Look.work(item.work)]
    if let score = item.score { spans.append(Span("  score \(score)", .textStrong)) }
    if let target = item.target { spans.append(Span("  target \(target)")) }
    if let scale, item.score != nil || item.target != nil {
      spans.append(Span(" of \(scale.minimum) to \(scale.maximum)", .textMuted))
    }
    if item.grade != nil { spans += [Span("  "), Look.grade(item.grade)] }
    var lines = [Line(spans)]
    func add(_ label: String, _ text: String?, _ role: Role = .text) {
      guard let text, !text.isEmpty else { return }
      lines.append(Line([Span("\(label) ", .textMuted), Span(Untrusted(text), role)]))
    }
    if details.result != item.result {
      add("ran out:", item.attestation?.text, .warning)
    } else {
      add("attested by", item.attestation?.text)
    }
    add("does not apply:", item.reason)
    add("answered by", item.assignee)
    add("sample", item.sampling?.text)
    add("review:", item.review?.text)
    if let proposal = item.proposal {
      add("proposed:", "\(proposal.result.label), by \(proposal.by)", .information)
      add("", proposal.observation)
    }
    lines += paragraphs(item.observation)
    return lines + [Line("")]
  }

  private func questions(_ requirement: Requirement) -> [Line] {
    guard !requirement.questions.isEmpty else { return [] }
    var lines = [Line("Questions", .heading)]
    for question in requirement.questions {
      let values = details.item.answers[question.id] ?? []
      let words = values.map { value in
        question.choices.first { $0.id == value }?.text ?? value
      }
      lines.append(
        Line([
          Span(Untrusted(question.text)), Span("  "),
          words.isEmpty
            ? Span("not answered", .textMuted)
            : Span(Untrusted(words.joined(separator: ", ")), .textStrong),
        ])
      )
    }
    return lines + [Line("")]
  }

  private func previous() -> [Line] {
    guard let previous = details.item.previous else { return [] }
    var spans = [
      Span("Before, in \(previous.audit)  ", .heading), Look.result(previous.result),
    ]
    if let score = previous.score { spans.append(Span("  score \(score)")) }
    if previous.grade != nil { spans += [Span("  "), Look.grade(previous.grade)] }
    var lines = [Line(spans)]
    if previous.isChanged {
      lines.append(Line("! the requirement says something else now", .warning))
    }
    if !previous.reason.isEmpty { lines += paragraphs(previous.reason) }
    return lines + paragraphs(previous.observation) + [Line("")]
  }

  private func around(_ context: PaneContext) -> [Line] {
    var lines: [Line] = []
    if !findings.isEmpty {
      lines.append(Line("Findings", .heading))
      lines += findings.map { finding in
        Line([
          Span("\(finding.reference)  ", .textStrong), Look.severity(finding.facts.severity),
          Span("  "), Look.finding(finding, now: context.now), Span("  "),
          Span(Untrusted(finding.facts.title)),
        ])
      }
      lines.append(Line(""))
    }
    if !evidence.isEmpty {
      lines.append(Line("Evidence", .heading))
      lines += evidence.map { piece in
        Line([
          Span("\(piece.id)  \(piece.facts.kind.label)  ", .textMuted),
          Span(Untrusted(piece.facts.title)),
        ])
      }
      lines.append(Line(""))
    }
    return lines
  }

  private func part(_ title: String?, _ text: String) -> [Line] {
    guard !text.isEmpty else { return [] }
    return (title.map { [Line($0, .heading)] } ?? []) + paragraphs(text) + [Line("")]
  }

  private func paragraphs(_ text: String) -> [Line] {
    guard !text.isEmpty else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Line(Untrusted(String($0))) }
  }
}
