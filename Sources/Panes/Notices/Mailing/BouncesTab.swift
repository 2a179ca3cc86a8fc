public import Drawing
public import Model

/// What came back of a mailing: how many for which reason, and what became of the people.
public enum BouncesTab: Pane {
  /// A reason, with how many people went where for it.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The reason.
    public var reason: BounceReason
    /// How many, by what became of them.
    public var counts: [BounceOutcome: Int]

    /// The reason's word.
    public var id: String { reason.rawValue }
    /// How many in all.
    public var total: Int { counts.values.reduce(0, +) }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How far the mailing is.
    public var status: MailingStatus.Answer?
    /// The reasons, most first.
    public var table = VirtualTable<Row>()
    /// Why it could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public indirect enum Action: Sendable {
    case shown(Mailing, MailingStatus.Answer)
    case answered(Result<[MailingBounces.Row], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    /// Those who stand so are to be listed; the pane around does it.
    case opened(LedgerFilter)
    case importPressed
    case importSubmitted([String: String])
    case imported(isDryRun: Bool, Result<BounceImport, ErrandFailure>)
    case retryPressed
    case retryPlanned(Result<RetryNumbers, StoreError>)
    case retryConfirmed
    case retried(Result<RetryNumbers, StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing, let status):
      if let before = state.mailing, before.id != mailing.id { state = State() }
      (state.mailing, state.status) = (mailing, status)
      return [
        .ask(MailingBounces(mailing: mailing.id), slot: "mailing.bounces") { .answered($0) }
      ]
    case .answered(.success(let rows)):
      state.problem = nil
      state.table.reload(board(rows))
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(1, listArea(context.area).rows - 1))
      return []
    case .pressed(let point):
      guard let position = state.table.position(at: point, in: listArea(context.area)) else {
        return []
      }
      return reduce(&state, .moved(.to(position)), context)
    case .openPressed:
      return [
        .send(
          .opened(LedgerFilter(states: MailingCoverage.Part.cameBack.states.union([.unreachable])))
        )
      ]
    case .opened: return []
    case .importPressed, .importSubmitted, .imported, .retryPressed, .retryPlanned,
      .retryConfirmed, .retried:
      return work(state, action, context)
    }
  }

  /// The reasons, most first.
  static func board(_ rows: [MailingBounces.Row]) -> [Row] {
    var counts: [BounceReason: [BounceOutcome: Int]] = [:]
    for row in rows { counts[row.reason, default: [:]][row.outcome, default: 0] += row.count }
    return counts.map { Row(reason: $0.key, counts: $0.value) }
      .sorted { ($1.total, $0.id) < ($0.total, $1.id) }
  }

  // MARK: Taking in and trying again

  private static func work(_ state: State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let mailing = state.mailing else { return [] }
    switch action {
    case .importPressed:
      let request = FormRequest<Action>(
        title: "\(mailing.reference) · Take mails in that came back",
        fields: [
          FormField.line(
            "path",
            label: "From",
            help: "A mail, a mailbox, a Maildir or a folder on this host",
            isRequired: true
          ),
          FormField.choice(
            "addresses",
            label: "By address",
            options: [("", "only tell of them"), ("yes", "take them: I have looked at them")],
            help: "Anybody can have written mails that have only the address"
          ),
          FormField.choice(
            "dry",
            label: "Now",
            options: [("", "take them in"), ("dry", "only say what would be done")]
          ),
        ],
        draftKey: "mailing.bounces.\(mailing.id)",
        submit: { .importSubmitted($0) }
      )
      return [.present(.form(request))]
    case .importSubmitted(let values):
      let order = BounceOrder(
        mailing: mailing.id,
        path: values["path"] ?? "",
        takesAddresses: values["addresses"] == "yes",
        isDryRun: values["dry"] == "dry"
      )
      return [
        .perform(.bounces(order) { .imported(isDryRun: order.isDryRun, $0) })
      ]
    case .imported(let isDryRun, .success(let summary)):
      return [
        .present(
          .reader(
            title: isDryRun ? "What would be done" : "Mails that came back",
            lines: lines(summary, isDryRun: isDryRun)
          )
        )
      ]
    case .imported(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .retryPressed:
      return [
        .work(MailingRetry(of: mailing.id, isDryRun: true), title: "\(mailing.reference): counting")
        { .retryPlanned($0) }
      ]
    case .retryPlanned(.failure(let error)), .retried(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .retryPlanned(.success(let numbers)):
      return [.present(question(numbers, mailing, context))]
    case .retryConfirmed:
      return [
        .work(MailingRetry(of: mailing.id), title: "\(mailing.reference): trying again") {
          .retried($0)
        }
      ]
    case .retried(.success(let numbers)):
      let count = Look.count(Int64(numbers.moved))
      return [.toast(Toast(.done, "\(count) people are tried again, or given up"))]
    default: return []
    }
  }

  private static func lines(_ summary: BounceImport, isDryRun: Bool) -> [Line] {
    func row(_ label: String, _ count: Int, _ role: Role = .text) -> [Line] {
      count == 0
        ? []
        : [Line([Span(label.padded(to: 26), .textMuted), Span(Look.count(Int64(count)), role)])]
    }
    var lines = row("mails read", summary.mails)
    for kind in BounceKind.allCases { lines += row("  \(kind.label)", summary.kinds[kind] ?? 0) }
    lines += [Line(""), Line(isDryRun ? "Would become" : "Became", .heading)]
    for state in RecipientState.allCases {
      lines += row("  \(state.label)", summary.moved[state] ?? 0, .textStrong)
    }
    lines += row("  kept beside the person", summary.noted)
    lines += row("  delayed, only counted", summary.counted)
    lines += row("  taken in before", summary.known)
    func listed(_ title: String, _ count: Int, _ problems: [ImportProblem]) -> [Line] {
      guard count > 0 else { return [] }
      let rows = problems.map {
        Line([Span(Untrusted($0.at + "  "), .textMuted), Span(Untrusted($0.reason))])
      }
      return [Line(""), Line("\(title): \(Look.count(Int64(count)))", .heading)] + rows
    }
    lines += listed("By address only: look and confirm", summary.byAddressCount, summary.byAddress)
    lines += listed("Of nobody here", summary.unmatchedCount, summary.unmatched)
    return lines + listed("Refused", summary.refusedCount, summary.refused)
  }

  private static func question(
    _ numbers: RetryNumbers,
    _ mailing: Mailing,
    _ context: PaneContext
  ) -> Overlay<Action> {
    func row(_ words: String, _ count: Int, _ role: Role = .textStrong) -> [Line] {
      count == 0
        ? [] : [Line([Span("\(Look.count(Int64(count)))  ", role, .bold), Span(words)])]
    }
    var lines: [Line] = []
    for channel in MailingChannel.allCases {
      lines += row("once more by \(channel.label)", numbers.again[channel] ?? 0)
      lines += row("next by \(channel.label)", numbers.next[channel] ?? 0)
    }
    lines += row("unreachable: no channel is left", numbers.unreachable, .warning)
    let due = numbers.due.map { ", the first at \(Look.minute($0)) UTC" } ?? ""
    lines += row("wait still\(due)", numbers.waiting, .textMuted)
    lines += row("protected: left to a person", numbers.protected, .textMuted)
    guard numbers.moved > 0 else {
      return .reader(
        title: "\(mailing.reference) · Try again",
        lines: [Line("Nobody is to be tried again now.", .textStrong)] + lines
      )
    }
    return .confirm(
      Confirmation(
        title: "\(mailing.reference) · Try again",
        lines: lines,
        typedWord: String(numbers.moved),
        doLabel: "Try again",
        action: .retryConfirmed
      )
    )
  }

  // MARK: Drawing

  private static func listArea(_ area: Size) -> Rect { Rect(area).splitTop(1).rest }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (head, list) = rect.splitTop(1)
    var spans = [Span(" Now ", .textMuted)]
    for standing in [RecipientState.bouncedHard, .bouncedSoft, .complaint, .unreachable] {
      let count = state.status?.count([standing]) ?? 0
      spans += [
        Look.recipient(standing), Span(" \(Look.count(Int64(count)))  ", .textStrong),
      ]
    }
    canvas.write(Line(spans), in: head)
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "No mail was taken in; x b takes a mailbox or a folder of mails in.",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
  }

  private static let columns: [TableColumn<Row>] = {
    func count(
      _ id: String,
      _ title: String,
      _ priority: Int,
      _ outcome: BounceOutcome,
      _ role: Role
    )
      -> TableColumn<Row>
    {
      TableColumn(id, title: title, width: .fixed(9), alignment: .right, priority: priority) {
        let count = $0.counts[outcome] ?? 0
        return count == 0 ? Line("·", .textMuted) : Line(Look.count(Int64(count)), role)
      }
    }
    return [
      TableColumn(
        "reason",
        title: "Why it came back",
        width: .flexible(minimum: 18, weight: 1),
        priority: 10
      ) { row in
        Line([
          Span(row.reason.label, .textStrong),
          Span(row.reason.isHard ? "  for good" : "", .danger),
        ])
      },
      count("hard", "hard", 9, .moves(.bouncedHard), .danger),
      count("soft", "soft", 8, .moves(.bouncedSoft), .warning),
      count("complaint", "complaint", 7, .moves(.complaint), .danger),
      count("noted", "noted", 6, .noted, .textMuted),
      count("counted", "delayed", 5, .counted, .textMuted),
      TableColumn("all", title: "mails", width: .fixed(9), alignment: .right, priority: 4) {
        Line(Look.count(Int64($0.total)))
      },
    ]
  }()

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "bounces.people",
        keys: [.enter, .character("l"), .right],
        label: "people",
        help: "List those who came back, and those who cannot be reached",
        section: .move,
        hint: 1,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "bounces.import",
        label: "take in …",
        help: "Take mails in that came back: a mail, a mailbox, a Maildir or a folder",
        section: .change,
        hint: 2,
        menuKey: "b",
        availability: {
          .when($0.mailing?.erasedAt == nil, otherwise: "its recipients were erased")
        },
        action: { _ in .importPressed }
      ),
      ActionRow(
        "bounces.retry",
        label: "try again …",
        help: "Queue soft ones again and take hard ones to the next channel, by the rule",
        section: .change,
        hint: 3,
        menuKey: "y",
        availability: { state in
          .when(
            state.status.map { $0.count([.bouncedSoft, .bouncedHard]) > 0 } ?? false,
            otherwise: "nobody stands as bounced"
          )
        },
        action: { _ in .retryPressed }
      ),
    ]
}
