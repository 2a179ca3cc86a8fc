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
  public indirect enum Action: Sendable {
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
    case .moved(let motion):
      move(&state, motion, context)
      return []
    case .pressed(let point): return pressed(&state, point, context)
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
      .perform(.notice(.sample(mailing, text, facts, person) { .sampled($0) }))
    ]
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

/// A text as one person gets it.
public struct NoticeSample: Sendable {
  /// The text's name in its version, and whose eyes it is seen with.
  public var title: String
  /// Subject and text.
  public var notice: RenderedNotice
  /// Whether it holds a person's data unmasked.
  public var isPersonal: Bool

  /// Makes a sample.
  public init(title: String, notice: RenderedNotice, isPersonal: Bool = false) {
    (self.title, self.notice, self.isPersonal) = (title, notice, isPersonal)
  }

  /// The sample as it is read.
  var lines: [Line] {
    let role: Role = isPersonal ? .personal : .text
    let plain = notice.plain.split(separator: "\n", omittingEmptySubsequences: false)
    return [
      Line([
        Span("Subject  ", .textMuted),
        Span(Untrusted(notice.subject), isPersonal ? .personal : .textStrong),
      ]),
      Line(""),
    ] + plain.map { Line(Untrusted(String($0)), role) } + [
      Line(""), Line([Span("SHA-256  ", .textMuted), Span(notice.digest, .textMuted)]),
    ]
  }
}

/// What is done with texts outside of the record: checking, filling in, approving.
public enum NoticeErrand<Action: Sendable>: Sendable {
  /// Holds all texts of a mailing against the laws of those who get them.
  case review(Mailing, then: @Sendable (Result<MailingReview, ErrandFailure>) -> Action)
  /// Fills a text in for a person, or for one of those who get it; masked as the person came.
  ///
  /// The mailing is needed where no person is named.
  case sample(
    Mailing?,
    NoticeText,
    NoticeEditionFacts,
    Recipient?,
    then: @Sendable (Result<NoticeSample, ErrandFailure>) -> Action
  )
  /// Approves what was seen, by its digest and day: the texts, then those whom they cover.
  case approve(
    Mailing,
    digest: String,
    date: String,
    then: @Sendable (Result<ApprovalOutcome, ErrandFailure>) -> Action
  )

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> NoticeErrand<Outer> {
    switch self {
    case .review(let mailing, let then): .review(mailing, then: { wrap(then($0)) })
    case .sample(let mailing, let text, let facts, let person, let then):
      .sample(mailing, text, facts, person, then: { wrap(then($0)) })
    case .approve(let mailing, let digest, let date, let then):
      .approve(mailing, digest: digest, date: date, then: { wrap(then($0)) })
    }
  }
}

/// What came of an approval.
public struct ApprovalOutcome: Sendable, Equatable {
  /// The edition, waiting for a second person or in force.
  public var edition: NoticeEdition
  /// Who went to approved; nil while a second person is wanted.
  public var release: EditionRelease.Outcome?

  /// Makes an outcome.
  public init(edition: NoticeEdition, release: EditionRelease.Outcome?) {
    (self.edition, self.release) = (edition, release)
  }
}
