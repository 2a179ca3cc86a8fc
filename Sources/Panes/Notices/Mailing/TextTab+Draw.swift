public import Drawing
import Model

extension TextTab {
  struct Layout {
    var status: Rect
    var texts: Rect
    var items: Rect
    var body: Rect
    var dividers: [Rect] = []
  }

  /// The texts above; below them the text and what laws want of it, side by side where it is wide, and
  /// one of them where it is not.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    let (status, rest) = Rect(area).splitTop(area.rows >= 8 ? 1 : 0)
    var layout = Layout(status: status, texts: none, items: none, body: none)
    if state.isZoomed || rest.rows < 10 {
      switch state.part {
      case .texts: layout.texts = rest
      case .items: layout.items = rest
      case .body: layout.body = rest
      }
      return layout
    }
    let (texts, below) = rest.splitTop(min(max(2, state.table.total + 1), rest.rows / 3))
    let (divider, parts) = below.splitTop(1)
    layout.texts = texts
    layout.dividers = [divider]
    if area.columns >= SplitLayout.wide {
      let (left, right) = parts.splitLeft(area.columns / 2)
      let (line, items) = right.splitLeft(1)
      (layout.body, layout.items) = (left, items)
      layout.dividers.append(line)
    } else if state.part == .body {
      layout.body = parts
    } else {
      layout.items = parts
    }
    return layout
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, context.area)
    for divider in layout.dividers { canvas.rule(divider.moved(by: rect)) }
    canvas.write(status(state), in: layout.status.moved(by: rect))
    if !layout.texts.isEmpty {
      ItemList.draw(
        state.table,
        columns: textColumns,
        problem: state.problem,
        empty: state.review == nil ? "" : "No text yet; c writes one.",
        isFocused: context.isFocused && state.part == .texts,
        on: &canvas,
        in: layout.texts.moved(by: rect)
      )
    }
    if !layout.items.isEmpty, state.table.total > 0 {
      ItemList.draw(
        state.items,
        columns: itemColumns,
        problem: nil,
        empty: state.table.selectedRow?.review.text.facts.channels.isEmpty == true
          ? "A line for regulators; no law of people's notices asks."
          : "No duty of this mailing asks anything of it for those who get it.",
        isFocused: context.isFocused && state.part == .items,
        on: &canvas,
        in: layout.items.moved(by: rect)
      )
    }
    if !layout.body.isEmpty {
      drawBody(state, on: &canvas, in: layout.body.moved(by: rect), context)
    }
  }

  private static func drawBody(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let area = rect.inset(columns: 1)
    var text = ScrollText(bodyLines(state))
    let size = Size(columns: area.columns, rows: area.rows)
    text.move(.to(state.top), size: size)
    let cursor = canvas.cursor
    text.draw(on: &canvas, in: area)
    if !(context.isFocused && state.part == .body) { canvas.cursor = cursor }
  }

  /// The text as it is written, faults of the template first.
  static func bodyLines(_ state: State) -> [Line] {
    guard let review = state.table.selectedRow?.review else { return [] }
    let facts = review.text.facts
    var lines = review.problems.map { Line(Untrusted("! \($0.description)"), .danger) }
    if let ease = review.ease { lines.append(Line(Untrusted(ease.text), .textMuted)) }
    lines.append(Line(Untrusted(facts.subject), .textStrong, .bold))
    lines.append(Line(""))
    return lines
      + facts.body.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        Line(Untrusted(String(line)), line.hasPrefix("#") ? .heading : .text)
      }
  }

  /// What is in force or waits, and what stops approval.
  private static func status(_ state: State) -> Line {
    var spans: [Span] = [Span(" ")]
    if let live = state.live {
      let by = live.approvals.map(\.by).joined(separator: " and ")
      spans += [
        Span(live.name, .textStrong, .bold),
        live.isInForce
          ? Span(" in force", .success, .bold)
          : Span(" waits for a second person", .warning, .bold),
        Span(Untrusted("  by \(by)  "), .textMuted), Span(String(live.digest.prefix(12)), .key),
      ]
    } else if let last = state.editions.first, let end = last.end {
      spans += [
        Span("\(last.name) \(last.state.label)", .danger, .bold),
        Span(Untrusted(": \(end.reason)"), .danger),
      ]
    } else {
      spans.append(Span("nothing approved", .warning))
    }
    if let review = state.review, state.live?.isInForce != true {
      let count = review.stoppers.count
      spans += [
        Span("  "),
        count == 0
          ? Span("+ nothing stops approval; x a approves", .success)
          : Span("! \(count) things stop approval; x h shows them", .warning),
      ]
    }
    return Line(spans)
  }

  private static let textColumns: [TableColumn<Row>] = [
    TableColumn("name", title: "Text", width: .fixed(6), priority: 9) {
      Line($0.review.text.versionName, .textStrong)
    },
    TableColumn("language", title: "Lang", width: .fixed(5), priority: 8) {
      Line(Untrusted($0.review.text.facts.language))
    },
    TableColumn("subject", title: "Subject", width: .flexible(minimum: 12, weight: 2), priority: 7)
    {
      Line(Untrusted($0.review.text.facts.subject))
    },
    TableColumn("for", title: "For", width: .flexible(minimum: 8, weight: 1), priority: 5) { row in
      let facts = row.review.text.facts
      let places =
        facts.jurisdictions.isEmpty ? "all else" : facts.jurisdictions.joined(separator: " ")
      return Line([
        Span(Untrusted(places)),
        Span(facts.audience == .everyone ? "" : "  \(facts.audience.label)", .warning),
      ])
    },
    TableColumn("channels", title: "Over", width: .fixed(10), priority: 3) {
      Line($0.review.text.facts.channels.map(\.label).joined(separator: ","), .textMuted)
    },
    TableColumn("people", title: "People", width: .fixed(8), alignment: .right, priority: 6) {
      Line(Look.count(Int64($0.review.people)), $0.review.people == 0 ? .textMuted : .text)
    },
    TableColumn("settled", title: "Settled", width: .fixed(8), alignment: .right, priority: 8) {
      row in
      let items = row.review.laws.flatMap(\.items)
      let settled = items.count(where: \.isSettled)
      let isDone = row.review.stoppers.isEmpty
      return items.isEmpty && isDone
        ? Line("–", .textMuted)
        : Line("\(settled) of \(items.count)", isDone ? .success : .warning)
    },
  ]

  private static let itemColumns: [TableColumn<ItemRow>] = [
    TableColumn("state", title: "Law wants", width: .fixed(12), priority: 10) { row in
      row.item.map { Line([look($0)]) } ?? Line("")
    },
    TableColumn("what", title: "", width: .flexible(minimum: 16, weight: 3), priority: 9) { row in
      guard let item = row.item else {
        return Line([
          Span(row.law.title, .heading), Span("  \(row.law.content)", .textMuted),
          Span(row.law.faults.isEmpty ? "" : "  ! \(row.law.faults.count) faults", .danger),
        ])
      }
      return Line([
        item.isForbidden ? Span("not: ", .danger) : Span(""), Span(item.text),
      ])
    },
    TableColumn("seen", title: "", width: .flexible(minimum: 10, weight: 1), priority: 5) { row in
      guard let item = row.item else { return Line("") }
      if let confirmation = item.confirmation {
        return Line(Untrusted("\(confirmation.by) \(confirmation.reason)"), .textMuted)
      }
      return Line(Untrusted(item.sights.first?.text ?? ""), .textMuted)
    },
  ]

  private static func look(_ item: NoticeReview.Item) -> Span {
    switch item.state {
    case .confirmed: Span("+ confirmed", .success)
    case .notApplicable: Span("- n/a", .stateClosed)
    case .seen: Span("? seen", .information)
    case .notSeen: Span("x not seen", .danger)
    case .suspicious: Span("! suspicious", .danger, .bold)
    case .clear: Span("? clear", .information)
    }
  }

  // MARK: Rows in the table of actions

  private static let hasText: @Sendable (State) -> Availability = {
    .when($0.text != nil, otherwise: "there is no text under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "text.open",
        keys: [.enter],
        label: "open",
        help: "See the text as one of those gets it; on what a law wants, say how it stands",
        section: .move,
        hint: 1,
        availability: hasText,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "text.preview",
        label: "as a person …",
        help: "See the text as one person gets it, by number",
        section: .find,
        menuKey: "n",
        availability: hasText,
        action: { _ in .previewPressed }
      ),
      ActionRow(
        "text.create",
        keys: [.character("c")],
        label: "create",
        help: "Write a further text",
        section: .change,
        hint: 2,
        action: { _ in .write(.createPressed) }
      ),
      ActionRow(
        "text.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Set subject, language, channels and for whom the text is",
        section: .change,
        availability: hasText,
        action: { _ in .write(.editPressed) }
      ),
      ActionRow(
        "text.body",
        keys: [.character("E")],
        label: "edit text",
        help: "Write the text in $EDITOR; what was confirmed of it must be confirmed anew",
        section: .change,
        hint: 3,
        availability: hasText,
        action: { _ in .write(.bodyPressed) }
      ),
      ActionRow(
        "text.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the text out of the mailing; u brings it back",
        section: .change,
        availability: hasText,
        action: { _ in .write(.removePressed) }
      ),
      ActionRow(
        "focus",
        keys: [.tab],
        label: "next part",
        help: "Go on to what laws want, to the text, and back to the list",
        section: .move,
        hint: 4,
        action: { _ in .partMoved(1) }
      ),
      ActionRow(
        "focus.back",
        keys: [.backTab],
        label: "part before",
        help: "Go to the part before",
        section: .move,
        action: { _ in .partMoved(-1) }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to one part, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
      ActionRow(
        "text.stoppers",
        label: "what stops it",
        help: "Read what stops approval, for whom no text is, and what should be known",
        section: .find,
        menuKey: "h",
        availability: { .when($0.review != nil, otherwise: "the texts are yet to be checked") },
        action: { _ in .approval(.stoppersPressed) }
      ),
      ActionRow(
        "text.approve",
        label: "approve …",
        help: "Approve all texts as one edition, by its hash, with the numbers by jurisdiction",
        section: .change,
        menuKey: "a",
        availability: { state in
          if state.mailing?.erasedAt != nil { return .disabled("its recipients were erased") }
          guard let review = state.review else {
            return .disabled("the texts are yet to be checked")
          }
          if state.live?.isInForce == true { return .disabled("they are in force") }
          let count = review.stoppers.count
          return .when(count == 0, otherwise: "\(count) things stop it; x h shows them")
        },
        action: { _ in .approval(.pressed) }
      ),
      end("refuse", "refuse …", "Refuse what waits for a second person", "f", isRefusal: true) {
        $0.state == .waiting
      },
      end(
        "withdraw",
        "withdraw …",
        "Take the approval back: nothing more is sent",
        "w",
        isRefusal: false
      ) { $0.end == nil },
    ]

  private static func end(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    isRefusal: Bool,
    _ fits: @escaping @Sendable (NoticeEdition) -> Bool
  ) -> ActionRow<State, Action> {
    ActionRow(
      "text.\(id)",
      label: label,
      help: help,
      section: .change,
      menuKey: menuKey,
      availability: { state in
        .when(state.live.map(fits) ?? false, otherwise: "nothing is there to \(id)")
      },
      action: { _ in .approval(.endPressed(isRefusal: isRefusal)) }
    )
  }
}
