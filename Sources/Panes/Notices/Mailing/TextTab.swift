public import Drawing
public import Model

/// The texts of a mailing beside what laws want of them: what a machine saw, what a person confirmed,
/// what stops approval; and the approval itself.
public enum TextTab: Pane {
  /// The parts that take keys.
  public enum Part: Int, Sendable, CaseIterable {
    case texts, items, body
  }

  /// A text with its review.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The text, and what was found.
    public var review: NoticeReview

    /// The text's number in the mailing.
    public var id: Int { review.text.number }
  }

  /// One thing that a law wants of a text; or the law, above its things.
  public struct ItemRow: Identifiable, Sendable, Equatable {
    /// The law's list of contents.
    public var law: NoticeReview.Law
    /// The thing; nil for the law itself.
    public var item: NoticeReview.Item?

    /// The list and the item in it.
    public var id: String { "\(law.content)/\(item?.id ?? "")" }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// The texts against the laws; nil until that was read.
    public var review: MailingReview?
    /// What was put up for approval, newest first.
    public var editions: [NoticeEdition] = []
    /// The texts.
    public var table = VirtualTable<Row>()
    /// What laws want of the text under the cursor.
    public var items = VirtualTable<ItemRow>()
    /// Which part takes the keys.
    public var part = Part.texts
    /// The first line of the text on the screen.
    public var top = 0
    /// Whether the part has the whole area.
    public var isZoomed = false
    /// The drafts that a further text can begin as, while one is chosen.
    public var picker: DraftPicker.State?
    /// Why it could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}

    /// The text under the cursor.
    var text: NoticeText? { table.selectedRow?.review.text }
    /// The edition that waits or is in force; nil where there is none.
    var live: NoticeEdition? { editions.first { $0.end == nil } }
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(Mailing)
    case reviewed(Result<MailingReview, ErrandFailure>)
    case editionsAnswered(Result<[NoticeEdition], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case partMoved(Int)
    case zoomPressed
    case openPressed
    case previewPressed
    case previewNumbered(String)
    case personAnswered(Result<LedgerPage.Answer, StoreError>)
    case sampled(Result<NoticeSample, ErrandFailure>)
    case settled(ItemRow, NoticeConfirmation.Verdict?)
    case reasoned(ItemRow, NoticeConfirmation.Verdict, String)
    case draftsRead(Result<[NoticeDraft], ErrandFailure>)
    case picker(DraftPicker.Action)
    case write(TextEvent)
    case approval(ApprovalEvent)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing):
      if let before = state.mailing, before.id != mailing.id { state = State() }
      state.mailing = mailing
      return [
        .perform(.notice(.review(mailing) { .reviewed($0) })),
        .ask(MailingEditions(mailing: mailing.id), slot: "mailing.editions") {
          .editionsAnswered($0)
        },
      ]
    case .reviewed(.success(let review)):
      (state.review, state.problem) = (review, nil)
      state.table.reload(review.texts.map { Row(review: $0) })
      loadItems(&state)
      return []
    case .reviewed(.failure(let failure)):
      state.problem = failure.reason
      return []
    case .editionsAnswered(.success(let editions)):
      state.editions = editions
      return []
    case .editionsAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .draftsRead, .picker: return choose(&state, action, context)
    case .moved(let motion):
      if state.picker != nil { return choose(&state, .picker(.moved(motion)), context) }
      move(&state, motion, context)
      return []
    case .pressed(let point):
      if state.picker != nil { return choose(&state, .picker(.pressed(point)), context) }
      return pressed(&state, point, context)
    case .partMoved(let step):
      state.part = Part.allCases.turned(from: state.part, by: step) ?? state.part
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return []
    case .openPressed:
      if state.part == .items, let row = state.items.selectedRow { return open(row) }
      return preview(state, of: nil)
    case .previewPressed:
      let prompt = PromptRequest<Action>(
        label: "as which person gets it, by number",
        text: "#",
        submit: { .previewNumbered($0) }
      )
      return [.present(.prompt(prompt))]
    case .previewNumbered(let text):
      guard let mailing = state.mailing, let number = Int64(text.filter { $0 != "#" && $0 != " " }),
        number > 0
      else { return [.toast(Toast(.notice, "a number such as #42; the tab of people has them"))] }
      return [
        .ask(
          LedgerPage(mailing: mailing.id, place: .after(number - 1), count: 1),
          slot: "mailing.person"
        ) { .personAnswered($0) }
      ]
    case .personAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .personAnswered(.success(let page)):
      guard let person = page.rows.first else {
        return [.toast(Toast(.notice, "nobody has that number"))]
      }
      return preview(state, of: person)
    case .sampled(.failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .sampled(.success(let sample)):
      return [.present(.reader(title: sample.title, lines: sample.lines))]
    case .settled(let row, let verdict): return settle(state, row, verdict)
    case .reasoned(let row, let verdict, let reason):
      return confirm(state, row, verdict, reason: reason)
    case .write(let event): return write(state, event, context)
    case .approval(let event): return approve(state, event, context)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  /// Gives the things that laws want of the text under the cursor.
  private static func loadItems(_ state: inout State) {
    let laws = state.table.selectedRow?.review.laws ?? []
    state.items.reload(
      laws.flatMap { law in
        [ItemRow(law: law, item: nil)] + law.items.map { ItemRow(law: law, item: $0) }
      }
    )
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext) {
    let layout = layout(state, context.area)
    switch state.part {
    case .texts:
      let before = state.table.cursor
      state.table.move(motion, height: max(1, layout.texts.rows - 1))
      guard state.table.cursor != before else { return }
      state.top = 0
      state.items = VirtualTable()
      loadItems(&state)
    case .items: state.items.move(motion, height: max(1, layout.items.rows - 1))
    case .body:
      var text = ScrollText(bodyLines(state))
      let size = Size(columns: max(1, layout.body.columns - 2), rows: max(1, layout.body.rows))
      text.move(.to(state.top), size: size)
      text.move(motion, size: size)
      state.top = text.top
    }
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if let position = state.table.position(at: point, in: layout.texts) {
      state.part = .texts
      move(&state, .to(position), context)
    } else if let position = state.items.position(at: point, in: layout.items) {
      let wasHere = state.part == .items && state.items.cursor == position
      state.part = .items
      if wasHere { return reduce(&state, .openPressed, context) }
      move(&state, .to(position), context)
    } else if layout.body.contains(point) {
      state.part = .body
    }
    return []
  }

  private static func preview(_ state: State, of person: Recipient?) -> [Effect<Action>] {
    guard let mailing = state.mailing, let text = state.text, let facts = state.review?.facts else {
      return []
    }
    return [
      .perform(
        .notice(
          .sample(mailing, text, facts, person, named: name(of: text, state)) { .sampled($0) }
        )
      )
    ]
  }

  /// What the version is called: with its edition where one has it.
  static func name(of text: NoticeText, _ state: State) -> String {
    let has = { (edition: NoticeEdition) in
      edition.facts.parts.contains { $0.text.versionName == text.versionName }
    }
    return state.live.flatMap { has($0) ? $0.reference(of: text) : nil } ?? text.versionName
  }

  // MARK: A person's word

  private static func open(_ row: ItemRow) -> [Effect<Action>] {
    guard let item = row.item else {
      return [.present(.reader(title: row.law.title, lines: lines(row.law)))]
    }
    let isConfirmed = item.confirmation != nil
    return [
      .present(
        .menu(
          MenuRequest(
            title: firstLine(item.text),
            entries: [
              .init(
                key: "c",
                label: item.isForbidden ? "the text does not say it" : "the text says it",
                note: item.citation,
                action: .settled(row, .holds)
              ),
              .init(
                key: "n",
                label: "does not apply …",
                note: "with a reason",
                action: .settled(row, .notApplicable)
              ),
              .init(
                key: "t",
                label: "take back",
                note: item.confirmation.map { "\($0.by), \($0.verdict.label)" } ?? "",
                availability: .when(isConfirmed, otherwise: "nobody has said anything"),
                action: .settled(row, nil)
              ),
            ]
          )
        )
      )
    ]
  }

  private static func settle(_ state: State, _ row: ItemRow, _ verdict: NoticeConfirmation.Verdict?)
    -> [Effect<Action>]
  {
    guard let verdict else { return confirm(state, row, nil, reason: "") }
    // What does not apply, or speaks against what was seen, needs a reason.
    let isAgainst = row.item.map { $0.isForbidden && !$0.sights.isEmpty } ?? false
    guard verdict == .notApplicable || isAgainst else {
      return confirm(state, row, verdict, reason: "")
    }
    let prompt = PromptRequest<Action>(
      label: "why",
      submit: { .reasoned(row, verdict, $0) }
    )
    return [.present(.prompt(prompt))]
  }

  private static func confirm(
    _ state: State,
    _ row: ItemRow,
    _ verdict: NoticeConfirmation.Verdict?,
    reason: String
  ) -> [Effect<Action>] {
    guard let text = state.text, let item = row.item else { return [] }
    let change = ConfirmNotice(
      id: text.id,
      version: text.version,
      content: row.law.content,
      item: item.id,
      verdict: verdict,
      reason: reason
    )
    return [.apply([change]) { .changed($0) }]
  }

  private static func lines(_ law: NoticeReview.Law) -> [Line] {
    [
      Line(law.citation, .textStrong),
      Line([Span("duties  ", .textMuted), Span(law.rules.joined(separator: ", "))]),
      Line([Span("people  ", .textMuted), Span(law.jurisdictions.joined(separator: ", "))]),
    ] + law.faults.map { Line(Untrusted("! \($0)"), .danger) }
  }
}
