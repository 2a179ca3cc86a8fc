import Drawing
import Model

/// The forms for audits as a whole.
enum AuditForms {
  /// The fields for what is said of an audit.
  static func fields(_ facts: AuditFacts) -> [FormField] {
    func day(_ id: String, _ label: String, _ value: String) -> FormField {
      FormField.line(
        id,
        label: label,
        value: value,
        help: "Such as 2026-12-31",
        check: { AuditDay.isDay($0) ? nil : "a day such as 2026-12-31" }
      )
    }
    return [
      FormField.line("title", label: "Title", value: facts.title, isRequired: true),
      FormField.line(
        "scope",
        label: "Scope",
        value: facts.scope,
        help: "What is looked at: a site, a system, the whole organisation"
      ),
      day("from", "From", facts.from), day("until", "Until", facts.until),
      FormField.line("auditor", label: "Auditor", value: facts.auditor),
      FormField.line(
        "reviewers",
        label: "Reviewers",
        value: facts.reviewers.joined(separator: ", "),
        help: "Names with commas between"
      ),
      FormField.line(
        "months",
        label: "Every",
        value: facts.months.map(String.init) ?? "",
        help: "The next is due after so many months; empty for never",
        check: { Int($0).map { $0 > 0 } ?? false ? nil : "a number of months" }
      ),
    ]
  }

  /// What the values say of an audit.
  static func facts(_ values: [String: String], _ groups: [String]) -> AuditFacts {
    func value(_ id: String) -> String { values[id] ?? "" }
    return AuditFacts(
      title: value("title"),
      scope: value("scope"),
      groups: groups,
      from: value("from"),
      until: value("until"),
      auditor: value("auditor"),
      reviewers: names(value("reviewers")),
      months: Int(value("months"))
    )
  }

  /// The names in a list with commas between.
  static func names(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty }
  }

  /// What the values set that the audit does not say already.
  static func edits(_ values: [String: String], _ audit: Audit) -> [AuditEdit] {
    let facts = facts(values, audit.facts.groups)
    let wanted: [AuditEdit] = [
      .title(facts.title), .scope(facts.scope), .from(facts.from), .until(facts.until),
      .auditor(facts.auditor), .reviewers(facts.reviewers), .months(facts.months),
    ]
    return wanted.filter { audit.current(of: $0) != $0 }
  }

  /// The title of the audit after one: a year at its end goes on.
  static func next(after title: String, _ year: Int) -> String {
    let words = title.split(separator: " ", omittingEmptySubsequences: false)
    guard let last = words.last.flatMap({ Int($0) }), (1900...9998).contains(last) else {
      return title
    }
    return (words.dropLast().map(String.init) + ["\(max(last + 1, year))"])
      .joined(separator: " ")
  }

  /// The fields for a new audit: framework, the audit before, groups, and what is said of it.
  static func starting(
    _ frameworks: [FrameworkRow],
    _ audits: [AuditRow],
    chosen: RecordID?,
    after previous: AuditRow?,
    _ context: PaneContext
  ) -> [FormField] {
    let framework = chosen ?? previous?.audit.framework
    var facts = previous?.audit.facts ?? AuditFacts(title: "", auditor: context.actor.name)
    let year = CivilTime(context.now).year
    facts.title =
      previous.map { next(after: $0.audit.facts.title, year) }
      ?? frameworks.first { $0.id == chosen }.map { "\($0.name) \(year)" } ?? ""
    (facts.from, facts.until) = ("", "")
    return [
      FormField.choice(
        "framework",
        label: "Framework",
        value: framework.map(String.init) ?? "",
        options: frameworks.map { (String($0.id), "\($0.name), edition \($0.edition)") },
        help: "←/→ or the first letter chooses"
      ),
      FormField.choice(
        "previous",
        label: "After",
        value: previous.map { String($0.id) } ?? "",
        options: [("", "no audit before it")]
          + audits.map { (String($0.id), "\($0.audit.reference) \($0.audit.facts.title)") },
        help: "Its answers come along as previous ones: shown, and counting for nothing"
      ),
      FormField.line(
        "groups",
        label: "Groups",
        value: previous?.audit.framework == framework
          ? facts.groups.joined(separator: ", ") : "",
        help: "Parts of the framework, with commas between; empty takes its usual ones, or all"
      ),
    ] + fields(facts)
  }
}
