import Drawing
import Model

extension ObligationsTab {
  static func draw(
    _ checklist: Checklist,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(Size(columns: rect.columns, rows: rect.rows))
    canvas.write(status(checklist), in: layout.status.moved(by: rect))
    let list = layout.list.moved(by: rect)
    guard checklist.isRead, checklist.table.total > 0 else {
      let words =
        checklist.isRead
        ? "The rulebook lists no required contents for this notice; w writes the draft."
        : "reading …"
      canvas.write(Line(words, .textMuted), in: list.inset(columns: 1))
      return
    }
    checklist.table.draw(
      columns: columns,
      order: nil,
      focusedColumn: nil,
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    guard let row = checklist.table.selectedRow, layout.detail.rows > 0 else { return }
    canvas.rule(layout.divider.moved(by: rect))
    DutyText.draw(
      lines(row),
      more: "K reads all",
      on: &canvas,
      in: layout.detail.moved(by: rect)
    )
  }

  /// How much is ready, told by number and word.
  private static func status(_ checklist: Checklist) -> Line {
    let all = checklist.lists.reduce(0) { $0 + $1.items.count }
    let ready = checklist.lists.reduce(0) { $0 + $1.count(.filled) }
    let partly = checklist.lists.reduce(0) { $0 + $1.count(.partly) }
    var spans = [
      Span(" CONTENTS ", .badge, .bold), Span(" \(checklist.rule)  ", .textStrong),
    ]
    guard all > 0 else { return Line(spans) }
    spans.append(Span("\(ready) of \(all) ready", ready == all ? .success : .warning, .bold))
    if partly > 0 { spans.append(Span(" · \(partly) in part", .warning)) }
    if all > ready + partly {
      spans.append(Span(" · \(all - ready - partly) missing", .danger))
    }
    let forbidden = checklist.lists.reduce(0) { $0 + $1.content.forbidden.count }
    if forbidden > 0 { spans.append(Span(" · \(forbidden) not to be said", .textMuted)) }
    return Line(spans)
  }

  private static let columns: [TableColumn<Checklist.Row>] = [
    TableColumn("state", title: "  State", width: .fixed(11), priority: 10) { row in
      switch row.content {
      case .title: Line("")
      case .item(let item): Line([sign(item.state)])
      case .forbidden: Line("x never", .danger)
      }
    },
    TableColumn("item", title: "Must say", width: .flexible(minimum: 20, weight: 3), priority: 9) {
      row in
      switch row.content {
      case .title(let title, _): Line(Untrusted(title), .heading)
      case .item(let item): Line(Untrusted(item.required.text))
      case .forbidden(let item): Line(Untrusted(item.text))
      }
    },
    TableColumn("with", title: "With", width: .flexible(minimum: 16, weight: 2), priority: 5) {
      row in
      switch row.content {
      case .title(_, let citation): Line(Untrusted(citation), .textMuted)
      case .item(let item):
        item.missing.isEmpty
          ? Line(Untrusted(said(item)), .textMuted)
          : Line([Span("? ", .warning), Span(Untrusted(item.missing.joined(separator: ", ")))])
      case .forbidden: Line("")
      }
    },
  ]

  private static func sign(_ state: NoticeChecklist.State) -> Span {
    switch state {
    case .filled: Span("+ ready", .success)
    case .partly: Span("~ in part", .warning)
    case .open: Span("! missing", .danger, .bold)
    }
  }

  /// What the record says of an item, in one line.
  private static func said(_ item: NoticeChecklist.Item) -> String {
    item.entries.map { entry in
      let text = DutyText.oneLine(entry.lines.joined(separator: ", "))
      return entry.label.isEmpty ? text : "\(entry.label): \(text)"
    }.joined(separator: " · ")
  }

  /// A row in full.
  private static func lines(_ row: Checklist.Row) -> [Line] {
    switch row.content {
    case .title(let title, let citation):
      return [Line(Untrusted(title), .heading), Line(Untrusted(citation), .textMuted)]
    case .forbidden(let item):
      return [
        Line([
          Span("x never  ", .danger), Span(Untrusted(item.text)),
          Span(Untrusted(item.citation.isEmpty ? "" : "  \(item.citation)"), .textMuted),
        ])
      ]
    case .item(let item):
      var lines = [
        Line([
          sign(item.state), Span("  "), Span(Untrusted(item.required.text), .textStrong),
          Span(Untrusted("  \(item.citation)"), .textMuted),
        ])
      ]
      if let heading = item.required.heading {
        lines.append(
          Line([Span("  under the heading ", .textMuted), Span(Untrusted(heading))])
        )
      }
      for entry in item.entries {
        let label = entry.label.isEmpty ? "" : "\(entry.label): "
        for (index, text) in entry.lines.enumerated() {
          lines.append(
            Line([
              Span(index == 0 ? "  \(label)" : "    ", .textMuted),
              Span(Untrusted(DutyText.oneLine(text))),
            ])
          )
        }
      }
      lines += item.missing.map {
        Line([Span("  ? missing: ", .warning), Span(Untrusted($0))])
      }
      return lines
    }
  }

  /// All contents in full, for reading.
  static func lines(_ checklist: Checklist) -> [Line] {
    guard !checklist.lists.isEmpty else {
      return [Line("The rulebook lists no required contents for this notice.")]
    }
    return checklist.lists.flatMap { list -> [Line] in
      let content = list.content
      return [
        Line(Untrusted(content.title), .heading), Line(Untrusted(content.citation), .textMuted),
        Line("\(list.count(.filled)) of \(list.items.count) ready"), Line(""),
      ] + list.items.flatMap { lines(.init(id: 0, content: .item($0))) }
        + content.forbidden.flatMap { lines(.init(id: 0, content: .forbidden($0))) } + [Line("")]
    }
  }

  // MARK: Rows in the table of actions

  /// The rows while contents are looked at: the duties below take no keys.
  static let rowsWhileChecking: [ActionRow<State, Action>] =
    MotionRows.rows { .checklist(.moved($0)) } + [
      ActionRow(
        "contents.fill",
        keys: [.enter, .character("e")],
        label: "fill in",
        help: "Open the fact or the form that fills the item",
        section: .change,
        hint: 1,
        availability: {
          .when($0.checklist?.table.selectedRow?.item != nil, otherwise: "nothing fills this row")
        },
        action: { _ in .checklist(.fillPressed) }
      ),
      ActionRow(
        "contents.draft",
        keys: [.character("w")],
        label: "write draft",
        help: "Write the draft of the notice into a file, gaps marked",
        section: .view,
        hint: 2,
        menuKey: "w",
        action: { _ in .checklist(.draftPressed) }
      ),
      ActionRow(
        "contents.read",
        keys: [.character("K")],
        label: "read all",
        help: "Read all items with what the record says to each",
        section: .find,
        hint: 3,
        action: { _ in .checklist(.readPressed) }
      ),
      ActionRow(
        "contents.leave",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Back to the duties",
        section: .find,
        hint: 4,
        action: { _ in .checklist(.closed) }
      ),
    ]
}
