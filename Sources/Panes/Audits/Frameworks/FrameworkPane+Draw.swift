public import Drawing
import Model

extension FrameworkPane {
  /// The tree and the text of the requirement under the cursor.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    SplitLayout(
      area,
      alone: state.isReading ? .detail : .list,
      isZoomed: state.isZoomed,
      leastRows: 15,
      left: area.columns / 2,
      upper: area.rows * 11 / 20
    )
  }

  static func height(_ state: State, _ context: PaneContext) -> Int {
    layout(state, context.area).listHeight
  }

  static func scroll(_ state: inout State, _ motion: Motion, _ context: PaneContext) {
    guard let details = state.details else { return }
    let area = layout(state, context.area).detail.inset(columns: 1)
    let size = Size(columns: area.columns, rows: max(1, area.rows))
    var scroll = ScrollText(lines(details))
    scroll.move(.to(state.textTop), size: size)
    scroll.move(motion, size: size)
    state.textTop = scroll.top
  }

  /// A requirement in full, to be wrapped to any width.
  static func lines(_ details: RequirementDetails.Details) -> [Line] {
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
    if requirement.isWithdrawn { lines.append(Line("withdrawn by its source", .warning)) }
    func part(_ title: String?, _ text: String) {
      guard !text.isEmpty else { return }
      if let title { lines += [Line(""), Line(title, .heading)] }
      lines += text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { Line(Untrusted(String($0))) }
    }
    if requirement.texts.text != requirement.texts.headline {
      part(nil, requirement.texts.text)
    }
    part("How to check", requirement.texts.guidance)
    part("Usually shown", requirement.texts.evidence)
    part(
      "Questions",
      requirement.questions.map { question in
        ([question.text] + question.choices.map { "  - \($0.text)" }).joined(separator: "\n")
      }.joined(separator: "\n")
    )
    part("Groups", requirement.groups.joined(separator: ", "))
    part("From", requirement.citations.joined(separator: "; "))
    part(
      "Corresponds to",
      details.links.map { link in
        link.source == requirement.identifier ? link.target : link.source
      }.joined(separator: "\n")
    )
    for (language, texts) in requirement.translations.sorted(by: { $0.key < $1.key }) {
      part(
        "In \(language)",
        [texts.name, texts.text].filter { !$0.isEmpty }.joined(separator: "\n")
      )
    }
    return lines
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    if let divider = layout.divider?.moved(by: rect) { canvas.rule(divider) }
    if !layout.list.isEmpty {
      drawTree(state, on: &canvas, in: layout.list.moved(by: rect), context)
    }
    if !layout.detail.isEmpty, let details = state.details {
      let area = layout.detail.moved(by: rect).inset(columns: 1)
      var scroll = ScrollText(lines(details))
      scroll.move(.to(state.textTop), size: Size(columns: area.columns, rows: area.rows))
      let cursor = canvas.cursor
      scroll.draw(on: &canvas, in: area)
      if !(state.isReading && context.isFocused) { canvas.cursor = cursor }
    }
  }

  private static func drawTree(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    let (folded, width) = (Set(state.folded.keys), rect.columns)
    let columns: [TableColumn<RequirementRow>] = [
      TableColumn(
        "line",
        title: "\(state.framework.name) \(state.framework.edition)",
        width: .flexible(minimum: 10, weight: 1)
      ) { row in
        let isStrong = row.isAssessable && !row.isWithdrawn
        return Line(
          TreeCell.opening(
            depth: row.depth,
            isParent: row.isParent,
            isFolded: folded.contains(row.position),
            columns: width
          ) + [
            Span(
              Untrusted(row.reference.isEmpty ? "" : row.reference + " "),
              isStrong ? .textStrong : .heading
            ),
            Span(
              Untrusted(row.headline),
              row.isWithdrawn ? .textMuted : row.isAssessable ? .text : .heading
            ), Span(row.isWithdrawn ? " (withdrawn)" : "", .textMuted),
          ]
        )
      }
    ]
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "",
      isFocused: context.isFocused && !state.isReading,
      on: &canvas,
      in: list
    )
    let search = state.find.map { find in
      let place = find.hits.isEmpty ? "no hits" : "\(find.index + 1)/\(find.hits.count)"
      return [
        Span(" / ", .textMuted), Span(Untrusted(find.text), .match),
        Span(" \(place)", .textMuted),
      ]
    }
    ListStatus.draw(search ?? [], of: state.table, on: &canvas, in: status)
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "line.open",
        keys: [.enter],
        label: "open",
        help: "Fold the line up or unfold it; read one that has none below",
        section: .move,
        hint: 1,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "line.read",
        keys: [.character("K")],
        label: "read",
        help: "Read the line in full",
        section: .find,
        hint: 2,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "tree.unfold",
        keys: [.character("l"), .right],
        label: "unfold",
        help: "Unfold the line, or go to the first below it",
        section: .view,
        action: { _ in .unfoldPressed }
      ),
      ActionRow(
        "tree.fold",
        keys: [.character("h"), .left],
        label: "fold",
        help: "Fold the line up, or go to the one that it hangs on",
        section: .view,
        action: { _ in .foldPressed }
      ),
      ActionRow(
        "search",
        keys: [.character("/")],
        label: "search",
        help: "Go to a reference, or to words in any text of the framework",
        section: .find,
        hint: 3,
        action: { _ in .findPressed }
      ),
    ] + HitRows.rows(availability: hasHits) { .findMoved($0) } + [
      ActionRow(
        "pane.next",
        keys: [.tab],
        label: "text",
        help: "Go between the tree and the text",
        section: .move,
        action: { _ in .focusMoved }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to the part with the keys, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
    ]

  private static let hasHits: @Sendable (State) -> Availability = {
    .when($0.find?.hits.isEmpty == false, otherwise: "nothing was searched for; / searches")
  }
}
