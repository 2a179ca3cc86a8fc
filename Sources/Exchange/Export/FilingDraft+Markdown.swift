internal import Model

extension FilingDraft {
  /// The draft as CommonMark; stored text in it is text alone.
  public var markdown: String {
    var blocks: [String] = []
    if isDrill { blocks.append("**\(FilingDraft.drillMark)**") }
    blocks.append("**\(FilingDraft.mark)**")
    blocks.append(
      header.map { "- \($0.name): \(inline($0.value))" }.joined(separator: "\n")
    )
    blocks += ["---", "# \(inline(title))"]
    for section in sections {
      blocks.append("## \(inline(section.heading))")
      blocks += section.entries.flatMap(paragraphs)
      blocks += section.gaps.map(gap)
    }
    blocks += ["---"] + checklists.flatMap(checks)
    if isDrill { blocks.append("**\(FilingDraft.drillMark)**") }
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func inline(_ text: String) -> String { SinkText.markdown(SinkText.line(text)) }

  /// The mark of a gap: its brackets stand bare, for people and programs that look for them.
  private func gap(_ text: String) -> String {
    "**[\(inline(String(text.dropFirst().dropLast())))]**"
  }

  private func paragraphs(_ entry: NoticeChecklist.Entry) -> [String] {
    guard !entry.label.isEmpty else { return entry.lines.flatMap(running) }
    if entry.lines.count == 1 { return ["\(entry.label): \(inline(entry.lines[0]))"] }
    return ["\(entry.label):", entry.lines.map { "- \(inline($0))" }.joined(separator: "\n")]
  }

  /// Running text: empty lines part paragraphs, others are hard breaks.
  private func running(_ text: String) -> [String] {
    SinkText.lines(text).split(separator: "").map { lines in
      lines.map(SinkText.markdown).joined(separator: "\\\n")
    }
  }

  private func checks(_ checklist: NoticeChecklist) -> [String] {
    let content = checklist.content
    let items = checklist.items.map { item in
      let box = item.state == .filled ? "x" : " "
      let rest = item.state == .partly ? "; missing: \(item.missing.joined(separator: ", "))" : ""
      return "- [\(box)] "
        + inline("\(item.required.text) (\(item.citation)): \(item.state.label)\(rest)")
    }
    let forbidden = content.forbidden.map { item in
      let citation = item.citation.isEmpty ? content.citation : item.citation
      return "- [ ] " + inline("not in the notice: \(item.text) (\(citation))")
    }
    return [
      "## Checklist: \(inline("\(content.title), \(content.citation)"))",
      (items + forbidden).joined(separator: "\n"),
    ]
  }
}
