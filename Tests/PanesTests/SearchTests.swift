import Drawing
import Model
import Panes
import Testing

/// Search as one types, its answers coming late and in any order.
struct `Search as one types` {
  /// A list of incidents of which only places are known: what a store would answer.
  private struct Desk {
    /// Where the hit of a text stands in the list.
    let place: @Sendable (String) -> Int
    let total = 100_000
    let context: PaneContext
    var state = IncidentsPane.State()
    /// What is under way, by slot; a later question of a slot makes the one before late.
    var waiting: [(slot: String, generation: Int, answer: IncidentsPane.Action)] = []
    var generations: [String: Int] = [:]

    init(rows: Int, _ place: @escaping @Sendable (String) -> Int) {
      self.place = place
      context = PaneContext(
        now: Instant(seconds: 0),
        zone: .utc,
        area: Size(columns: 80, rows: rows),
        actor: Actor(uid: 1, name: "mira")
      )
    }

    mutating func receive(_ action: IncidentsPane.Action) {
      for effect in IncidentsPane.reduce(&state, action, context) {
        guard case .ask(let asking) = effect else { continue }
        let generation = (generations[asking.slot] ?? 0) + 1
        generations[asking.slot] = generation
        if let answer = answer(asking.question) {
          waiting.append((asking.slot, generation, answer))
        }
      }
    }

    /// Delivers one of the answers that are under way; drops it where it is late.
    mutating func deliver(_ index: Int) {
      let (slot, generation, answer) = waiting.remove(at: index)
      if generations[slot] == generation { receive(answer) }
    }

    private func answer(_ question: any Question) -> IncidentsPane.Action? {
      switch question {
      case let question as Search:
        let id = RecordID(place(question.text) + 1)
        let hit = Search.Hit(
          subject: Subject(.incident, id),
          incident: id,
          reference: "",
          excerpt: ""
        )
        return .findAnswered(
          question.text,
          .success(Page(window: question.window, rows: [hit], total: 1))
        )
      case let question as IncidentPosition:
        return .positionAnswered(question.id, .success(Int(question.id) - 1))
      case let question as IncidentList:
        let range =
          question.window.start..<min(total, question.window.start + question.window.count)
        let page = Page(window: question.window, rows: range.map(row), total: total)
        return .pageAnswered(.success(page), keeping: state.list.selectedID)
      default: return nil
      }
    }

    private func row(_ place: Int) -> IncidentRow {
      IncidentRow(
        id: RecordID(place + 1),
        reference: "INC-\(place)",
        version: 1,
        title: "number \(place)",
        severity: nil,
        state: .triage,
        outcome: .undetermined,
        lead: nil,
        affected: nil,
        occurred: nil,
        aware: nil,
        openedAt: Instant(seconds: 0),
        updatedAt: Instant(seconds: 0),
        openTasks: 0,
        tags: []
      )
    }

    func isOnScreen(_ place: Int) -> Bool {
      var canvas = Canvas(context.area)
      IncidentsPane.draw(state, on: &canvas, in: Rect(context.area), context)
      return (0..<context.area.rows).contains {
        canvas.text(ofRow: $0).contains("number \(place) ")
      }
    }
  }

  /// A generator whose numbers are the same in each run.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
  }

  @Test(arguments: [12, 22, 38])
  func `ends on the hit of what was typed last, in whatever order the answers come`(rows: Int) {
    for seed in 0..<400 {
      var dice = Dice(state: UInt64(seed))
      // The hits of each stage: near the top, beyond the screen, far away.
      let near = [0, rows / 2, rows, 2 * rows, 3 * rows - 8, 3 * rows, 4 * rows, 5000, 99_990]
      let places = (0..<5).map { _ in near[dice.roll(near.count)] + dice.roll(rows) }
        .map { min($0, 99_999) }
      var desk = Desk(rows: rows) { places[min($0.count, 5) - 1] }
      desk.receive(.appeared)
      desk.deliver(0)
      var typed = ""
      var steps = 0
      while typed.count < 5 || !desk.waiting.isEmpty {
        steps += 1
        guard steps < 1000 else {
          Issue.record("seed \(seed): it asks for ever")
          return
        }
        if typed.count < 5, desk.waiting.isEmpty || dice.roll(3) == 0 {
          typed += "n"
          desk.receive(.findTyped(typed))
        } else {
          desk.deliver(dice.roll(desk.waiting.count))
        }
      }
      #expect(desk.state.list.selectedID == RecordID(places[4] + 1), "seed \(seed)")
      #expect(desk.isOnScreen(places[4]), "seed \(seed): \(places)")
    }
  }
}
