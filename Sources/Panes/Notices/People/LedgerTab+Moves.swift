import Drawing
public import Model

/// What can happen when people are taken to another state.
public enum MoveEvent: Sendable {
  case pressed
  case chosen(RecipientState)
  case submitted(RecipientMovePlan, [String: String])
  case confirmed(RecipientMovePlan, RecipientStep)
  case moved(RecipientState, Result<Int, StoreError>)
}

/// Who goes to another state, and who does not.
public struct RecipientMovePlan: Sendable, Equatable {
  /// Where they go.
  public var target: RecipientState
  /// Those who go, by filter; used where no numbers are given.
  public var filter = LedgerFilter()
  /// Those who go, by number; nil for all that pass the filter.
  public var numbers: [Int64]?
  /// How many go.
  public var count: Int
  /// How many stand there already.
  public var there: Int
  /// How many may not go there from where they stand, by state.
  public var kept: [RecipientState: Int]

  /// Looks at who would go to a state.
  init(_ people: LedgerTab.Meant, to target: RecipientState, _ status: MailingStatus.Answer?) {
    let counts = people.counts(status)
    let sources = counts.filter { $0.key != target && $0.key.next.contains(target) }
    self.target = target
    count = sources.values.reduce(0, +)
    there = counts[target] ?? 0
    kept = counts.filter { $0.key != target && sources[$0.key] == nil }
    switch people {
    case .filter(let filter):
      self.filter = filter
      self.filter.states = Set(sources.keys)
    case .numbers(let states):
      numbers = states.filter { sources[$0.value] != nil }.keys.sorted()
    }
  }
}

extension LedgerTab {
  /// Takes people to another state: which one, why, and a look at who goes before it is done.
  static func move(_ state: inout State, _ event: MoveEvent, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch event {
    case .pressed: return [.present(.menu(targets(state)))]
    case .chosen(let target):
      let plan = RecipientMovePlan(meant(state), to: target, state.status)
      guard plan.count > 0 else { return [] }
      let request = FormRequest<Action>(
        title: "\(people(plan.count)): \(target.label)",
        fields: fields(target, state.mailing),
        submit: { .move(.submitted(plan, $0)) }
      )
      return [.present(.form(request))]
    case .submitted(let plan, let values):
      let step = RecipientStep(
        to: plan.target,
        channel: values["channel"].flatMap(MailingChannel.init(rawValue:)),
        cause: values["cause"] ?? ""
      )
      return [.present(.confirm(question(plan, step)))]
    case .confirmed(let plan, let step):
      guard let mailing = state.mailing else { return [] }
      return [
        .work(
          RecipientMove(of: mailing.id, plan.filter, numbers: plan.numbers, to: step),
          title: plan.count > 1000 ? "\(mailing.reference): \(plan.target.label)" : nil
        ) { .move(.moved(plan.target, $0)) }
      ]
    case .moved(let target, .success(let count)):
      state.table.clearMarks()
      (state.marked, state.isAllMarked) = ([:], false)
      state.card?.isStale = true
      return [.toast(Toast(.done, "\(people(count)): \(target.label)"))]
    case .moved(_, .failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func people(_ count: Int) -> String {
    count == 1 ? "1 person" : "\(Look.count(Int64(count))) people"
  }

  private static func targets(_ state: State) -> MenuRequest<Action> {
    let people = meant(state)
    let entries = zip("abcdefghijklm", RecipientState.allCases).map { key, target in
      let plan = RecipientMovePlan(people, to: target, state.status)
      let kept = plan.kept.values.reduce(0, +)
      let note =
        Look.count(Int64(plan.count)) + (kept > 0 ? ", \(Look.count(Int64(kept))) cannot" : "")
      return MenuRequest<Action>.Entry(
        key: key,
        label: target.label,
        note: plan.count > 0 ? note : "",
        availability: .when(
          plan.count > 0,
          otherwise: plan.there > 0 && kept == 0
            ? "they stand so already" : "not from where they stand"
        ),
        action: .move(.chosen(target))
      )
    }
    return MenuRequest(title: "Move to", entries: entries)
  }

  private static func fields(_ target: RecipientState, _ mailing: Mailing?) -> [FormField] {
    let channels = mailing?.facts.channels ?? []
    let usual: MailingChannel? =
      switch target {
      case .deliveredByPost: .post
      case .spokeByPhone: .telephone
      default: nil
      }
    let offered = MailingChannel.allCases.filter { channels.contains($0) || $0 == usual }
    return [
      FormField.line(
        "cause",
        label: "Why",
        help: "Stands in each person's history, and in proofs",
        isRequired: target == .exempt || target == .unreachable
      ),
      FormField.choice(
        "channel",
        label: "Over",
        value: usual?.rawValue ?? "",
        options: [("", "no channel")] + offered.map { ($0.rawValue, $0.label) }
      ),
    ]
  }

  private static func question(_ plan: RecipientMovePlan, _ step: RecipientStep)
    -> Confirmation<Action>
  {
    func row(_ label: String, _ count: Int, _ role: Role) -> Line {
      Line([Span("\(Look.count(Int64(count)))  ", role, .bold), Span(label)])
    }
    var lines = [
      row(
        plan.count == 1 ? "becomes \(plan.target.label)" : "become \(plan.target.label)",
        plan.count,
        .textStrong
      )
    ]
    if plan.there > 0 { lines.append(row("stand so already and stay", plan.there, .textMuted)) }
    for (state, count) in plan.kept.sorted(by: { $0.key.code < $1.key.code }) {
      lines.append(row("\(state.label): cannot become that, and stay", count, .warning))
    }
    if !step.cause.isEmpty {
      lines.append(Line([Span("why: ", .textMuted), Span(Untrusted(step.cause))]))
    }
    lines.append(Line("It stands in their history; nothing takes it back.", .textMuted))
    return Confirmation(
      title: "\(people(plan.count)): \(plan.target.label)",
      lines: lines,
      typedWord: plan.count > 1 ? String(plan.count) : nil,
      doLabel: "Move",
      action: .move(.confirmed(plan, step))
    )
  }
}
