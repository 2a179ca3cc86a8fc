import Drawing
import Model
import Testing

@testable import Panes

/// The tree of an audit, and answering in it.
struct `The items of an audit` {
  private static let now = Instant(seconds: 1_790_000_000)

  private static func context(_ columns: Int = 80, _ rows: Int = 20) -> PaneContext {
    PaneContext(
      now: now,
      zone: .utc,
      area: Size(columns: columns, rows: rows),
      actor: Actor(uid: 1, name: "mira")
    )
  }

  private static func details(
    _ state: AuditState = .open,
    scale: ScoreScale? = ScoreScale(minimum: 0, maximum: 4)
  ) -> OpenAudit {
    let audit = Audit(
      id: 7,
      reference: "AUD-2026-0001",
      version: 1,
      framework: 1,
      previous: nil,
      state: state,
      facts: AuditFacts(title: "Yearly"),
      startedAt: now,
      updatedAt: now
    )
    let row = AuditRow(
      audit: audit,
      framework: "f",
      edition: "1",
      name: "Framework",
      tally: AuditTally(),
      isFollowed: false
    )
    return OpenAudit(row: row, scale: scale)
  }

  /// Two chapters of three items each: places 0 to 7.
  private static let rows: [AuditTreeRow] = (0..<8).map { place in
    let isHeading = place % 4 == 0
    return AuditTreeRow(
      place: place,
      end: isHeading ? place + 4 : place + 1,
      depth: isHeading ? 1 : 2,
      reference: isHeading ? "\(place / 4 + 1)" : "\(place / 4 + 1).\(place % 4)",
      headline: "Line",
      score: isHeading ? AuditScore(items: 3) : nil,
      item: isHeading
        ? nil
        : AuditTreeRow.Item(
          id: RecordID(100 + place),
          version: 3,
          work: .toDo,
          result: .notAssessed,
          isExpired: false,
          score: place == 2 ? 4 : nil,
          target: nil,
          grade: nil,
          assignee: "",
          hasProposal: false,
          previous: nil
        )
    )
  }

  private func loaded(_ details: OpenAudit = details(), at cursor: Int = 1)
    -> AuditItemsTab.State
  {
    var state = AuditItemsTab.State()
    let context = Self.context()
    _ = AuditItemsTab.reduce(&state, .shown(details), context)
    let window = RowWindow(start: 0, count: 40)
    let page = Page(window: window, rows: Self.rows, total: Self.rows.count)
    _ = AuditItemsTab.reduce(&state, .answered(.success(page)), context)
    _ = AuditItemsTab.reduce(&state, .moved(.to(cursor)), context)
    return state
  }

  private func send(_ action: AuditItemsTab.Action, _ state: inout AuditItemsTab.State)
    -> [Effect<AuditItemsTab.Action>]
  {
    AuditItemsTab.reduce(&state, action, Self.context())
  }

  private func changes(_ effects: [Effect<AuditItemsTab.Action>]) -> [AnswerItem] {
    effects.flatMap { effect -> [AnswerItem] in
      if case .apply(let changes, _) = effect {
        changes.compactMap { $0 as? AnswerItem }
      } else {
        []
      }
    }
  }

  private func question<Q: Question>(_ effects: [Effect<AuditItemsTab.Action>], _ type: Q.Type)
    -> Q?
  {
    effects.lazy.compactMap { effect -> Q? in
      if case .ask(let asking) = effect { asking.question as? Q } else { nil }
    }.first
  }

  private func toast(_ effects: [Effect<AuditItemsTab.Action>]) -> String? {
    effects.lazy.compactMap { effect -> String? in
      if case .toast(let toast) = effect { toast.text } else { nil }
    }.first
  }

  private static func receipt(_ id: RecordID, _ version: Version) -> Receipt {
    Receipt(
      entry: 1,
      subject: Subject(.auditItem, id),
      version: version,
      reference: "AUD-2026-0001",
      isReversible: true
    )
  }

  // MARK: Answering

  @Test(arguments: [
    (Character("1"), AuditResult.conforms), ("c", .conforms), ("2", .partly), ("p", .partly),
    ("3", .doesNotConform), ("d", .doesNotConform), ("5", .notAssessed), ("o", .notAssessed),
  ])
  func `are answered by one key, which goes to the next item`(
    key: Character,
    result: AuditResult
  ) throws {
    var state = loaded(at: 3)
    _ = send(.answeringPressed, &state)
    #expect(state.isAnswering)
    let row = try #require(AuditItemsTab.table(state, for: .key(.character(key))).first)
    let effects = send(row.make(), &state)
    #expect(changes(effects) == [AnswerItem(id: 103, basedOn: 3, edits: [.result(result)])])
    // The heading between is passed over.
    #expect(state.table.selectedRow?.reference == "2.1")
  }

  @Test func `that do not apply ask for the reason first`() {
    var state = loaded()
    _ = send(.answeringPressed, &state)
    let asked = send(.resultPressed(.notApplicable), &state)
    guard case .present(.prompt(let prompt))? = asked.first else {
      Issue.record("no prompt")
      return
    }
    #expect(changes(asked).isEmpty)
    #expect(toast(send(prompt.submit(""), &state)) != nil)
    let effects = send(prompt.submit("no shops"), &state)
    #expect(changes(effects).first?.edits == [.result(.notApplicable), .reason("no shops")])
    #expect(state.table.cursor == 2)
  }

