import Drawing
import Model

extension IncidentsPane {
  // MARK: Columns and order

  static func reduceColumns(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .columnMoved(let step):
      let ids = IncidentColumns.shown(hiding: state.hiddenColumns).map(\.id)
      let index = ids.firstIndex(of: state.column) ?? 0
      state.column = ids[min(max(0, index + step), ids.count - 1)]
      return []
    case .sortPressed:
      guard let column = IncidentColumns.order(state.column) else {
        return [.toast(Toast(.notice, "the list cannot be sorted by \(state.column)"))]
      }
      let isSame = state.order.column == column
      state.order = IncidentOrder(column, descending: isSame ? !state.order.isDescending : true)
      return [state.list.selectedID.map { goTo($0, state) } ?? read(state, context)]
    case .columnsPressed:
      let entries = IncidentColumns.all.map { column in
        MenuRequest<Action>.Entry(
          label: "\(state.hiddenColumns.contains(column.id) ? "[ ]" : "[x]") \(column.title)",
          availability: .when(column.id != "title", otherwise: "the title always stays"),
          action: .columnToggled(column.id)
        )
      }
      return [.present(.menu(MenuRequest(title: "Columns", entries: entries)))]
    case .columnToggled(let id):
      state.hiddenColumns.formSymmetricDifference([id])
      if state.hiddenColumns.contains(state.column) { state.column = "title" }
      return []
    default: return []
    }
  }

  // MARK: Filter

  static func reduceFilter(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .filterPressed:
      return [
        .filterPrompt(
          state.filterText,
          completions: { text in
            let kept = text.prefix(Filter.termStart(in: text, at: text.count))
            return Filter.completions(for: text, at: text.count).map { kept + $0 }
          },
          accepted: { .filterAccepted($0) },
          typed: { .filterTyped($0) }
        )
      ]
    case .filterTyped(let text):
      return apply(&state, text, context, isTyping: true)
    case .filterAccepted(let text):
      return apply(&state, text, context, isTyping: false)
    case .filterSaved(let name):
      guard !name.isEmpty else { return [] }
      return [
        .apply([SaveFilter(filterName: name, text: state.filterText)]) { .changed($0) }
      ]
    case .savedFiltersPressed:
      return [.ask(SavedFilters(), slot: "incidents.saved") { .savedFiltersAnswered($0) }]
    case .savedFiltersAnswered(.success(let filters)):
      return [.present(.menu(savedMenu(filters, state)))]
    default: return []
    }
  }

  private static func apply(
    _ state: inout State,
    _ text: String,
    _ context: PaneContext,
    isTyping: Bool
  ) -> [Effect<Action>] {
    do {
      let filter = try Filter(parsing: text, context.reading)
      state.filterProblem = nil
      state.filterText = text
      guard filter != state.filter else { return [] }
      state.filter = filter
      state.list.move(.first, height: listHeight(state, context))
      return [read(state, context)]
    } catch {
      state.filterProblem = isTyping ? "\(error)" : nil
      return isTyping ? [] : [.toast(Toast(.failure, "\(error)"))]
    }
  }

  private static func savedMenu(_ filters: [SavedFilters.Row], _ state: State)
    -> MenuRequest<Action>
  {
    var entries = filters.enumerated().map { index, row in
      MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: row.name,
        note: row.text,
        action: .filterAccepted(row.text)
      )
    }
    let name = PromptRequest<Action>(label: "save filter as", submit: { .filterSaved($0) })
    entries.append(
      .init(
        key: "s",
        label: "Save the present filter …",
        note: state.filterText,
        availability: .when(!state.filterText.isEmpty, otherwise: "no filter is active"),
        action: .presentPrompt(name)
      )
    )
    return MenuRequest(title: "Saved filters", entries: entries)
  }

  // MARK: Search

  static func reduceFind(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .findPressed:
      return [
        .present(
          .prompt(
            PromptRequest(
              label: "/",
              text: "",
              changed: { .findTyped($0) },
              submit: { .findTyped($0) },
              cancel: .findCancelled
            )
          )
        )
      ]
    case .findTyped(let text):
      guard text != state.find?.text else { return [] }
      guard !text.isEmpty else {
        state.find = nil
        return []
      }
      state.find = Find(text: text)
      return [
        .ask(Search(text, window: RowWindow(start: 0, count: 1000)), slot: "incidents.find") {
          .findAnswered(text, $0)
        }
      ]
    case .findAnswered(let text, .success(let page)):
      guard state.find?.text == text else { return [] }
      var seen: Set<RecordID> = []
      state.find?.incidents = page.rows.compactMap(\.incident).filter { seen.insert($0).inserted }
      state.find?.total = page.total
      return state.find?.incidents.first.map { [goTo($0, state)] } ?? []
    case .findAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .findMoved(let step):
      guard var find = state.find, !find.incidents.isEmpty else {
        return [.toast(Toast(.notice, "nothing was searched for; / searches"))]
      }
      let count = find.incidents.count
      find.index = ((find.index + step) % count + count) % count
      state.find = find
      return [goTo(find.incidents[find.index], state)]
    case .findCancelled:
      state.find = nil
      return []
    default: return []
    }
  }

  // MARK: Marks

  static func reduceMarks(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .markPressed:
      state.list.toggleMark()
      state.list.move(.by(1), height: listHeight(state, context))
      return readMore(state, context)
    case .rangePressed:
      return markRange(&state)
    case .rangeAnswered(.success(let page)):
      state.list.marks.formUnion(page.rows.map(\.id))
      return [.toast(Toast(.done, "\(state.list.marks.count) marked"))]
    case .markAllPressed:
      return [
        .ask(IncidentIDs(filter: state.filter), slot: "incidents.all") { .markAllAnswered($0) }
      ]
    case .markAllAnswered(.success(let ids)):
      state.list.marks.formUnion(ids)
      return [.toast(Toast(.done, "\(state.list.marks.count) marked"))]
    case .clearMarksPressed:
      state.list.clearMarks()
      return []
    default: return []
    }
  }

  /// Begins a range, or marks it; rows of it that are not held are asked for by their places.
  private static func markRange(_ state: inout State) -> [Effect<Action>] {
    let start = state.list.rangeStart
    let missing = state.list.markRange()
    guard let start, missing > 0 else { return [] }
    let first = min(start, state.list.cursor)
    let count = max(start, state.list.cursor) - first + 1
    return [
      .ask(
        IncidentList(
          filter: state.filter,
          order: state.order,
          window: RowWindow(start: first, count: count)
        ),
        slot: "incidents.range"
      ) { .rangeAnswered($0) }
    ]
  }
}
