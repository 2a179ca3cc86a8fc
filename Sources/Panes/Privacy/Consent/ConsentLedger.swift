public import Drawing
public import Model

/// The consent records of a purpose, subjects masked: a window on a ledger of any length.
public enum ConsentLedger {
  /// What it shows.
  public struct State: Sendable {
    /// The purpose with its numbers.
    public var row: PurposeRow
    /// The loaded window of the list, and the cursor.
    public var table = VirtualTable<ConsentRecord>()
    /// The filter as it was typed.
    public var filterText = ""
    /// The filter in force.
    public var filter = ConsentFilter()
    /// What is wrong with the filter that is being typed; nil where nothing is.
    public var filterProblem: String?
    /// Whether the positions of what is held are a guess.
    public var isAbout = false
    /// What one person said, who was searched for; what was typed is not kept.
    public var found: [ConsentRecord]?
    /// Why the list could not be read.
    public var problem: String?

    /// Opens the ledger of a purpose.
    init(_ row: PurposeRow, filter: ConsentFilter = .init()) {
      (self.row, self.filter, filterText) = (row, filter, filter.text)
    }

    /// The record under the cursor.
    var selected: ConsentRecord? { table.selectedRow }
    /// Whether a number is not a place in the list.
    var isFiltered: Bool { row.count(filter) < row.total }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case shown(PurposeRow)
    case answered(LedgerStretch, Result<ConsentPage.Answer, StoreError>)
    case moved(Motion)
    case readPressed
    case filterPressed
    case filterTyped(String)
    case filterSet(ConsentFilter)
    case menuPressed
    case findPressed
    case findTyped(String)
    case findAnswered(Result<[ConsentRecord], StoreError>)
    case revealPressed
    case reasonTyped([ConsentRecord], String)
    case revealed(Result<[ConsentRecord], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  static func reduce(
    _ state: inout State,
    _ action: Action,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    switch action {
    case .shown(let row):
      state.row = row
      return ask(
        LedgerStretch(again: state.table, height: height(context), isFiltered: state.isFiltered),
        state
      )
    case .answered(let stretch, .success(let page)):
      state.problem = nil
      let (start, isAbout) = stretch.start(page.rows.count, of: page.total)
      state.isAbout = isAbout && state.isFiltered
      state.table.load(start: start, rows: page.rows, total: page.total)
      return readMore(state, context)
    case .answered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(context))
      return readMore(state, context)
    case .readPressed:
      guard let record = state.selected else { return [] }
      let version = state.row.version(record.version)
      let lines =
        ConsentText.lines(record, state.row)
        + (version.map { [Line("")] + ConsentText.lines($0) } ?? [])
      return [.present(.reader(title: "#\(record.number)", lines: lines))]
    case .filterPressed:
      return [
        .filterPrompt(state.filterText, completions: { [row = state.row] in complete($0, row) }) {
          .filterTyped($0)
        }
      ]
    case .filterTyped(let text):
      state.filterText = text
      do {
        let filter = try ConsentFilter(parsing: text)
        state.filterProblem = nil
        return narrow(&state, to: filter, context)
      } catch {
        state.filterProblem = error.description
        return []
      }
    case .filterSet(let filter):
      (state.filterText, state.filterProblem) = (filter.text, nil)
      return narrow(&state, to: filter, context)
    case .menuPressed: return [.present(.menu(menu(state.row)))]
    case .findPressed:
      let prompt = PromptRequest<Action>(
        label: "/",
        submit: { .findTyped($0) },
        isPersonal: true
      )
      return [.present(.prompt(prompt))]
    case .findTyped(let text):
      guard text.contains(where: { !$0.isWhitespace }) else { return [] }
      return [
        .ask(FindConsents(purpose: state.row.id, reference: text), slot: "consent.find") {
          .findAnswered($0)
        }
      ]
    case .findAnswered(.success(let records)):
      guard !records.isEmpty else {
        state.found = nil
        return [
          .toast(Toast(.notice, "nobody here has exactly that; a whole reference finds people"))
        ]
      }
      state.found = records
      return [
        .present(
          .reader(
            title: "\(records.count) \(records.count == 1 ? "record" : "records") of one person",
            lines: ConsentText.proof(records, state.row)
          )
        )
      ]
    case .revealPressed:
      let records = state.found ?? state.selected.map { [$0] } ?? []
      guard records.contains(where: { $0.subject != nil }) else {
        return [.toast(Toast(.notice, "who it was is erased"))]
      }
      let prompt = PromptRequest<Action>(
        label: "why must it be seen",
        submit: { .reasonTyped(records, $0) }
      )
      return [.present(.prompt(prompt))]
    case .reasonTyped(let records, let reason):
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.notice, "say why: it stands in the journal with your name"))]
      }
      return [.work(ConsentReveal(records, reason: reason)) { .revealed($0) }]
    case .revealed(.success(let records)):
      return [
        .present(
          .reader(
            title: "\(state.row.purpose.facts.slug), unmasked",
            lines: ConsentText.proof(records, state.row)
          )
        )
      ]
    case .findAnswered(.failure(let error)), .revealed(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    }
  }

  // MARK: Reading

  static func height(_ context: PaneContext) -> Int {
    PrivacyLayout.split(context.area).listHeight
  }

  private static func ask(_ stretch: LedgerStretch, _ state: State) -> [Effect<Action>] {
    [
      .ask(
        ConsentPage(
          purpose: state.row.id,
          filter: state.filter,
          place: stretch.place,
          count: stretch.count
        ),
        slot: "consent.page"
      ) { .answered(stretch, $0) }
    ]
  }

  private static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let wanted = state.table.wanted(height: height(context)), !wanted.isEmpty else {
      return []
    }
    return ask(LedgerStretch(wanted, of: state.table, isFiltered: state.isFiltered), state)
  }

  private static func narrow(
    _ state: inout State,
    to filter: ConsentFilter,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard filter != state.filter else { return [] }
    (state.filter, state.found) = (filter, nil)
    state.table = VirtualTable()
    return readMore(state, context)
  }

  // MARK: Filters

  private static func complete(_ typed: String, _ row: PurposeRow) -> [String] {
    let channels = Set(row.tallies.map { $0.channel.isEmpty ? ConsentFilter.none : $0.channel })
    let words =
      ConsentState.allCases.map { "state:\($0.rawValue)" } + ["is:stale", "standing:all"]
      + row.versions.map { "version:\($0.facts.label.lowercased())" } + ["version:none"]
      + channels.sorted().map { "channel:\($0)" }
    let start = typed.lastIndex(where: \.isWhitespace).map { typed.index(after: $0) }
    let head = typed[..<(start ?? typed.startIndex)]
    let last = typed[(start ?? typed.startIndex)...]
    return words.filter { $0.hasPrefix(last) }.map { head + $0 }
  }

  private static func menu(_ row: PurposeRow) -> MenuRequest<Action> {
    func entry(_ key: Character, _ label: String, _ filter: ConsentFilter)
      -> MenuRequest<Action>.Entry
    {
      let count = row.count(filter)
      return .init(
        key: key,
        label: label,
        note: Look.count(Int64(count)),
        availability: .when(count > 0, otherwise: "there is none"),
        action: .filterSet(filter)
      )
    }
    let letters = Array("abcdefhijklmnopqr")
    return MenuRequest(
      title: "Show",
      entries: [
        entry("*", "what everybody said last", ConsentFilter()),
        entry("g", "given", ConsentFilter(states: [.given])),
        entry("w", "withdrawn", ConsentFilter(states: [.withdrawn])),
        entry("x", "expired", ConsentFilter(states: [.expired])),
        entry("s", "given to a text no longer right", .stale),
        entry("t", "all that was ever said", .everything),
      ]
        + zip(letters, row.versions).map { letter, version in
          entry(
            letter,
            "version \(version.facts.label)",
            ConsentFilter(versions: [version.facts.label.lowercased()])
          )
        }
    )
  }

  // MARK: Drawing

  static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let total = state.table.total
    var status = ListStatus.filter(state.filterText)
    if let problem = state.filterProblem {
      status = [Span(Untrusted(" \(problem)"), .danger)]
    } else if total > 0 {
      status.append(Span("  \(Look.count(Int64(total))) pass", .textMuted))
      if state.isAbout { status.append(Span("  about here", .textMuted)) }
    }
    PrivacyLayout.draw(
      state.table,
      columns: columns(state.row),
      problem: state.problem,
      empty: state.table.isLoaded ? "No record passes; f or F shows others, Esc goes back." : "",
      status: status,
      detail: state.selected.map { ConsentText.lines($0, state.row) },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static func columns(_ row: PurposeRow) -> [TableColumn<ConsentRecord>] {
    let number = max(3, String(row.total).count + 1)
    return [
      TableColumn("number", title: "No.", width: .fixed(number), alignment: .right, priority: 7) {
        Line("#\($0.number)", .textMuted)
      },
      TableColumn("state", title: "State", width: .fixed(11), priority: 10) {
        ConsentMeter.state($0, isStale: row.version($0.version)?.facts.flaw != nil)
      },
      TableColumn("who", title: "Who", width: .flexible(minimum: 8, weight: 2), priority: 9) {
        $0.subject.map { Line(Untrusted($0.reference)) } ?? Line("erased", .stateClosed)
      },
      TableColumn("version", title: "Version", width: .flexible(minimum: 7, weight: 1), priority: 8)
      { record in
        row.version(record.version).map { Line(Untrusted($0.facts.label)) }
          ?? Line("not said", .textMuted)
      },
      TableColumn("channel", title: "Channel", width: .flexible(minimum: 7, weight: 1), priority: 6)
      {
        $0.channel.isEmpty ? Line("–", .textMuted) : Line(Untrusted($0.channel))
      },
      TableColumn("at", title: "Said, UTC", width: .fixed(16), priority: 5) {
        Line(Look.minute($0.at), .textMuted)
      },
      TableColumn("standing", title: "Counts", width: .fixed(10), priority: 4) {
        $0.standing == .current
          ? Line("now", .text) : Line($0.standing.rawValue, .textMuted)
      },
    ]
  }
}

extension ConsentRecord: LedgerRow {
  /// The number among the purpose's records.
  public var id: Int64 { number }
}
