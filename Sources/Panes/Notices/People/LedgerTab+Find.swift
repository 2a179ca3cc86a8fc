import Drawing
import Model

extension LedgerTab {
  /// Narrowing the list, and finding a person.
  static func find(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .filterPressed:
      let words = completions(state)
      return [
        .filterPrompt(state.filterText, completions: { typed in complete(typed, words) }) {
          .filterTyped($0)
        }
      ]
    case .filterTyped(let text):
      state.filterText = text
      do {
        let filter = try LedgerFilter(parsing: text)
        state.filterProblem = nil
        return narrow(&state, to: filter, context)
      } catch {
        state.filterProblem = error.description
        return []
      }
    case .filterSet(let filter):
      state.filterText = words(of: filter)
      state.filterProblem = nil
      return narrow(&state, to: filter, context)
    case .statesPressed: return [.present(.menu(statesMenu(state)))]
    case .findPressed:
      let prompt = PromptRequest<Action>(
        label: "/",
        submit: { .findTyped($0) },
        isPersonal: true
      )
      return [.present(.prompt(prompt))]
    case .findTyped(let text): return search(&state, text, context)
    case .findAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .findAnswered(.success(let people)):
      guard let first = people.first else {
        state.find = nil
        let kinds = "a whole reference, e-mail address or number finds people"
        return [.toast(Toast(.notice, "nobody here has exactly that; \(kinds)"))]
      }
      state.find = Find(hits: people.map(\.number))
      return go(&state, to: first.number, context)
    case .findMoved(let step):
      guard var find = state.find,
        let next = Array(find.hits.indices).turned(from: find.index, by: step)
      else { return [] }
      find.index = next
      state.find = find
      return go(&state, to: find.hits[next], context)
    default: return []
    }
  }

  private static func narrow(
    _ state: inout State,
    to filter: LedgerFilter,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard filter != state.filter else { return [] }
    state.filter = filter
    state.isAllMarked = false
    let number = state.table.selectedID
    empty(&state)
    // Without a filter the place of the person under the cursor is known, with one it is not.
    guard filter.isEmpty, let number, number > Int64(height(state, context)) else {
      return readMore(state, context)
    }
    return go(&state, to: number, context)
  }

  /// Forgets the rows; the marks stay.
  private static func empty(_ state: inout State) {
    let marks = state.table.marks
    state.table = VirtualTable()
    state.table.marks = marks
  }

  private static func search(_ state: inout State, _ text: String, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let mailing = state.mailing, text.contains(where: { !$0.isWhitespace }) else { return [] }
    if text.hasPrefix("#"), let number = Int64(text.dropFirst()) {
      guard number > 0, number <= Int64(mailing.recipients) else {
        return [.toast(Toast(.notice, "there are \(mailing.recipients) people, from #1 on"))]
      }
      return go(&state, to: number, context)
    }
    return [
      .ask(FindRecipients(mailing: mailing.id, value: text), slot: "ledger.find") {
        .findAnswered($0)
      }
    ]
  }

  /// Puts the cursor on a person; a filter that is in the way is cleared.
  ///
  /// Without a filter numbers are places in the ledger: nothing needs to be asked for that.
  static func go(_ state: inout State, to number: Int64, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let height = height(state, context)
    if !state.filter.isEmpty {
      if let index = state.table.rows.firstIndex(where: { $0.number == number }) {
        let position = state.table.loaded.lowerBound + index
        state.table.select(id: number, at: position, height: height)
        return readMore(state, context)
      }
      (state.filter, state.filterText, state.filterProblem) = (LedgerFilter(), "", nil)
      empty(&state)
      return [.toast(Toast(.notice, "the filter was cleared to show #\(number)"))]
        + go(&state, to: number, context)
    }
    if state.table.total < state.mailing?.recipients ?? 0 {
      state.table.load(start: 0, rows: [], total: state.mailing?.recipients ?? 0)
    }
    state.table.select(id: number, at: Int(number) - 1, height: height)
    return readAgain(state, context)
  }

  // MARK: Words of filters

  /// The words that mean a filter.
  static func words(of filter: LedgerFilter) -> String {
    var words: [String] = []
    if let states = filter.states {
      let sorted = states.sorted { $0.code < $1.code }.map(\.rawValue)
      words.append("state:\(sorted.joined(separator: ","))")
    }
    if let places = filter.jurisdictions {
      words.append("jurisdiction:\(places.sorted().joined(separator: ","))")
    }
    return words.joined(separator: " ")
  }

  /// What a filter can be made of here.
  private static func completions(_ state: State) -> [String] {
    let places = Set(state.status?.tallies.map(\.jurisdiction) ?? []).sorted()
    return RecipientState.allCases.map { "state:\($0.rawValue)" }
      + ["state:reached", "state:bounced"] + places.map { "jurisdiction:\($0)" }
  }

  private static func complete(_ typed: String, _ words: [String]) -> [String] {
    let start = typed.lastIndex(where: \.isWhitespace).map { typed.index(after: $0) }
    let head = typed[..<(start ?? typed.startIndex)]
    let last = typed[(start ?? typed.startIndex)...]
    return words.filter { $0.hasPrefix(last) }.map { head + $0 }
  }

  /// The states that somebody stands in, with how many.
  private static func statesMenu(_ state: State) -> MenuRequest<Action> {
    let places = state.filter.jurisdictions
    func count(_ states: Set<RecipientState>) -> Int {
      (state.status?.tallies ?? []).reduce(0) { sum, tally in
        states.contains(tally.state) && places?.contains(tally.jurisdiction) ?? true
          ? sum + tally.count : sum
      }
    }
    func entry(_ key: Character, _ label: String, _ states: Set<RecipientState>?)
      -> MenuRequest<Action>.Entry
    {
      let number = count(states ?? Set(RecipientState.allCases))
      return .init(
        key: key,
        label: label,
        note: Look.count(Int64(number)),
        availability: .when(number > 0 || states == nil, otherwise: "nobody stands so"),
        action: .filterSet(LedgerFilter(states: states, jurisdictions: places))
      )
    }
    let keys = Array("bcdefghijklmn")
    let notTold = LedgerFilter.notTold(in: "").states ?? []
    return MenuRequest(
      title: "Show who is",
      entries: [entry("a", "all", nil), entry("t", "not told", notTold)]
        + zip(keys, RecipientState.allCases).map { entry($0, $1.label, [$1]) }
    )
  }
}
