internal import Exchange
internal import Model

/// How training is told to people.
enum TrainingWords {
  /// Words with commas.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { part in
      part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  /// Where somebody stands with a course.
  static func standing(_ standing: TrainingRule.Standing, _ form: CourseKind) -> Words {
    let done: Words = form == .course ? "done" : "acknowledged"
    let last: Words =
      standing.last.map { "\(done) \($0.on.iso) (\($0.version))" } ?? "never \(done)"
    let until = standing.until?.iso
    switch standing.state {
    case .done: return "\(last), holds \(until.map { "until \($0)" } ?? "without end")"
    case .due where standing.last == nil: return "due by \(until ?? "?")"
    case .due: return "due again by \(until ?? "?"); \(last)"
    case .overdue: return "overdue since \(until ?? "?")"
    case .expired: return "expired \(until ?? "?"); \(last)"
    }
  }

  /// A share in tenths of a percent.
  static func share(_ tenths: Int?) -> Words {
    tenths.map { "\($0 / 10).\($0 % 10) %" } ?? "-"
  }

  /// So many seconds in words.
  static func length(_ seconds: Int64?) -> Words {
    guard let seconds else { return "-" }
    return switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
    }
  }
}

extension JSON {
  /// A day, or null.
  static func day(_ day: DayNumber?) -> JSON { .text(day?.iso) }

  /// How many duties stand how.
  static func tally(_ tally: DutyTally) -> JSON {
    .members([
      "total": .count(tally.total), "done": .count(tally.done), "due": .count(tally.due),
      "overdue": .count(tally.overdue), "expired": .count(tally.expired),
    ])
  }

  /// A member of staff; the name only where it was revealed.
  static func staff(_ line: StaffLine, _ name: StaffIdentity?) -> JSON {
    let facts = line.staff.facts
    return .members([
      "id": .integer(line.id), "pseudonym": .string(facts.pseudonym),
      "group": .string(line.group), "roles": .texts(facts.roles), "joined": .day(facts.joined),
      "left": .day(facts.left), "erased": .bool(facts.isErased),
      "name_kept": .bool(!facts.sealed.isEmpty), "duties": .tally(line.standing),
      "name": .text(name?.name), "number": .text(name?.number), "email": .text(name?.email),
      "version": .integer(line.staff.version),
    ])
  }

  /// Somebody's duty.
  static func duty(_ row: TrainingDuties.Row) -> JSON {
    .members([
      "person": .string(row.pseudonym), "staff": .integer(row.staff), "group": .string(row.group),
      "course": .string(row.code), "kind": .string(row.form.rawValue),
      "state": .string(row.standing.state.rawValue), "until": .day(row.standing.until),
      "last_on": .day(row.standing.last?.on), "last_version": .text(row.standing.last?.version),
    ])
  }

  /// A completion.
  static func completion(_ completion: Completion, _ code: String) -> JSON {
    .members([
      "id": .integer(completion.id), "staff": .integer(completion.facts.staff),
      "course": .string(code), "course_version": .string(completion.facts.version),
      "on": .day(completion.facts.on), "source": .string(completion.facts.source),
      "version": .integer(completion.version),
    ])
  }

  /// A course or handling protocol.
  static func course(_ course: Course) -> JSON {
    let facts = course.facts
    return .members([
      "id": .integer(course.id), "code": .string(facts.code), "name": .string(facts.name),
      "kind": .string(facts.form.rawValue),
      "valid_months": facts.validMonths.map { .count($0) } ?? .null,
      "versions": .array(
        facts.versions.map { version in
          .members([
            "label": .string(version.label), "from": .day(version.from),
            "renew": .bool(version.mustRenew), "summary": .string(version.summary),
            "sha256": .text(version.digest.isEmpty ? nil : version.digest),
          ])
        }
      ),
      "where": .string(facts.address), "version": .integer(course.version),
    ])
  }
}
