public import Drawing
import Model

extension ChannelsTab {
  struct Layout {
    var list: Rect
    var sending: Rect
  }

  static func layout(_ state: State, _ area: Size) -> Layout {
    let (list, rest) = Rect(area).splitTop(min(max(2, state.table.total + 1), area.rows))
    return Layout(list: list, sending: rest.splitTop(rest.rows > 6 ? 1 : 0).rest)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, context.area)
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "",
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    guard let sending = state.sending else { return }
    let area = layout.sending.moved(by: rect).inset(columns: 1)
    let (live, plan) = area.splitTop(min(5, area.rows))
    drawLive(sending, state, on: &canvas, in: live, context)
    canvas.stack(lines(sending.plan, columns: plan.columns), in: plan)
  }

  private static let columns: [TableColumn<Row>] = {
    func count(_ id: String, _ title: String, _ states: Set<RecipientState>, _ role: Role)
      -> TableColumn<Row>
    {
      TableColumn(id, title: title, width: .fixed(11), alignment: .right, priority: 5) { row in
        let count = row.counts.reduce(0) { states.contains($1.key) ? $0 + $1.value : $0 }
        return count == 0 ? Line("·", .textMuted) : Line(Look.count(Int64(count)), role)
      }
    }
    return [
      TableColumn("place", title: "", width: .fixed(2), alignment: .right, priority: 8) {
        Line($0.place.map { "\($0)" } ?? "–", .textMuted)
      },
      TableColumn(
        "channel",
        title: "Told over",
        width: .flexible(minimum: 13, weight: 1),
        priority: 10
      ) { Line($0.channel.label, .textStrong) },
      count("queued", "queued", [.queued], .stateProgress),
      count("handed", "handed over", [.handedOver], .information),
      count("back", "came back", MailingCoverage.Part.cameBack.states, .danger),
      count("reached", "reached", MailingCoverage.Part.reached.states, .success),
    ]
  }()

  // MARK: The sending

  private static func drawLive(
    _ sending: MailingSending.Answer,
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (head, rest) = rect.splitTop(1)
    canvas.write(Line("E-mails", .heading), in: head)
    var lines: [Line] = []
    if let lease = sending.lease {
      canvas.write(headline(lease), in: head.splitLeft(min(10, head.columns)).rest)
      if lease.isActive {
        // Whoever is in hand is marked as uncertain until it is known what became of them.
        let inHand = max(0, sending.uncertain - lease.counts.uncertain)
        let left = state.count([.queued]) + min(inHand, sending.plan?.claim ?? inHand)
        let done = lease.counts.handedOver
        var gauge = Gauge(count: done, of: max(1, done + left), role: .information)
        gauge.label =
          "\(Look.count(Int64(done))) of \(Look.count(Int64(done + left)))"
          + (timeLeft(lease, left).map { ", \($0) left" } ?? "")
        gauge.draw(on: &canvas, in: rest.splitTop(1).top)
        lines.append(Line(""))
      }
      lines += [counts(lease)]
      if !lease.problem.isEmpty {
        lines.append(Line([Span("! ", .danger, .bold), Span(Untrusted(lease.problem), .danger)]))
      }
    } else if let obstacle = obstacle(state) {
      lines.append(Line("Nothing was sent yet: \(obstacle).", .textMuted))
    } else {
      lines.append(Line("Ready to be sent; x s sends.", .success))
    }
    if sending.uncertain > 0, sending.lease?.isActive != true {
      lines.append(
        Line(
          "? \(Look.count(Int64(sending.uncertain))) uncertain: x u says what became of them",
          .warning,
          .bold
        )
      )
    }
    canvas.stack(lines, in: rest)
  }

  private static func headline(_ lease: SendingLease) -> Line {
    let (words, role): (String, Role) =
      switch lease.activity {
      case .ended: ("ended", .stateDone)
      case _ where !lease.isAlive: ("! broke off", .danger)
      case .sending where lease.wish == .pause: ("pausing", .warning)
      case .sending: (lease.wish == .run ? "sending" : "ending", .stateProgress)
      case .paused: ("paused", .warning)
      case .quiet: ("quiet hours", .information)
      }
    var spans = [
      Span(words, role, .bold), Span("  by ", .textMuted), Span(Untrusted(lease.actor)),
      Span("  process \(lease.process.id)", .textMuted),
      Span("  since \(Look.minute(lease.startedAt))", .textMuted),
    ]
    if let until = lease.waitsUntil, lease.isActive {
      spans.append(Span("  until \(Look.minute(until)) UTC", .information))
    }
    return Line(spans)
  }

  private static func counts(_ lease: SendingLease) -> Line {
    let counts = lease.counts
    var spans = [
      Span(Look.count(Int64(counts.handedOver)), .textStrong), Span(" handed over", .textMuted),
    ]
    for (count, words, role) in [
      (counts.refused, "refused by the program", Role.danger),
      (counts.unfit, "without an address", .warning), (counts.uncertain, "uncertain", .warning),
    ] where count > 0 {
      spans += [
        Span("  "), Span(Look.count(Int64(count)), role), Span(" \(words)", .textMuted),
      ]
    }
    return Line(spans)
  }

  /// How long those who are left take at the pace so far; nil while that is not known.
  static func timeLeft(_ lease: SendingLease, _ left: Int) -> String? {
    let done = lease.counts.handedOver
    let passed = (lease.seenAt - lease.startedAt).wholeMilliseconds
    guard lease.activity == .sending, done > 0, left > 0, passed >= 1000 else { return nil }
    return TimeWords.length(.milliseconds(passed * Int64(left) / Int64(done)))
  }

  /// The plan, one part a line or two side by side.
  private static func lines(_ plan: SendingPlan?, columns: Int) -> [Line] {
    guard let plan else {
      return [
        Line("Plan", .heading), Line("Nobody said how e-mails are sent; e says it.", .warning),
      ]
    }
    let parts = plan.named.map { name, value in
      [
        Span(label(name).padded(to: 14), .textMuted),
        value.isEmpty ? Span("–", .textMuted) : Span(Untrusted(value)),
      ]
    }
    let half = (parts.count + 1) / 2
    let left = (parts.prefix(half).map { Text.width(of: Line($0)) }.max() ?? 0) + 2
    guard columns >= left + 28 else { return [Line("Plan", .heading)] + parts.map { Line($0) } }
    let rows = (0..<half).map { row -> Line in
      let line = Line(parts[row])
      guard row + half < parts.count else { return line }
      let gap = left - Text.width(of: line)
      return line + Line([Span(String(repeating: " ", count: gap))] + parts[row + half])
    }
    return [Line("Plan", .heading)] + rows
  }
}
