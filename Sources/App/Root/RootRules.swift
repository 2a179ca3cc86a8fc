import Drawing
import Model
import Panes

/// What concerns the rules that clocks rest on: reading them, faults in them, edited ones.
enum RootRules {
  static func reduce(_ state: inout RootState, _ action: RootAction) -> [RootEffect] {
    switch action {
    case .rulesLoaded(let rules):
      (state.world.rules, state.world.rulesProblem) = (rules, nil)
      // Only rules say which duties tell people.
      return state.view == .notices ? RootView.tell([], &state) : []
    case .rulesFaulty(let reason):
      state.world.rulesProblem = reason
      let first = reason.split(separator: "\n").first.map(String.init) ?? reason
      Root.show(Toast(.failure, "the rules cannot be used: \(first)"), &state)
      return RootReminders.ask(&state)
    case .clocksFailed(let reason):
      state.clockJob = nil
      Root.show(Toast(.failure, "the clocks could not be worked out: \(reason)"), &state)
      return RootReminders.ask(&state)
    case .clocksProgressed(let job):
      state.clockJob = job
      return []
    case .clocksStopped:
      (state.clockJob, state.areClocksStopped) = (nil, true)
      Root.show(
        Toast(.notice, "stopped: not all clocks know of everything; R works them out"),
        &state
      )
      return RootReminders.ask(&state)
    case .clocksUpdated(let organisation, let differences):
      (state.clockJob, state.areClocksStopped) = (nil, false)
      state.world.organisation = organisation
      if let differences {
        state.world.differences = differences
        if !differences.isEmpty {
          Root.show(
            Toast(
              .notice,
              "the rules were edited: \(differences.count) clocks would change; :rules shows them"
            ),
            &state
          )
        }
      }
      return RootReminders.ask(&state) + [Root.ask(ChangesSince(after: state.seenHead ?? .max))]
    case .rulesPressed:
      state.overlays.append(
        OverlayState(.reader(title: "Rules", lines: lines(state)), drafts: [:])
      )
      return []
    case .adoptPressed:
      let count = state.world.differences.count
      let request = Confirmation<RootAction>(
        title: "Adopt the edited rules?",
        lines: [
          Line("\(count) clocks of open incidents change."),
          Line("What they said before stays in their history.", .textMuted),
        ],
        doLabel: "Adopt",
        action: .adoptConfirmed
      )
      state.overlays.append(OverlayState(.confirm(request), drafts: [:]))
      return []
    case .adoptConfirmed: return [.adoptRules]
    default: return []
    }
  }

  /// Goes on with clocks that the officer has stopped.
  static func resume(_ state: inout RootState) -> [RootEffect] {
    guard state.areClocksStopped else { return [] }
    state.areClocksStopped = false
    return [.resumeClocks]
  }

  /// Whether something on the screen tells what rules say: until then they need not be read.
  static func areWanted(_ state: RootState) -> Bool {
    guard state.world.rules == nil else { return false }
    return [.clocks, .notices, .privacy].contains(state.view)
      || (state.view == .incidents && state.incidents.detail != nil)
      || state.overlays.contains { if case .reader = $0 { true } else { false } }
  }

  private static func lines(_ state: RootState) -> [Line] {
    if let problem = state.world.rulesProblem {
      return [Line("The rules cannot be used; clocks stay as they are.", .danger), Line("")]
        + problem.split(separator: "\n").map { Line(Untrusted(String($0))) }
    }
    guard let rules = state.world.rules else { return [Line("The rules are being read.")] }
    let own = rules.laws.filter(\.isOwn)
    var lines = [
      Line("\(rules.rules.count) rules of \(rules.laws.count) laws are in use."),
      Line(
        own.isEmpty
          ? "None of them is the organisation's own."
          : "Own: \(own.map(\.id).joined(separator: ", "))"
      ), Line(""),
    ]
    let zone = state.world.organisation?.zone ?? state.world.zone
    func words(_ obligation: Obligation?) -> String {
      guard let state = obligation?.state else { return "no clock" }
      return state.deadline.map { "due \(Look.minute($0.due, in: zone))" } ?? state.word
    }
    guard !state.world.differences.isEmpty else {
      return lines + [Line("All clocks rest on these rules.")]
    }
    lines.append(Line("They would change; :rules.adopt changes them", .heading))
    lines += state.world.differences.map {
      Line([
        Span("\(Exercise.marked($0.reference, $0.isExercise)) \($0.rule)  ", .textStrong),
        Span("\(words($0.before)) -> \(words($0.after))"),
      ])
    }
    return lines
  }
}
