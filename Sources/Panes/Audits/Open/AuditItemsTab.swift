public import Drawing
public import Model

/// The items of an audit: the tree of its framework, and beside or below it the item under the cursor.
///
/// Only a window of the tree is held. In answering mode one key answers and goes to the next item.
public enum AuditItemsTab: Pane {
  /// The parts of the tab that take keys.
  public enum Focus: Sendable {
    case tree, text
  }

  /// A search and the hit that was gone to.
  public struct Find: Sendable, Equatable {
    /// The reference or words.
    public var text: String
    /// The places of the hits, in the order of the tree.
    public var hits: [Int] = []
    /// The hit that was gone to, from 0.
    public var index = 0
  }

  /// What the tab shows.
  public struct State: Sendable {
    /// The audit; nil until it was read.
    public var audit: OpenAudit?
    /// The loaded window of the tree, cursor and marks; rows are named by their places.
    public var table = VirtualTable<AuditTreeRow>()
    /// The places of headings whose lines below are hidden, each with the place after the last of them.
    public var folded: [Int: Int] = [:]
    /// The filter as it was typed.
    public var filterText = ""
    /// The filter in force.
    public var filter = AuditItemFilter()
    /// What is wrong with the filter that is being typed; nil where nothing is.
    public var filterProblem: String?
    /// The search in progress; nil where there is none.
    public var find: Find?
    /// Whether keys answer.
    public var isAnswering = false
    /// Which part takes the keys.
    public var focus = Focus.tree
    /// Whether the focused part has the whole area.
    public var isZoomed = false
    /// The item that was read last.
    public var item: AuditItemDetails.Details?
    /// What proves the answer of the wanted item; empty until it was read.
    public var evidence: [Evidence] = []
    /// What was found wrong about the wanted item; empty until it was read.
    public var findings: [Finding] = []
    /// The heading or item whose text was asked for last.
    public var wantedPlace: Int?
    /// The first line of the text that is shown.
    public var textTop = 0
    /// What was answered and the tree may not show yet.
    public var pending: [RecordID: PendingAnswers] = [:]
    /// Why the tree could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}

