import Drawing
import Model

/// The forms of the view of people, and what becomes of their values.
enum PeopleForms {
  /// A value that cannot stand so, in words.
  struct Wrong: Error, CustomStringConvertible {
    var description: String
  }

  /// Reads a day; empty is today.
  static func day(_ text: String, _ context: PaneContext) throws -> DayNumber {
    let zone = context.organisation?.zone ?? .utc
    guard !text.isEmpty else { return DayNumber(context.now, in: zone) }
    guard let day = try StatedTime(reading: text, context.reading).day else {
      throw Wrong(description: "name a day, such as 2026-05-14")
    }
    return day
  }

  /// The fields of something that somebody did.
  static func completion(_ course: CourseFacts, on today: DayNumber) -> [FormField] {
    [
      FormField.line(
        "on",
        label: course.form == .course ? "Completed on" : "Acknowledged on",
        value: today.iso,
        isRequired: true
      ),
      FormField.choice(
        "version",
        label: "Version",
        value: course.version(on: today)?.label ?? "",
        options: course.versions.reversed().map { ($0.label, "\($0.label) from \($0.from.iso)") }
      ),
      FormField.line(
        "source",
        label: "Known from",
        help: "A certificate, a list; names nobody. May be empty"
      ),
    ]
  }

  /// The fields of a member of staff; no name is among them.
  static func member(_ facts: StaffFacts, _ groups: [TrainingStatus.Group]) -> [FormField] {
    [
      FormField.choice(
        "group",
        label: "Group",
        value: "\(facts.group)",
        options: groups.map { ("\($0.id)", $0.name) }
      ),
      FormField.line(
        "roles",
        label: "Roles",
        value: facts.roles.joined(separator: ", "),
        help: "With commas; plans may ask for them"
      ),
      FormField.line(
        "joined",
        label: "Joined",
        value: facts.joined?.iso ?? "",
        help: "The first day; empty is not known"
      ),
      FormField.line(
        "left",
        label: "Left",
        value: facts.left?.iso ?? "",
        help: "The day from which the person is not there; empty while it is open"
      ),
    ]
  }

  /// What the values say of a member of staff.
  static func member(
    _ values: [String: String],
    _ before: StaffFacts,
    _ context: PaneContext
  ) throws -> StaffFacts {
    func day(_ id: String) throws -> DayNumber? {
      guard let text = values[id], !text.isEmpty else { return nil }
      return try Self.day(text, context)
    }
    var facts = before
    facts.group = values["group"].flatMap(RecordID.init) ?? before.group
    facts.roles = list(values["roles"] ?? "")
    (facts.joined, facts.left) = (try day("joined"), try day("left"))
    return facts
  }

  /// Words with commas, each once.
  private static func list(_ text: String) -> [String] {
    let words = text.split(separator: ",")
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    return Set(words.filter { !$0.isEmpty }).sorted()
  }

  /// The fields of a course or protocol; with its first version where it is new.
  static func course(_ facts: CourseFacts?, on today: DayNumber) -> [FormField] {
    let known = [
      FormField.line(
        "code",
        label: "Code",
        value: facts?.code ?? "",
        help: "One word by which it is named, such as PHISH-1",
        isRequired: true
      ),
      FormField.line("name", label: "Name", value: facts?.name ?? "", isRequired: true),
      FormField.choice(
        "kind",
        label: "Kind",
        value: facts?.form.rawValue ?? "",
        options: [
          (CourseKind.course.rawValue, "course, which is completed"),
          (CourseKind.handlingProtocol.rawValue, "protocol, which is acknowledged"),
        ]
      ),
      FormField.line(
        "months",
        label: "Holds months",
        value: facts?.validMonths.map(String.init) ?? "",
        help: "Empty: without end"
      ),
      FormField.line("where", label: "Where", value: facts?.address ?? "", help: "May be empty"),
    ]
    return facts == nil ? known + version(on: today, isFirst: true) : known
  }

  /// The fields of a version.
  static func version(on today: DayNumber, isFirst: Bool) -> [FormField] {
    [
      FormField.line(
        "label",
        label: "Version",
        value: isFirst ? "1" : "",
        help: "Such as 2026.1",
        isRequired: true
      ),
      FormField.line("from", label: "In force from", value: today.iso, isRequired: true),
    ]
      + (isFirst
        ? []
        : [
          FormField.choice(
            "renew",
            label: "Older ones",
            options: [("no", "still hold"), ("yes", "must be renewed within the plan's days")]
          ),
          FormField.line("summary", label: "What is new", help: "May be empty"),
        ])
  }

  /// What the values say of a course.
  static func course(
    _ values: [String: String],
    _ before: CourseFacts?,
    _ context: PaneContext
  ) throws -> CourseFacts {
    func value(_ id: String) -> String { values[id] ?? "" }
    var months: Int?
    if !value("months").isEmpty {
      guard let number = Int(value("months")), number > 0 else {
        throw Wrong(description: "for how many months it holds is a number; empty: without end")
      }
      months = number
    }
    let facts = CourseFacts(
      code: value("code"),
      name: value("name"),
      form: CourseKind(rawValue: value("kind")) ?? before?.form ?? .course,
      validMonths: months,
      versions: try before?.versions ?? [version(values, context)],
      address: value("where")
    )
    if let problem = facts.problem { throw Wrong(description: problem) }
    return facts
  }

  /// What the values say of a version.
  static func version(_ values: [String: String], _ context: PaneContext) throws -> CourseVersion {
    CourseVersion(
      label: values["label"] ?? "",
      from: try day(values["from"] ?? "", context),
      mustRenew: values["renew"] == "yes",
      summary: values["summary"] ?? ""
    )
  }

  /// The fields of a plan.
  static func plan(_ facts: TrainingPlanFacts, _ groups: [StaffGroup]) -> [FormField] {
    let names = facts.groups.map { id in groups.first { $0.id == id }?.facts.name ?? "\(id)" }
    return [
      FormField.line("name", label: "Name", value: facts.name, isRequired: true),
      FormField.line(
        "groups",
        label: "Groups",
        value: names.joined(separator: ", "),
        help: "With commas; with roles also empty it is everybody"
      ),
      FormField.line(
        "roles",
        label: "Roles",
        value: facts.roles.joined(separator: ", "),
        help: "With commas; these too, whatever their group"
      ),
      FormField.line(
        "days",
        label: "Within days",
        value: "\(facts.days)",
        help: "Of the plan's first day, or of joining where that is later",
        isRequired: true
      ),
      FormField.line("from", label: "From", value: facts.from.iso, isRequired: true),
    ]
  }

  /// What the values say of a plan.
  static func plan(
    _ values: [String: String],
    _ before: TrainingPlanFacts,
    _ groups: [StaffGroup],
    _ context: PaneContext
  ) throws -> TrainingPlanFacts {
    guard let days = Int(values["days"] ?? "") else {
      throw Wrong(description: "within how many days is a number")
    }
    return TrainingPlanFacts(
      name: values["name"] ?? "",
      course: before.course,
      groups: try list(values["groups"] ?? "").map { name in
        guard
          let group = groups.first(where: { $0.facts.name.lowercased() == name.lowercased() })
        else { throw Wrong(description: "there is no group \(name)") }
        return group.id
      },
      roles: list(values["roles"] ?? ""),
      days: days,
      from: try day(values["from"] ?? "", context)
    )
  }
}
