import Drawing
import Model
import Panes

/// What the officer is told when a step before a deadline passes: once, with a bell and in words.
enum RootReminders {
  /// Asks for the clocks that run out next.
  static func ask(_ state: inout RootState) -> [RootEffect] {
    let effects = pass(&state)
    state.reminders.willRead()
    let question = NearClocks(now: state.world.now, limit: ReminderWatch.limit)
    return effects + [
      .pane(.ask(question, slot: "root.reminders") { .nearClocksAnswered($0) })
    ]
  }

  static func answered(
    _ answer: Result<NearClocks.Answer, StoreError>,
    _ state: inout RootState
  ) -> [RootEffect] {
    switch answer {
    case .failure(let error):
      Root.show(Toast(.failure, "reminders could not be read: \(error)"), &state)
      return []
    case .success(let answer):
      let isFirst = state.reminders.near == nil
      let hours = state.world.organisation?.reminderHours ?? Organisation().reminderHours
      let news = state.reminders.take(answer, hours: hours, now: state.world.now)
      if isFirst { state.greeting = greeting(state, answer) }
      return told(news, &state)
    }
  }

  /// Says which steps have passed by now; and what passed earlier, when nothing else is being said.
  static func pass(_ state: inout RootState) -> [RootEffect] {
    let effects = told(state.reminders.pass(to: state.world.now), &state)
    if state.toast == nil, let greeting = state.greeting {
      state.greeting = nil
      Root.show(greeting, &state)
    }
    return effects
  }

  /// Says which steps have passed, and reads on where more clocks have come near.
  static func passAndRead(_ state: inout RootState) -> [RootEffect] {
    state.reminders.mustRead(at: state.world.now) ? ask(&state) : pass(&state)
  }

  /// What the window is called: `tocsin: 2 clocks < 12 h, 1 late`.
  static func title(_ state: RootState) -> String {
    let line = state.reminders.line(now: state.world.now)
    return line.isEmpty ? "tocsin" : "tocsin: \(line)"
  }

  private static func greeting(_ state: RootState, _ answer: NearClocks.Answer) -> Toast? {
    let (now, longest) = (state.world.now, state.reminders.longestStep)
    let isNear = answer.clocks.first.map { $0.due <= now + longest } ?? false
    guard isNear || answer.late + answer.lateExercises > 0 else { return nil }
    let line = state.reminders.line(now: now, within: longest)
    return Toast(.notice, "before you came: \(line) · 3 shows them")
  }

  private static func told(_ news: [ReminderWatch.News], _ state: inout RootState) -> [RootEffect] {
    guard let first = news.first else { return [] }
    let more = news.count > 1 ? " · and \(news.count - 1) more: 3 shows them" : ""
    let kind: Toast.Kind = news.contains { $0.hours == 0 } ? .failure : .notice
    Root.show(Toast(kind, words(first, now: state.world.now) + more), &state)
    state.toast?.outlastsKeys = true
    return state.isBellOn ? [.ring] : []
  }

  private static func words(_ news: ReminderWatch.News, now: Instant) -> String {
    let (clock, left) = (news.clock, Countdown.words(until: news.clock.due, now: now))
    let words =
      clock.due < now
      ? "\(clock.reference) \(clock.rule) is late: it was due \(Look.minute(clock.due)) UTC"
      : "\(clock.reference) \(clock.rule): \(left) left"
    return Exercise.marked(words, clock.isExercise)
  }
}