    /// The item under the cursor as the tree shows it.
    var selectedItem: AuditTreeRow.Item? { table.selectedRow?.item }
    /// The item under the cursor in full, once it was read.
    var selectedText: AuditItemText? {
      guard let item, table.selectedRow?.place == item.item.place else { return nil }
      return AuditItemText(details: item, evidence: evidence, findings: findings)
    }
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(OpenAudit)
    case recordChanged
    case answered(Result<Page<AuditTreeRow>, StoreError>)
    case placeWanted(Int)
    case positionAnswered(Int, Result<Int?, StoreError>)
    /// Where the selected line stands now, after lines above it came or went.
    case relocated(Int, from: Int?, Result<Int?, StoreError>)
    case itemAnswered(Int, Result<AuditItemDetails.Details?, StoreError>)
    case evidenceAnswered(Int, Result<[Evidence], StoreError>)
    case findingsAnswered(Int, Result<Page<Finding>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed, readPressed
    case foldPressed, unfoldPressed, foldAllPressed, unfoldAllPressed
    case chaptersAnswered(Result<[AuditChapters.Chapter], StoreError>)
    case focusMoved, zoomPressed, backPressed
    case filterPressed
    case filterTyped(String)
    case filterAccepted(String)
    case findPressed
    case findTyped(String)
    case findAnswered(String, Result<[Int], StoreError>)
    case findMoved(Int)
    case markPressed, rangePressed, clearMarksPressed
    case rangeAnswered(Result<Page<AuditTreeRow>, StoreError>)
    case answeringPressed
    case nextPressed
    case nextAnswered(Result<Int?, StoreError>)
    case resultPressed(AuditResult)
    case reasonGiven(String)
    case scorePressed(Int)
    case workPressed, previousPressed
    case editPressed, editorPressed, targetPressed, attestPressed, findingPressed
    case edited(AuditItem, Result<String?, ErrandFailure>)
    case submitted(AuditItemForms.Kind, AuditItem, [String: String])
    case targetGiven(String)
    case bulkPressed(AuditBulk.Kind)
    case bulkChosen(AuditBulk)
    case bulkNamed(String)
    case bulkPrepared(AuditBulk, Result<[AuditTreeRow], StoreError>)
    case bulkConfirmed(AuditBulk, [AuditTreeRow])
    case sendBackGiven(String)
    case saved(RecordID, Result<[Receipt], StoreError>)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let audit):
      if state.audit?.row.id != audit.row.id { state = State() }
      state.audit = audit
      return state.table.isLoaded ? [] : [read(state, context)].compactMap(\.self)
    case .recordChanged:
      state.wantedPlace = nil
      return [read(state, context)].compactMap(\.self) + readItem(&state)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .answered(.success(let page)):
      return take(&state, page, context)
    case .relocated(let place, let stand, .success(let position?)):
      guard state.table.selectedID == stand else { return [] }
      state.table.select(id: place, at: position, height: height(state, context))
      return [read(state, context)].compactMap(\.self)
    case .relocated: return []
    case .placeWanted(let place):
      return unfold(&state, place)
    case .positionAnswered(let place, .success(let position?)):
      state.table.select(id: place, at: position, height: height(state, context))
      return [read(state, context)].compactMap(\.self)
    case .positionAnswered(_, .success(nil)):
      return [.toast(Toast(.notice, "the filter hides that line; Esc clears it"))]
    case .positionAnswered(_, .failure(let error)), .nextAnswered(.failure(let error)),
      .findAnswered(_, .failure(let error)), .chaptersAnswered(.failure(let error)),
      .rangeAnswered(.failure(let error)), .bulkPrepared(_, .failure(let error)),
      .itemAnswered(_, .failure(let error)), .evidenceAnswered(_, .failure(let error)),
      .findingsAnswered(_, .failure(let error)), .changed(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .itemAnswered, .evidenceAnswered, .findingsAnswered:
      return takeItem(&state, action)
    case .moved(let motion):
      guard state.focus == .text else { return move(&state, motion, context) }
      scroll(&state, motion, context)
      return []
    case .pressed(let point):
      return pressed(&state, point, context)
    case .openPressed, .readPressed, .foldPressed, .unfoldPressed, .foldAllPressed,
      .unfoldAllPressed, .chaptersAnswered:
      return reduceFolds(&state, action, context)
    case .focusMoved:
      state.focus = state.focus == .tree ? .text : .tree
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return readMore(state, context)
    case .backPressed:
      return back(&state, context)
    case .filterPressed, .filterTyped, .filterAccepted, .findPressed, .findTyped, .findAnswered,
      .findMoved:
      return reduceFind(&state, action, context)
    case .markPressed, .rangePressed, .clearMarksPressed, .rangeAnswered, .bulkPressed,
      .bulkChosen, .bulkNamed, .bulkPrepared, .bulkConfirmed, .sendBackGiven:
      return reduceMarks(&state, action, context)
    case .answeringPressed, .nextPressed, .nextAnswered, .resultPressed, .reasonGiven,
      .scorePressed, .workPressed, .previousPressed, .editPressed, .editorPressed, .targetPressed,
      .attestPressed, .findingPressed, .edited, .submitted, .targetGiven, .saved:
      return reduceAnswers(&state, action, context)
    case .changed(.success):
      return [.toast(Toast(.done, "saved · u undoes"))]
    }
  }

  // MARK: Reading

  static func tree(_ state: State, _ audit: RecordID, _ window: RowWindow) -> AuditTree {
    AuditTree(
      audit: audit,
      folded: Set(state.folded.keys),
      filter: state.filter,
      window: window
    )
  }

  /// Asks for the window around the cursor again.
  static func read(_ state: State, _ context: PaneContext) -> Effect<Action>? {
    guard let audit = state.audit?.row.id else { return nil }
    let window = state.table.window(height: height(state, context))
    return .ask(tree(state, audit, window), slot: "audit.tree") { .answered($0) }
  }

