public import Drawing
public import Model

/// Purposes with what people say about them; and, opened, the records of one.
public enum ConsentTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The purposes.
    public var list = PrivacyRows<PurposeRow>()
    /// The records of the purpose that is open; nil where none is.
    public var ledger: ConsentLedger.State?
    /// The reference that the cursor goes to once it was read.
    public var wanted = ""

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case answered(Result<[PurposeRow], StoreError>)
    case wanted(String)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case readPressed
    case createPressed, editPressed, removePressed, endPressed
    case submitted(ConsentPurpose?, [String: String])
    case versionPressed
    case versionSubmitted(PurposeRow, [String: String])
    case textPressed
    case textChosen(ConsentVersion)
    case flawPressed
    case flawChosen(ConsentVersion)
    case flawSubmitted(ConsentVersion, [String: String])
    case stalePressed
    case erasePressed
    case eraseConfirmed(ConsentPurpose)
    case erased(Result<PurposeErasure.Outcome, StoreError>)
    case changed(Result<[Receipt], StoreError>)
    case backPressed
    case ledger(ConsentLedger.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(ConsentBoard(), slot: "privacy.consents") { .answered($0) }]
    case .answered(let answer):
      state.list.take(answer)
      if !state.wanted.isEmpty { _ = reduce(&state, .wanted(state.wanted), context) }
      guard let ledger = state.ledger else { return [] }
      guard let row = state.list.table.rows.first(where: { $0.id == ledger.row.id }) else {
        state.ledger = nil
        return []
      }
      return reduce(&state, .ledger(.shown(row)), context)
    case .wanted(let reference):
      state.wanted = state.list.table.isLoaded ? "" : reference
      state.ledger = nil
      let rows = state.list.table.rows
      if let index = rows.firstIndex(where: { $0.purpose.reference == reference }) {
        state.list.table.select(id: rows[index].id, at: index)
      }
      return []
    case .moved(let motion):
      if state.ledger != nil { return reduce(&state, .ledger(.moved(motion)), context) }
      state.list.move(motion, context)
      return []
    case .pressed(let point): return pressed(&state, point, context)
    case .openPressed:
      if state.ledger != nil { return reduce(&state, .ledger(.readPressed), context) }
      return state.list.table.selectedRow.map { open($0, ConsentFilter(), &state, context) } ?? []
    case .stalePressed:
      return state.list.table.selectedRow.map { open($0, .stale, &state, context) } ?? []
    case .backPressed:
      if let ledger = state.ledger, ledger.filter != ConsentFilter() || !ledger.filterText.isEmpty {
        return reduce(&state, .ledger(.filterSet(ConsentFilter())), context)
      }
      state.ledger = nil
      return []
    case .ledger(let action):
      guard var ledger = state.ledger else { return [] }
      let effects = ConsentLedger.reduce(&ledger, action, context)
      state.ledger = ledger
      return effects.map { $0.map(Action.ledger) }
    case .createPressed:
      return [
        .present(
          .form(
            FormRequest(
              title: "New purpose",
              fields: ConsentForms.purpose(nil),
              draftKey: "purpose.new",
              submit: { .submitted(nil, $0) }
            )
          )
        )
      ]
    case .submitted(let purpose, let values):
      return [.apply([ConsentForms.change(purpose, values)]) { .changed($0) }]
    case .versionSubmitted(let row, let values):
      do {
        return [.apply(try ConsentForms.version(of: row, values, context)) { .changed($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .textChosen(let version):
      return [
        .present(.reader(title: version.facts.label, lines: ConsentText.lines(version)))
      ]
    case .flawChosen(let version):
      return [
        .present(
          .form(
            FormRequest(
              title: "\(version.reference) · Is it right?",
              fields: ConsentForms.flaw(version.facts),
              submit: { .flawSubmitted(version, $0) }
            )
          )
        )
      ]
    case .flawSubmitted(let version, let values):
      return [.apply([ConsentForms.flaw(of: version, values)]) { .changed($0) }]
    case .eraseConfirmed(let purpose):
      let change = ErasePurpose(id: purpose.id, basedOn: nil, isOrdered: true)
      return [.work(PurposeErasure(change)) { .erased($0) }]
    case .erased(.success(let outcome)):
      let words =
        outcome.isErased
        ? "who consented is erased" : "ordered; a second person must erase them too"
      return [.toast(Toast(.done, words))]
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .erased(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default:
      return (state.ledger?.row ?? state.list.table.selectedRow).map { work($0, action, context) }
        ?? []
    }
  }

  private static func open(
    _ row: PurposeRow,
    _ filter: ConsentFilter,
    _ state: inout State,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    state.ledger = ConsentLedger.State(row, filter: filter)
    return reduce(&state, .ledger(.shown(row)), context)
  }

  /// What is done with the purpose under the cursor.
  private static func work(_ row: PurposeRow, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let purpose = row.purpose
    func form(
      _ title: String,
      _ fields: [FormField],
      _ submit: @escaping @Sendable ([String: String]) -> Action
    ) -> [Effect<Action>] {
      [
        .present(
          .form(
            FormRequest(title: "\(purpose.reference) · \(title)", fields: fields, submit: submit)
          )
        )
      ]
    }
    func choose(_ title: String, _ chosen: (ConsentVersion) -> Action) -> [Effect<Action>] {
      guard !row.versions.isEmpty else {
        return [.toast(Toast(.notice, "the purpose has no version; x a adds one"))]
      }
      let letters = Array("abcdefghijklmnoprstuvwyz")
      let entries = zip(letters, row.versions.reversed()).map { letter, version in
        MenuRequest<Action>.Entry(
          key: letter,
          label: version.facts.label,
          note: version.facts.flaw == nil ? version.facts.from.plain : "no longer right",
          action: chosen(version)
        )
      }
      return [.present(.menu(MenuRequest(title: title, entries: entries)))]
    }
    switch action {
    case .readPressed:
      return [
        .present(
          .reader(title: purpose.reference, lines: ConsentText.lines(row, columns: 60, context))
        )
      ]
    case .editPressed:
      return form("Purpose", ConsentForms.purpose(purpose.facts)) { .submitted(purpose, $0) }
    case .removePressed:
      return [.apply([RemovePurpose(id: purpose.id, basedOn: purpose.version)]) { .changed($0) }]
    case .endPressed:
      var facts = purpose.facts
      facts.ended = facts.ended == nil ? StatedTime(context.now) : nil
      let change = EditPurpose(id: purpose.id, basedOn: purpose.version, facts: facts)
      return [.apply([change]) { .changed($0) }]
    case .versionPressed:
      return form("New version", ConsentForms.version(row)) { .versionSubmitted(row, $0) }
    case .textPressed: return choose("Which text?") { .textChosen($0) }
    case .flawPressed: return choose("Which is no longer right?") { .flawChosen($0) }
    case .erasePressed:
      return [
        .present(
          .confirm(
            Confirmation(
              title: "Erase all who consented to \(purpose.reference)",
              lines: [
                Line(
                  "The key to who they are is destroyed. Nobody can read them any more, here or"
                ),
                Line(
                  "in backups made later. What was said stays as numbers. Nothing takes it back."
                ),
              ],
              typedWord: purpose.reference,
              doLabel: "Erase",
              action: .eraseConfirmed(purpose)
            )
          )
        )
      ]
    default: return []
    }
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if let ledger = state.ledger {
      guard let position = PrivacyLayout.position(of: ledger.table, at: point, context) else {
        return []
      }
      if position == ledger.table.cursor { return reduce(&state, .ledger(.readPressed), context) }
      return reduce(&state, .ledger(.moved(.to(position))), context)
    }
    guard let position = PrivacyLayout.position(of: state.list.table, at: point, context) else {
      return []
    }
    if position == state.list.table.cursor { return reduce(&state, .openPressed, context) }
    return reduce(&state, .moved(.to(position)), context)
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.ledger != nil }

  /// Whether what was turned to is yet to be shown.
  static func isSettling(_ state: State) -> Bool {
    guard let ledger = state.ledger else {
      return !state.list.table.isLoaded && state.list.problem == nil
    }
    return !ledger.table.isLoaded && ledger.problem == nil
  }
}
