/// What is known of a phishing exercise: a made-up mail that was sent to staff to see what happens.
///
/// What each person did stands in rows of its own, by number and without a name; the digest of those
/// rows stands here, so that the journal commits to them.
public struct PhishingFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .phishing }
  /// What the journal's actions begin with.
  public static var word: String { "phishing" }
  /// What people call it.
  public static var noun: String { "phishing exercise" }

  /// What it is called; another than all others'.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// The day on which the first mail went out, in the organisation's zone.
  public var sentOn: DayNumber
  /// What the mail pretended to be.
  ///
  /// Foreign text; may be empty.
  public var lure: String
  /// How many rows of results there are.
  public var count: Int
  /// SHA-256 over the rows in hexadecimal.
  public var results: String

  /// Makes facts.
  public init(name: String, sentOn: DayNumber, lure: String = "", count: Int, results: String) {
    (self.name, self.sentOn, self.lure) = (name, sentOn, lure)
    (self.count, self.results) = (count, results)
  }

  /// How people name it in a line.
  public var title: String { name }

  /// The facts by name, as texts.
  public var named: [(String, String)] {
    [
      ("name", name), ("sent on", sentOn.iso), ("lure", lure), ("results", "\(count)"),
      ("digest", results),
    ]
  }
}

/// A phishing exercise, as the record keeps it.
public typealias PhishingExercise = KeptRecord<PhishingFacts>

/// What one person did with the mail of an exercise.
///
/// Each step takes those before it with it: who clicked has opened, whether or not a picture was loaded.
public struct PhishingResult: Sendable, Hashable {
  /// To whom it was sent: an e-mail address, which is never written down.
  public var email: String
  /// When it was sent; nil where it was not, or nobody says.
  public var sentAt: Instant?
  /// When it was opened first; nil where it was not, or nobody says when.
  public var openedAt: Instant?
  /// When the link was followed first; nil likewise.
  public var clickedAt: Instant?
  /// When data were submitted first; nil likewise.
  public var submittedAt: Instant?
  /// When it was reported first; nil likewise.
  public var reportedAt: Instant?
  /// How far the person went.
  public var reached: Step
  /// Whether the person reported it.
  public var isReported: Bool

  /// How far a person went.
  public enum Step: Int, Codable, Sendable, Comparable, CaseIterable {
    /// It was not sent (yet), or could not be.
    case notSent
    case sent, opened, clicked, submitted

    /// Orders by how far it went.
    public static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  /// Makes a result.
  public init(email: String, reached: Step = .notSent, isReported: Bool = false) {
    (self.email, self.reached, self.isReported) = (email, reached, isReported)
  }

  /// Takes in that something happened at an instant; the first time of each counts.
  public mutating func note(_ step: Step, at instant: Instant?) {
    reached = max(reached, step)
    func first(_ old: Instant?) -> Instant? {
      guard let instant else { return old }
      return min(old ?? instant, instant)
    }
    switch step {
    case .notSent: break
    case .sent: sentAt = first(sentAt)
    case .opened: openedAt = first(openedAt)
    case .clicked: clickedAt = first(clickedAt)
    case .submitted: submittedAt = first(submittedAt)
    }
  }

  /// Takes in that the person reported it.
  public mutating func noteReport(at instant: Instant?) {
    isReported = true
    reached = max(reached, .sent)
    if let instant { reportedAt = min(reportedAt ?? instant, instant) }
  }

  /// Takes in what another file says of the same person.
  public mutating func merge(_ other: PhishingResult) {
    for (step, at) in [
      (Step.sent, other.sentAt), (.opened, other.openedAt), (.clicked, other.clickedAt),
      (.submitted, other.submittedAt),
    ] where at != nil {
      note(step, at: at)
    }
    reached = max(reached, other.reached)
    if other.isReported { noteReport(at: other.reportedAt) }
  }
}

/// Brings the results of an exercise in; persons are found by their addresses, which are not kept.
///
/// All or none. The IP addresses, places, browsers and what people typed, all of which the files have,
/// are never taken.
public struct PhishingIntake: Job {
  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    /// The exercise.
    public var id: RecordID
    /// How many results there are.
    public var results: Int
    /// How many of them are of nobody on the list of staff; they count in totals alone.
    public var unknown: Int

    /// Makes an outcome.
    public init(id: RecordID, results: Int, unknown: Int) {
      (self.id, self.results, self.unknown) = (id, results, unknown)
    }
  }

  /// What the exercise is called.
  public var name: String
  /// What the mail pretended to be; may be empty.
  public var lure: String
  /// What each person did; no address twice.
  public var results: [PhishingResult]
  /// Whether an exercise of that name is taken off the list first.
  public var replaces: Bool

  /// Makes the job.
  public init(
    _ name: String,
    lure: String = "",
    results: [PhishingResult],
    replaces: Bool = false
  ) {
    (self.name, self.lure) = (name, lure)
    (self.results, self.replaces) = (results, replaces)
  }
}

/// That somebody looked at results of an exercise by person, and why.
///
/// Made by the store alone, in the transaction that reads them.
public struct RevealPhishing: RecordChange {
  /// What the journal calls it.
  public static let name = "phishing.reveal"
  /// Which exercise.
  public var id: RecordID
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.phishing, id) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "looked at results by person: \(firstLine(reason))" }

  /// Makes the change.
  public init(id: RecordID, reason: String) { (self.id, self.reason) = (id, reason) }

  /// What the record says after it: what it said before.
  public func after(
    _ state: RecordState<PhishingFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<PhishingFacts> {
    guard let state else { throw RefusedStep("there is no such phishing exercise") }
    return state
  }
}

/// Reads the results of an exercise by person; refused unless the organisation allows it.
public struct PhishingReveal: Job {
  /// What one person did.
  public struct Row: Sendable, Hashable {
    /// The number of the member of staff.
    public var staff: RecordID
    /// The pseudonym.
    public var pseudonym: String
    /// Who it is; nil where names are not kept.
    public var identity: StaffIdentity?
    /// How far the person went.
    public var reached: PhishingResult.Step
    /// Whether the person reported it.
    public var isReported: Bool

    /// Makes a row.
    public init(
      staff: RecordID,
      pseudonym: String,
      identity: StaffIdentity?,
      reached: PhishingResult.Step,
      isReported: Bool
    ) {
      (self.staff, self.pseudonym, self.identity) = (staff, pseudonym, identity)
      (self.reached, self.isReported) = (reached, isReported)
    }
  }
  /// The rows of those on the list of staff, who went furthest first.
  public typealias Outcome = [Row]
  /// Which exercise.
  public var id: RecordID
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of id: RecordID, reason: String) { (self.id, self.reason) = (id, reason) }
}
