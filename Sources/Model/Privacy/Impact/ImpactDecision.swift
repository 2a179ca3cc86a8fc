/// What is decided on an impact assessment.
public enum ImpactOutcome: String, Vocabulary {
  /// The threshold test says that no assessment is made.
  case notNeeded = "not-needed"
  case go
  case goWithMeasures = "go-with-measures"
  case stop
  /// The supervisory authority is consulted before anything is done.
  case consult

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .notNeeded: "no assessment needed"
    case .go: "go"
    case .goWithMeasures: "go with measures"
    case .stop: "stop"
    case .consult: "consult the authority"
    }
  }
}

/// What an activity said when a decision was made, as far as the decision rests on it.
public struct SeenActivity: Codable, Sendable, Hashable {
  /// The activity's reference.
  public var reference: String
  /// Its version.
  public var version: Version
  /// The fields that were not empty, as texts.
  public var fields: [String: String]

  /// The fields that a decision rests on: not the name, the owner and the day of review.
  public static let watched: [ActivityField] =
    ActivityField.allCases.filter { ![.name, .owner, .review].contains($0) }

  /// Makes what is seen of an activity.
  public init(_ activity: Activity) {
    (reference, version) = (activity.reference, activity.version)
    fields = [:]
    for field in Self.watched {
      let text = Self.text(field, activity.facts)
      if !text.isEmpty { fields[field.rawValue] = text }
    }
  }

  /// The field without when data were last justified: that alters nothing about them.
  private static func text(_ field: ActivityField, _ facts: ActivityFacts) -> String {
    guard field == .data else { return field.text(facts) }
    return FieldList.joined(facts.data.map { FieldList.pair($0.category, " = ", $0.why) })
  }
}

/// Something that is otherwise in an activity than when the decision was made.
public struct ImpactDifference: Codable, Sendable, Hashable {
  /// The activity.
  public var activity: String
  /// The field; empty where the activity as a whole came or went.
  public var field: String
  /// What it said then.
  ///
  /// Foreign text.
  public var then: String
  /// What it says now.
  ///
  /// Foreign text.
  public var now: String

  /// Makes a difference.
  public init(activity: String, field: String, then: String, now: String) {
    (self.activity, self.field, self.then, self.now) = (activity, field, then, now)
  }

  /// The difference in a line.
  public var text: String {
    field.isEmpty
      ? "\(activity): \(then.isEmpty ? "was added" : "was removed")"
      : "\(activity) \(field): \(then.isEmpty ? "nothing" : then) -> \(now.isEmpty ? "nothing" : now)"
  }
}

/// A decision with its reasons, and what it rested on.
public struct ImpactDecision: Codable, Sendable, Hashable {
  /// What was decided.
  public var outcome: ImpactOutcome
  /// Why.
  ///
  /// Foreign text; not empty.
  public var reason: String
  /// Who decided.
  ///
  /// Foreign text; not empty.
  public var decidedBy: String
  /// When.
  public var decidedAt: StatedTime
  /// What the activities said.
  public var seen: [SeenActivity] = []
  /// The account that wrote it down; the store says so.
  public var recordedBy = ""
  /// When it was written down; the store says so.
  public var recordedAt: Instant?
  /// Whether a second person must approve it, as the organisation asked then; the store says so.
  public var needsApproval = false
  /// The account that approved it; empty while nobody has.
  public var approvedBy = ""
  /// When; nil while nobody has.
  public var approvedAt: Instant?
  /// Why it no longer holds: it was refused or opened again; empty while it stands.
  ///
  /// Foreign text.
  public var ended = ""
  /// The account that refused it or opened the assessment again.
  public var endedBy = ""

  /// Makes a decision.
  public init(
    _ outcome: ImpactOutcome,
    reason: String,
    decidedBy: String,
    decidedAt: StatedTime
  ) {
    (self.outcome, self.reason) = (outcome, reason)
    (self.decidedBy, self.decidedAt) = (decidedBy, decidedAt)
  }

  /// Whether it waits for a second person.
  public var isWaiting: Bool { needsApproval && approvedBy.isEmpty }