  /// Asks for lines that the cursor has come near to.
  static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let audit = state.audit?.row.id,
      let window = state.table.more(height: height(state, context))
    else { return [] }
    return [.ask(tree(state, audit, window), slot: "audit.tree") { .answered($0) }]
  }

  /// Takes a window; what is selected by now stays so, wherever it stands in the tree.
  private static func take(
    _ state: inout State,
    _ page: Page<AuditTreeRow>,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    state.problem = nil
    let kept = state.table.selectedID
    state.table.load(start: page.window.start, rows: page.rows, total: page.total)
    let effects = readMore(state, context) + readItem(&state)
    guard let kept, state.table.selectedID != kept, page.total > page.rows.count,
      let audit = state.audit?.row.id
    else { return effects }
    let question = AuditTreePosition(
      tree(state, audit, RowWindow(start: 0, count: 0)),
      place: kept
    )
    let stand = state.table.selectedID
    return effects
      + [.ask(question, slot: "audit.relocation") { .relocated(kept, from: stand, $0) }]
  }

  /// Finds where a line stands in the tree as it is folded and filtered, and goes there.
  static func goTo(_ place: Int, _ state: State) -> [Effect<Action>] {
    guard let audit = state.audit?.row.id else { return [] }
    let question = AuditTreePosition(
      tree(state, audit, RowWindow(start: 0, count: 0)),
      place: place
    )
    return [.ask(question, slot: "audit.position") { .positionAnswered(place, $0) }]
  }

  /// Unfolds what hides a line, and goes there.
  static func unfold(_ state: inout State, _ place: Int) -> [Effect<Action>] {
    state.folded = state.folded.filter { place <= $0.key || $0.value <= place }
    return goTo(place, state)
  }

  static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    state.table.move(motion, height: height(state, context))
    return readMore(state, context) + readItem(&state)
  }

  /// Asks for the item under the cursor, where it is another one than was asked for.
  static func readItem(_ state: inout State) -> [Effect<Action>] {
    guard let audit = state.audit?.row.id, let row = state.table.selectedRow,
      row.place != state.wantedPlace
    else { return [] }
    if state.item?.item.place != row.place {
      (state.evidence, state.findings, state.textTop) = ([], [], 0)
    }
    state.wantedPlace = row.place
    guard let item = row.item else {
      state.item = nil
      return []
    }
    let place = row.place
    return [
      .ask(AuditItemDetails(audit: audit, place: place), slot: "audit.item") {
        .itemAnswered(place, $0)
      },
      .ask(EvidenceList(of: Subject(.auditItem, item.id)), slot: "audit.item.evidence") {
        .evidenceAnswered(place, $0)
      },
      .ask(
        FindingList(FindingFilter(item: item.id), window: RowWindow(start: 0, count: 50)),
        slot: "audit.item.findings"
      ) { .findingsAnswered(place, $0) },
    ]
  }

  private static func takeItem(_ state: inout State, _ action: Action) -> [Effect<Action>] {
    switch action {
    case .itemAnswered(let place, .success(let details)) where place == state.wantedPlace:
      state.item = details
    case .evidenceAnswered(let place, .success(let evidence)) where place == state.wantedPlace:
      state.evidence = evidence
    case .findingsAnswered(let place, .success(let page)) where place == state.wantedPlace:
      state.findings = page.rows
    default: break
    }
    return []
  }

  // MARK: Going back

  /// Esc and `q`: end answering, leave the text, drop search, filter and marks; one at a time.
  private static func back(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    if state.isAnswering {
      state.isAnswering = false
    } else if state.focus == .text {
      state.focus = .tree
    } else if state.find != nil {
      state.find = nil
    } else if !state.filterText.isEmpty || !state.filter.isEmpty {
      return reduce(&state, .filterAccepted(""), context)
    } else if !state.table.marks.isEmpty || state.table.rangeStart != nil {
      state.table.clearMarks()
    }
    return []
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool {
    state.isAnswering || state.focus == .text || state.find != nil || !state.filterText.isEmpty
      || !state.table.marks.isEmpty || state.table.rangeStart != nil
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if layout.detail.contains(point) {
      state.focus = .text
      return []
    }
    let list = layout.list.splitBottom(1).rest
    guard let position = state.table.position(at: point, in: list) else { return [] }
    state.focus = .tree
    if position == state.table.cursor { return reduce(&state, .openPressed, context) }
    return move(&state, .to(position), context)
  }
}

/// Answers to one item that the tree may not show yet: one is on its way, the others wait for it.
public struct PendingAnswers: Sendable, Equatable {
  /// The item's version after the last one that is in the record; 0 before the first.
  public var version: Version = 0
  /// What all of them set, in order.
  public var edits: [AuditItemEdit] = []
  /// Those that wait.
  public var queue: [[AuditItemEdit]] = []
  /// Whether one is on its way.
  public var isUnderWay = false
}

/// An audit that is open, and the scale of its framework.
public struct OpenAudit: Sendable, Equatable {
  /// The audit as the list shows it.
  public var row: AuditRow
  /// The framework's scale; nil where answers are not scored.
  public var scale: ScoreScale?

  /// Makes an open audit.
  public init(row: AuditRow, scale: ScoreScale?) { (self.row, self.scale) = (row, scale) }
}

/// An item of an audit with all that is known around it.
public struct AuditItemText: Sendable, Equatable {
  /// Item, requirement and headings.
  public var details: AuditItemDetails.Details
  /// What proves the answer.
  public var evidence: [Evidence]
  /// What was found wrong.
  public var findings: [Finding]

  /// Makes the text of an item.
  public init(
    details: AuditItemDetails.Details,
    evidence: [Evidence] = [],
    findings: [Finding] = []
  ) {
    (self.details, self.evidence, self.findings) = (details, evidence, findings)
  }
}
