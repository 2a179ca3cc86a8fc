public import Drawing
public import Model

/// How values of the record look wherever they are shown: one place for words and roles.
public enum Look {
  /// A severity, told by word and by role; not bold, which costs a reset of everything each row.
  public static func severity(_ severity: Severity?) -> Span {
    switch severity {
    case .critical: Span("critical", .severityCritical)
    case .high: Span("high", .severityHigh)
    case .medium: Span("medium", .severityMedium)
    case .low: Span("low", .severityLow)
    case nil: Span("–", .severityNone)
    }
  }

  /// The sign that an exercise bears, with a space behind it; nothing for a real incident.
  public static func exercise(_ isExercise: Bool) -> [Span] {
    isExercise ? [Span(Exercise.sign, .badge, .bold), Span(" ")] : []
  }

  /// A state of handling.
  public static func state(_ state: IncidentState) -> Span {
    let role: Role =
      switch state {
      case .reported, .triage: .stateOpen
      case .confirmed, .contained, .eradicated: .stateProgress
      case .recovered, .review: .stateDone
      case .closed: .stateClosed
      }
    return Span(state.label, role)
  }

  /// A state of a task, with a sign that needs no colour.
  public static func task(_ state: TaskState) -> Span {
    switch state {
    case .todo: Span("[ ] to do", .stateOpen)
    case .doing: Span("[~] doing", .stateProgress)
    case .done: Span("[x] done", .stateDone)
    case .dropped: Span("[-] dropped", .stateClosed)
    }
  }

  /// When a task is due, seen from now: the words say whether it is late.
  public static func due(_ due: StatedTime?, isOpen: Bool, now: Instant) -> Span {
    guard let due else { return Span("no due time", .textMuted) }
    guard isOpen else { return Span(due.plain, .deadlineMet) }
    if due.latest < now {
      return Span("\(TimeWords.length(now - due.latest)) late", .deadlineOverdue, .bold)
    }
    let left = due.latest - now
    let role: Role = left < .seconds(86_400) ? .deadlineSoon : .deadlineLater
    return Span("in \(TimeWords.length(left))", role)
  }

  /// A time as it was stated; what is not known is said.
  public static func time(_ time: StatedTime?) -> Span {
    guard let time else { return Span("not known", .textMuted) }
    return Span(time.plainWithZone)
  }

  /// A time as it was stated, to the minute at most, for narrow columns.
  public static func brief(_ time: StatedTime?) -> Span {
    guard let time else { return Span("not known", .textMuted) }
    guard time.precision == .second else { return Span(Untrusted(time.plainWithZone)) }
    let civil = CivilTime(time.earliest, offset: time.zone.offset(at: time.earliest))
    return Span("\(civil.isoMinute) \(time.zone.name)")
  }

  /// A time as it was stated, to the minute at most and without its zone: 16 columns for what a
  /// list can only show in passing.
  public static func narrow(_ time: StatedTime?) -> String {
    guard let time else { return "–" }
    guard time.precision == .second else { return time.plain }
    let civil = CivilTime(time.earliest, offset: time.zone.offset(at: time.earliest))
    return civil.isoMinute
  }

  /// An instant in UTC, to the minute.
  public static func minute(_ instant: Instant) -> String {
    CivilTime(instant).isoMinute
  }

  /// Yes, no, or not known.
  public static func answer(_ value: Bool?) -> Span {
    switch value {
    case true?: Span("yes")
    case false?: Span("no")
    case nil: Span("not known", .textMuted)
    }
  }

  /// A number of people with thousands apart; nil is not zero.
  public static func count(_ number: Int64?) -> String {
    guard let number else { return "?" }
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(" ", at: place)
      place -= 3
    }
    return String(digits)
  }
}

/// Lengths of time in words.
public enum TimeWords {
  /// A length in its two largest units: `9 h 12 min`, `3 d 4 h`, `under a minute`.
  public static func length(_ length: Duration) -> String {
    let minutes = abs(length.wholeMilliseconds) / 60_000
    switch minutes {
    case 0: return "under a minute"
    case 1..<60: return "\(minutes) min"
    case 60..<1440:
      return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    case 1440..<(1440 * 14):
      let hours = minutes % 1440 / 60
      return hours == 0 ? "\(minutes / 1440) d" : "\(minutes / 1440) d \(hours) h"
    default: return "\(minutes / 1440) d"
    }
  }

  /// How long ago something was, in one short unit: `9h`, `3d`, `now`.
  public static func age(_ instant: Instant, now: Instant) -> String {
    let minutes = (now - instant).wholeMilliseconds / 60_000
    switch minutes {
    case ..<0: return "ahead"
    case 0: return "now"
    case 1..<60: return "\(minutes)m"
    case 60..<1440: return "\(minutes / 60)h"
    case 1440..<(1440 * 1000): return "\(minutes / 1440)d"
    default: return "\(minutes / 525_600)y"
    }
  }

  /// When `age` will next read differently.
  public static func nextAge(_ instant: Instant, now: Instant) -> Instant {
    let minutes = max(0, (now - instant).wholeMilliseconds / 60_000)
    let step: Int64 = minutes < 60 ? 1 : minutes < 1440 ? 60 : 1440
    return instant + .seconds((minutes / step + 1) * step * 60)
  }
}