  /// The decision in a line.
  public var text: String {
    var text = "\(outcome.label), \(decidedBy), \(decidedAt.plain): \(reason)"
    if !approvedBy.isEmpty { text += " (approved by \(approvedBy))" }
    if !ended.isEmpty { text += " (ended by \(endedBy): \(ended))" }
    return text
  }

  /// What is otherwise now in the activities that it rested on.
  ///
  /// - Parameter activities: The activities of the assessment that are on their list.
  /// - Returns: The differences by activity and field; none where it still rests on what is so.
  public func differences(_ activities: [Activity]) -> [ImpactDifference] {
    let now = activities.map(SeenActivity.init)
    var found: [ImpactDifference] = []
    for then in seen {
      guard let now = now.first(where: { $0.reference == then.reference }) else {
        found.append(
          ImpactDifference(activity: then.reference, field: "", then: then.reference, now: "")
        )
        continue
      }
      for field in SeenActivity.watched {
        let pair = (then.fields[field.rawValue] ?? "", now.fields[field.rawValue] ?? "")
        guard pair.0 != pair.1 else { continue }
        found.append(
          ImpactDifference(
            activity: then.reference,
            field: field.label.lowercased(),
            then: pair.0,
            now: pair.1
          )
        )
      }
    }
    let known = Set(seen.map(\.reference))
    return found
      + now.filter { !known.contains($0.reference) }.map {
        ImpactDifference(activity: $0.reference, field: "", then: "", now: $0.reference)
      }
  }
}

extension ImpactFacts {
  /// What is missing for a decision of a kind, in sentences; none where it can be made.
  public func missing(for outcome: ImpactOutcome) -> [String] {
    var missing: [String] = []
    func want(_ holds: Bool, _ sentence: String) { if !holds { missing.append(sentence) } }
    let result = threshold.result
    if case .open(let left) = result {
      want(false, "\(left) threshold question\(left == 1 ? " is" : "s are") open (art. 35(1))")
    }
    if outcome == .notNeeded {
      if case .required(let questions) = result {
        let laws = questions.map(\.citation).joined(separator: ", ")
        want(false, "an assessment must be made: \(laws)")
      }
      // WP248, III.B.a: reasons are documented, with the views of the officer.
      if case .indicated = result {
        want(opinion != nil, "two criteria or more are met: the officer's view is wanted (WP248)")
      }
      return missing
    }
    func hasWords(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
    want(hasWords(description), "the processing is not described (art. 35(7)(a))")
    want(hasWords(necessity), "why it is necessary is not said (art. 35(7)(b))")
    want(!risks.isEmpty, "no risk is named (art. 35(7)(c))")
    want(opinion != nil, "the officer was not asked (art. 35(2))")
    want(views != nil, "whether people were asked is not said (art. 35(9))")
    switch outcome {
    case .go, .goWithMeasures:
      want(
        !needsConsultation,
        consultation == nil
          ? "a high risk is left: the authority is consulted first (art. 36(1))"
          : "a high risk is left, and the authority has not answered yet (art. 36(2))"
      )
      let planned = measures.filter { $0.state == .planned }
      if outcome == .go {
        want(
          planned.isEmpty,
          "measures are planned only: that is to go with measures"
        )
      }
      for measure in planned where measure.owner == nil || measure.due == nil {
        want(outcome == .go, "measure \(measure.number) has no owner or no day")
      }
    case .consult:
      want(residual == .high, "no high risk is left to be consulted about (art. 36(1))")
    case .stop, .notNeeded: break
    }
    return missing
  }
}

extension ImpactFacts {
  /// Whether what is decided came about by a step that an account may take: deciding, approving what another
  /// decided, opening it again.
  ///
  /// The store asks it of every alteration, whatever change makes it.
  public func decides(after old: ImpactFacts?, at now: Instant, by account: String) -> Bool {
    let before = old?.decision
    if decision == before { return earlier == old?.earlier ?? [] }
    guard let decision else { return earlier.dropLast() == (old?.earlier ?? [])[...] }
    guard earlier == old?.earlier ?? [] else { return false }
    guard var approved = before else {
      return old != nil && decision.recordedBy == account && decision.recordedAt == now
        && decision.approvedBy.isEmpty && missing(for: decision.outcome).isEmpty
    }
    (approved.approvedBy, approved.approvedAt) = (account, now)
    return approved == decision && approved.recordedBy != account
  }
}
