public import Drawing
import Model

extension LedgerTab {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let plain = layout(state, context.area)
    let layout = plain.moved(by: rect)
    if let divider = layout.divider { canvas.rule(divider) }
    if !layout.list.isEmpty { drawList(state, on: &canvas, in: layout.list, context) }
    guard let card = state.card, !layout.detail.isEmpty else { return }
    guard let person = state.table.selectedRow else { return }
    PersonCard.draw(
      card,
      person,
      on: &canvas,
      in: layout.detail,
      context.part(plain.detail, isFocused: state.focus == .detail)
    )
  }

  private static func drawList(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: columns(state, context),
      problem: state.problem,
      empty: empty(state),
      isFocused: context.isFocused && (state.focus == .list || state.card == nil),
      on: &canvas,
      in: list
    )
    if let problem = state.filterProblem {
      canvas.write(Line(Untrusted(" \(problem)"), .danger), in: status)
      return
    }
    drawStatus(state, on: &canvas, in: status)
  }

  private static func empty(_ state: State) -> String {
    guard state.table.isLoaded else { return "" }
    return state.filter.isEmpty
      ? "Nobody is listed yet; x i brings recipients in from a file."
      : "Nobody passes the filter; Esc clears it."
  }

  private static func drawStatus(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    let total = state.table.total
    var spans: [Span] = []
    if state.isAllMarked {
      spans.append(Span(" all \(Look.count(Int64(total))) marked ", .rowMarked, .bold))
    } else if !state.table.marks.isEmpty {
      spans.append(Span(" \(state.table.marks.count) marked ", .rowMarked, .bold))
    }
    if let find = state.find {
      spans.append(Span(" / \(find.index + 1) of \(find.hits.count) found ", .match))
    }
    spans += ListStatus.filter(state.filterText)
    if !state.filter.isEmpty {
      spans.append(Span("  \(Look.count(Int64(total))) pass", .textMuted))
    }
    canvas.write(Line(spans), in: rect)
    guard total > 0 else { return }
    let about = state.isAbout ? "about " : ""
    let place = Look.count(Int64(state.table.cursor + 1))
    let words = Line(" \(about)\(place) of \(Look.count(Int64(total))) ")
    // The place gives way to the filter only where both would not be read.
    let corner = rect.splitLeft(rect.columns - Text.width(of: words)).rest
    canvas.fill(corner)
    canvas.write(words, in: corner)
  }

  private static func columns(_ state: State, _ context: PaneContext) -> [TableColumn<Recipient>] {
    let isErased = state.mailing?.erasedAt != nil
    func contact(
      _ id: String,
      _ title: String,
      _ width: TableColumn<Recipient>.Width,
      _ priority: Int,
      _ field: @escaping @Sendable (RecipientContact) -> String
    ) -> TableColumn<Recipient> {
      TableColumn(id, title: title, width: width, priority: priority) { person in
        person.contact.map { Line(Untrusted(field($0))) } ?? Line("erased", .stateClosed)
      }
    }
    let number = max(3, String(state.mailing?.recipients ?? 0).count + 1)
    let columns: [TableColumn<Recipient>] = [
      TableColumn(
        "number",
        title: "No.",
        width: .fixed(number),
        alignment: .right,
        priority: 7
      ) { Line("#\($0.number)", .textMuted) },
      TableColumn("state", title: "State", width: .fixed(14), priority: 10) {
        Line([Look.recipient($0.state)])
      },
      contact("name", "Name", .flexible(minimum: 10, weight: 3), 9, \.name),
      TableColumn("where", title: "Where", width: .fixed(7), priority: 8) {
        Line(Untrusted($0.jurisdiction))
      },
      TableColumn("language", title: "Lang", width: .fixed(5), priority: 3) {
        Line(Untrusted($0.language), .textMuted)
      },
      contact("reference", "Reference", .fixed(9), 6, \.reference),
      contact("email", "E-mail", .flexible(minimum: 12, weight: 2), 5, \.email),
      contact("phone", "Telephone", .fixed(9), 2, \.phone),
      TableColumn("care", title: "For", width: .fixed(8), priority: 4) { person in
        person.protection == .none
          ? Line() : Line(String(person.protection.label.prefix(8)), .warning)
      },
      TableColumn("since", title: "Since UTC", width: .fixed(16), priority: 1) {
        Line(Look.minute($0.changedAt), .textMuted)
      },
    ]
    let contacts: Set<String> = ["name", "reference", "email", "phone"]
    return isErased ? columns.filter { !contacts.contains($0.id) } : columns
  }

  // MARK: Rows in the table of actions

  private static let hasPerson: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "nobody is under the cursor")
  }

  private static let hasFound: @Sendable (State) -> Availability = {
    .when($0.find != nil, otherwise: "nobody was searched for; / searches")
  }

  private static let marking: [ActionRow<State, Action>] = MarkRows.rows(
    "Mark the person and go on to the next",
    availability: hasPerson,
    hasMarks: { $0.isAllMarked || !$0.table.marks.isEmpty || $0.table.rangeStart != nil },
    all: ActionRow(
      "mark.all",
      keys: [.character("a")],
      label: "mark all",
      help: "Mean all that pass the filter, read or not",
      section: .mark,
      availability: hasPerson,
      action: { _ in .markAllPressed }
    )
  ) { event in
    switch event {
    case .one: .markPressed
    case .range: .rangePressed
    case .clear: .clearMarksPressed
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "person.open",
        keys: [.enter, .character("l"), .right],
        label: "card",
        help: "Open the card of the person under the cursor: contact, history, text as sent",
        section: .move,
        hint: 1,
        availability: hasPerson,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "person.find",
        keys: [.character("/")],
        label: "find",
        help: "Find a person by whole reference, e-mail address or telephone number, or by #number",
        section: .find,
        hint: 2,
        action: { _ in .findPressed }
      ),
      ActionRow(
        "person.find-next",
        keys: [.character("n")],
        label: "next found",
        help: "Go to the next one who was found",
        section: .find,
        availability: hasFound,
        action: { _ in .findMoved(1) }
      ),
      ActionRow(
        "person.find-previous",
        keys: [.character("N")],
        label: "found before",
        help: "Go to the one found before",
        section: .find,
        availability: hasFound,
        action: { _ in .findMoved(-1) }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list: state:pending,queued jurisdiction:EU-DE; Tab completes",
        section: .find,
        hint: 3,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "filter.states",
        keys: [.character("F")],
        label: "by state",
        help: "Choose a state to be shown from a list with counts",
        section: .find,
        hint: 4,
        action: { _ in .statesPressed }
      ),
    ] + marking + [
      ActionRow(
        "person.move",
        label: "move …",
        help: "Take those who are marked, or the person under the cursor, to another state",
        section: .change,
        menuKey: "m",
        availability: hasPerson,
        action: { _ in .move(.pressed) }
      ),
      ActionRow(
        "person.text",
        label: "text as sent",
        help:
          "Read the text as this person was sent it: masked, or as it was where they are revealed",
        section: .find,
        menuKey: "s",
        availability: { state in
          guard let card = state.card else { return .disabled("open the card first: Enter") }
          return .when(
            !PersonCard.versions(card).isEmpty,
            otherwise: "no text was sent to this person"
          )
        },
        action: { _ in .card(.textPressed) }
      ),
      ActionRow(
        "person.reveal",
        label: "reveal …",
        help: "Show the contact unmasked for a while, for a reason that is journalled; or hide it",
        section: .change,
        menuKey: "v",
        availability: { state in
          guard let person = state.table.selectedRow else { return hasPerson(state) }
          guard person.contact != nil else { return .disabled("the contact was erased") }
          return .when(state.card != nil, otherwise: "open the card first: Enter")
        },
        action: { _ in .card(.revealPressed) }
      ),
    ] + PersonCard.contactRows + [
      ActionRow(
        "focus",
        keys: [.tab, .backTab],
        label: "other part",
        help: "Go from the list to the card, or back",
        section: .move,
        availability: { .when($0.card != nil, otherwise: "no card is open; Enter opens one") },
        action: { _ in .focusMoved }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to one part, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
    ]
}
