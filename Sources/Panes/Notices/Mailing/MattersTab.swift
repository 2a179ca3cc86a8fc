public import Drawing
public import Model

/// What came back from people: questions, complaints and requests, those that wait longest first.
///
/// Texts are sealed: one is read for a reason that is journalled, and no recording has it.
public enum MattersTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How many of which kind stand how.
    public var counts: [MatterNumbers.Count] = []
    /// The matters.
    public var table = VirtualTable<MailingMatter>()
    /// Which are shown; nil for all.
    public var shown: MatterState?
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(Mailing)
    case numbersAnswered(Result<[MatterNumbers.Count], StoreError>)
    case answered(Result<Page<MailingMatter>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case filterPressed
    case filterChosen(MatterState?)
    case readPressed
    case reasonTyped(RecordID, String)
    case read(Result<MailingMatter, StoreError>)
    case logPressed
    case logSubmitted([String: String])
    case logged(Result<RecordID, StoreError>)
    case answerPressed
    case answerSubmitted(RecordID, [String: String])
    case replied(Result<Version, StoreError>)
    case handOverPressed
    case handedOver(RecordID, String)
    case requestSubmitted(MailingMatter, [String: String])
    case taken(Result<RequestIntake.Outcome, StoreError>)
    case reopenPressed
    case changed(Result<[Receipt], StoreError>)
    case personPressed
    /// A person is to be shown; the pane around does it.
    case personWanted(Int64)
    case backPressed
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
        .ask(MatterNumbers(of: mailing.id), slot: "mailing.matter-numbers") {
          .numbersAnswered($0)
        }
      ] + ask(state, state.table.window(height: height(context)))
    case .numbersAnswered(.success(let counts)):
      state.counts = counts
      return []
    case .answered(.success(let page)):
      state.problem = nil
      state.table.load(start: page.window.start, rows: page.rows, total: page.total)
      return more(state, context)
    case .numbersAnswered(.failure(let error)), .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(context))
      return more(state, context)
    case .pressed(let point):
      let list = listArea(context.area)
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .filterPressed: return [.present(.menu(menu(state)))]
    case .filterChosen(let shown):
      state.shown = shown
      state.table = VirtualTable()
      return ask(state, state.table.window(height: height(context)))
    case .backPressed: return reduce(&state, .filterChosen(nil), context)
    case .personPressed:
      return state.table.selectedRow?.recipient.map { [.send(.personWanted($0))] } ?? []
    case .personWanted: return []
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .read(.failure(let error)), .logged(.failure(let error)),
      .replied(.failure(let error)), .taken(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .readPressed, .reasonTyped, .read, .logPressed, .logSubmitted, .logged, .answerPressed,
      .answerSubmitted, .replied, .handOverPressed, .handedOver, .requestSubmitted, .taken,
      .reopenPressed:
      return work(state, action, context)
    }
  }

  private static func ask(_ state: State, _ window: RowWindow) -> [Effect<Action>] {
    guard let mailing = state.mailing else { return [] }
    return [
      .ask(
        MailingMatters(of: mailing.id, states: state.shown.map { [$0] }, window: window),
        slot: "mailing.matters"
      ) { .answered($0) }
    ]
  }

  private static func more(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    state.table.more(height: height(context)).map { ask(state, $0) } ?? []
  }

  private static func menu(_ state: State) -> MenuRequest<Action> {
    func count(_ wanted: MatterState?) -> Int {
      state.counts.reduce(0) { wanted == nil || $1.state == wanted ? $0 + $1.count : $0 }
    }
    let keys = Array("ops")
    return MenuRequest(
      title: "Show what is",
      entries: [.init(key: "a", label: "all", note: "\(count(nil))", action: .filterChosen(nil))]
        + zip(keys, MatterState.allCases).map { key, state in
          .init(
            key: key,
            label: state.label,
            note: "\(count(state))",
            action: .filterChosen(state)
          )
        }
    )
  }

  // MARK: Reading, logging, answering

  private static func work(_ state: State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let mailing = state.mailing else { return [] }
    let matter = state.table.selectedRow
    switch action {
    case .readPressed:
      guard let number = matter?.number else { return [] }
      let prompt = PromptRequest<Action>(
        label: "why must it be read",
        submit: { .reasonTyped(number, $0) }
      )
      return [.present(.prompt(prompt))]
    case .reasonTyped(let number, let reason):
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.notice, "say why: it stands in the journal with your name"))]
      }
      return [.work(MatterReveal(of: mailing.id, number, reason: reason)) { .read($0) }]
    case .read(.success(let matter)):
      return [
        .present(.reader(title: "\(mailing.reference) · M\(matter.number)", lines: lines(matter)))
      ]
    case .logPressed:
      return [.present(.form(logForm(mailing)))]
    case .logSubmitted(let values):
      let number = (values["person"] ?? "").filter { $0 != "#" && $0 != " " }
      guard number.isEmpty || Int64(number) != nil else {
        return [.toast(Toast(.failure, "a person's number, such as #42; empty for somebody else"))]
      }
      do {
        let job = MatterIntake(
          into: mailing.id,
          values["kind"].flatMap(MatterKind.init(rawValue:)) ?? .question,
          from: Int64(number),
          over: values["channel"].flatMap(MailingChannel.init(rawValue:)) ?? .email,
          receivedAt: try StatedTime(
            reading: values["at"] ?? "now",
            context.reading,
            source: context.actor.name
          ),
          text: values["text"] ?? ""
        )
        return [.work(job) { .logged($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .logged(.success(let number)): return [.toast(Toast(.done, "logged as M\(number)"))]
    case .answerPressed:
      guard let matter else { return [] }
      let request = FormRequest<Action>(
        title: "\(mailing.reference) · Answer to M\(matter.number)",
        fields: [FormField.text("text", label: "Answer", isRequired: true)],
        isPersonal: true,
        submit: { .answerSubmitted(matter.number, $0) }
      )
      return [.present(.form(request))]
    case .answerSubmitted(let number, let values):
      return [
        .work(MatterAnswer(of: mailing.id, number, text: values["text"] ?? "")) { .replied($0) }
      ]
    case .replied(.success): return [.toast(Toast(.done, "the answer is kept, sealed"))]
    case .handOverPressed where matter?.kind == .rightsRequest:
      guard let matter else { return [] }
      return [.present(.form(RequestForms.take(mailing, matter) { .requestSubmitted(matter, $0) }))]
    case .requestSubmitted(let matter, let values):
      do {
        let job = try RequestForms.taking(mailing, matter, values, context)
        return [.work(job) { .taken($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .taken(.success(let outcome)):
      return [.toast(Toast(.done, "goes on as \(outcome.reference) in view 6"))]
    case .handOverPressed:
      guard let number = matter?.number else { return [] }
      let prompt = PromptRequest<Action>(
        label: "to whom, under which name there",
        text: "Privacy",
        submit: { .handedOver(number, $0) }
      )
      return [.present(.prompt(prompt))]
    case .handedOver(let number, let whom):
      let change = HandOverMatter(mailing: mailing.id, number: number, handedTo: whom)
      return [.apply([change]) { .changed($0) }]
    case .reopenPressed:
      guard let number = matter?.number else { return [] }
      return [.apply([ReopenMatter(mailing: mailing.id, number: number)]) { .changed($0) }]
    default: return []
    }
  }

  private static func logForm(_ mailing: Mailing) -> FormRequest<Action> {
    FormRequest(
      title: "\(mailing.reference) · What came back",
      fields: [
        FormField.choice(
          "kind",
          label: "It is a",
          options: MatterKind.allCases.map { ($0.rawValue, $0.label) }
        ),
        FormField.line(
          "person",
          label: "Person",
          help: "The number in this mailing, such as #42; empty for somebody who is not listed"
        ),
        FormField.choice(
          "channel",
          label: "Came by",
          options: MailingChannel.allCases.map { ($0.rawValue, $0.label) }
        ),
        FormField.line("at", label: "Received", value: "now", isRequired: true),
        FormField.text("text", label: "Text", help: "Sealed; no draft is kept", isRequired: true),
      ],
      isPersonal: true,
      submit: { .logSubmitted($0) }
    )
  }

  private static func lines(_ matter: MailingMatter) -> [Line] {
    func text(_ text: String?) -> [Line] {
      (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        .map { Line(Untrusted(String($0)), .personal) }
    }
    var lines =
      [
        Line([
          Span(matter.kind.label, .heading, .bold), Span("  by \(matter.channel.label), "),
          Span(matter.receivedAt.plainWithZone),
          Span(
            matter.recipient.map { "  from #\($0)" } ?? "  from somebody not listed",
            .textMuted
          ),
        ]),
        Line(""),
      ] + text(matter.text)
    if matter.answer != nil {
      lines += [Line(""), Line("Answered by \(matter.settledBy)", .heading)] + text(matter.answer)
    }
    return lines
  }

  // MARK: Rows in the table of actions

  private static let hasMatter: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "nothing is under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "matter.read",
        keys: [.enter, .character("l"), .right],
        label: "read …",
        help: "Read the text and the answer, for a reason that is journalled",
        section: .change,
        hint: 1,
        availability: hasMatter,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "matter.log",
        keys: [.character("c")],
        label: "write down",
        help: "Write down what came back: a question, a complaint, a request",
        section: .change,
        hint: 2,
        action: { _ in .logPressed }
      ),
      ActionRow(
        "matter.answer",
        label: "answer …",
        help: "Keep what was answered, sealed",
        section: .change,
        hint: 3,
        menuKey: "w",
        availability: { state in
          guard let matter = state.table.selectedRow else { return hasMatter(state) }
          return .when(matter.state == .open, otherwise: "it is \(matter.state.label)")
        },
        action: { _ in .answerPressed }
      ),
      ActionRow(
        "matter.hand-over",
        label: "to Privacy …",
        help: "Hand a request over to those who handle requests of people",
        section: .change,
        menuKey: "h",
        availability: { state in
          guard let matter = state.table.selectedRow else { return hasMatter(state) }
          return .when(matter.state == .open, otherwise: "it is \(matter.state.label)")
        },
        action: { _ in .handOverPressed }
      ),
      ActionRow(
        "matter.reopen",
        label: "open again",
        help: "Take back that it was handed over",
        section: .change,
        menuKey: "r",
        availability: { state in
          .when(
            state.table.selectedRow?.state == .handedOver,
            otherwise: "it was not handed over"
          )
        },
        action: { _ in .reopenPressed }
      ),
      ActionRow(
        "matter.person",
        label: "person",
        help: "Go to the person in the list of people",
        section: .find,
        menuKey: "p",
        availability: { state in
          .when(
            state.table.selectedRow?.recipient != nil,
            otherwise: "it came from somebody who is not listed"
          )
        },
        action: { _ in .personPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f"), .character("F")],
        label: "filter",
        help: "Show open, answered or handed over ones, or all",
        section: .find,
        hint: 4,
        action: { _ in .filterPressed }
      ),
    ]
}

extension MailingMatter: Identifiable {
  /// The number in the mailing.
  public var id: RecordID { number }
}