  @Test func `wait with a second answer for the first, and build on its version`() {
    var state = loaded()
    let first = send(.workPressed, &state)
    #expect(changes(first).first?.basedOn == 3)
    #expect(changes(send(.scorePressed(1), &state)).isEmpty)
    let second = send(.saved(101, .success([Self.receipt(101, 4)])), &state)
    #expect(changes(second) == [AnswerItem(id: 101, basedOn: 4, edits: [.score(0)])])
    #expect(send(.saved(101, .success([Self.receipt(101, 5)])), &state).isEmpty)
    // The tree was not read again yet; the version of its own last answer is known.
    #expect(changes(send(.workPressed, &state)).first?.basedOn == 5)
  }

  @Test func `say how many answers a failure took with it`() {
    var state = loaded()
    _ = send(.workPressed, &state)
    _ = send(.scorePressed(1), &state)
    let text = toast(send(.saved(101, .failure(.refused("no"))), &state))
    #expect(text?.contains("1 more") == true)
    #expect(state.pending.isEmpty)
  }

  @Test(arguments: [(1, 1, 0), (1, -1, nil), (2, 1, 4), (2, -1, 3)] as [(Int, Int, Int?)])
  func `take scores a step on, within the scale`(at: Int, step: Int, wanted: Int?) {
    var state = loaded(at: at)
    let edits = changes(send(.scorePressed(step), &state)).first?.edits
    let before = Self.rows[at].item?.score
    #expect(edits == (wanted == before ? nil : [.score(wanted)]))
  }

  @Test(arguments: [AuditState.signed, .planned])
  func `of an audit that is locked are not answered, and it is said why`(audit: AuditState) {
    var state = loaded(Self.details(audit))
    #expect(toast(send(.answeringPressed, &state))?.contains("Sign-off") == true)
    #expect(!state.isAnswering)
    #expect(changes(send(.workPressed, &state)).isEmpty)
  }

  @Test func `without a scale have no scores`() {
    var state = loaded(Self.details(scale: nil))
    let effects = send(.scorePressed(1), &state)
    #expect(changes(effects).isEmpty)
    #expect(toast(effects)?.contains("no scale") == true)
  }

  // MARK: The tree

  @Test func `fold up below a heading, and unfold where somebody goes to a hidden one`() throws {
    var state = loaded(at: 4)
    let folded = send(.openPressed, &state)
    #expect(question(folded, AuditTree.self)?.folded == [4])
    let next = send(.nextAnswered(.success(6)), &state)
    #expect(state.folded.isEmpty)
    #expect(question(next, AuditTreePosition.self)?.place == 6)
  }

  @Test func `keep what is folded above the line that is gone to`() {
    var state = loaded(at: 0)
    _ = send(.foldPressed, &state)
    _ = send(.nextAnswered(.success(6)), &state)
    #expect(state.folded == [0: 4])
  }

  @Test func `are left one step at a time`() {
    var state = loaded()
    _ = send(.filterAccepted("result:partly"), &state)
    _ = send(.answeringPressed, &state)
    #expect(AuditItemsTab.holdsBack(state))
    _ = send(.backPressed, &state)
    #expect(!state.isAnswering)
    _ = send(.backPressed, &state)
    #expect(state.filter.isEmpty)
    #expect(!AuditItemsTab.holdsBack(state))
  }

  @Test func `say what is wrong with a filter while it is typed, and keep the one in force`() {
    var state = loaded()
    _ = send(.filterTyped("result:partly"), &state)
    #expect(send(.filterTyped("result:party"), &state).isEmpty)
    #expect(state.filterProblem?.contains("party") == true)
    #expect(state.filter == AuditItemFilter(result: .partly))
  }

  @Test func `marked are altered together once it is confirmed how many they are`() {
    var state = loaded()
    _ = send(.markPressed, &state)
    _ = send(.markPressed, &state)
    let asked = send(.bulkChosen(.work(.done)), &state)
    #expect(question(asked, AuditItemsBelow.self)?.places == [1, 2])
    let items = Array(Self.rows[1...2])
    let shown = send(.bulkPrepared(.work(.done), .success(items)), &state)
    guard case .present(.confirm(let confirmation))? = shown.first else {
      Issue.record("no question")
      return
    }
    #expect(confirmation.title.contains("2 items"))
    #expect(changes(send(confirmation.action, &state)).map(\.id) == [101, 102])
  }
}

/// A filter of an audit's items, as it is typed.
struct `A filter of audit items` {
  @Test(arguments: [
    ("", AuditItemFilter()), ("result:partly", AuditItemFilter(result: .partly)),
    (
      "work:to-do grade:major has:finding backup plan",
      AuditItemFilter(work: .toDo, grade: .major, hasFinding: true, text: "backup plan")
    ),
    ("Result:CONFORMS is:below-target", AuditItemFilter(result: .conforms, isBelowTarget: true)),
    ("assignee:Kim has:proposal", AuditItemFilter(assignee: "Kim", hasProposal: true)),
    ("3.2", AuditItemFilter(text: "3.2")),
  ])
  func `reads fields and words`(text: String, filter: AuditItemFilter) throws {
    #expect(try AuditItemFilter(parsing: text) == filter)
  }

  @Test(arguments: [
    ("result:good", "conforms"), ("colour:red", "result"), ("work:", "to-do"),
    ("has:evidence", "finding"),
  ])
  func `says what would do where it makes no sense`(text: String, advice: String) {
    #expect {
      try AuditItemFilter(parsing: text)
    } throws: {
      "\($0)".contains(advice)
    }
  }

  @Test(arguments: [
    ("re", ["result:"]), ("x work:in", ["x work:in-progress", "x work:in-review"]), ("zz", []),
  ])
  func `completes its last term`(text: String, completions: [String]) {
    #expect(AuditItemFilter.completions(for: text) == completions)
  }
}
