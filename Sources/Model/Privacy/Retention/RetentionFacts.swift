/// From what event data are kept on.
public enum RetentionTrigger: String, Vocabulary {
  case collection
  case lastUse = "last-use"
  case purposeEnd = "purpose-end"
  case contractEnd = "contract-end"
  case accountClosed = "account-closed"
  case consentWithdrawn = "consent-withdrawn"
  case employmentEnd = "employment-end"
  case invoice
  /// For what Tocsin itself keeps of people who were told: the incident was closed.
  case incidentClosed = "incident-closed"
  /// For what Tocsin itself keeps of people who asked: their request was settled.
  case requestSettled = "request-settled"
  case other

  /// The word as it is shown to people.
  public var label: String { rawValue.replacing("-", with: " ") }
}

/// What a retention rule speaks of.
public enum RetentionTarget: String, Vocabulary {
  /// Data of an activity.
  case activity
  /// The recipients that Tocsin itself keeps of mailings, with all they were sent and said.
  case mailings
  /// Those who made requests, as Tocsin itself keeps them.
  case requests
  /// Those who consented to purposes, as Tocsin itself keeps them.
  case consents

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .activity: "data of an activity"
    case .mailings: "recipients of mailings"
    case .requests: "people who made requests"
    case .consents: "people who consented"
    }
  }

  /// The event from which what Tocsin itself keeps is kept on; for data of an activity there are many.
  public var ownTrigger: RetentionTrigger {
    switch self {
    case .activity: .other
    case .mailings: .incidentClosed
    case .requests: .requestSettled
    case .consents: .purposeEnd
    }
  }
}

/// From where the period is counted.
public enum RetentionStart: String, Vocabulary {
  /// From the event itself.
  case event
  /// From the end of the calendar year of the event, as tax laws have it.
  case yearEnd = "year-end"

  /// The word as it is shown to people.
  public var label: String { self == .event ? "the event" : "the end of its year" }
}

/// How much data there is whose period runs: a number somebody gave or a command counted.
public struct RetentionStock: Codable, Sendable, Equatable {
  /// When the event was that starts the period; of several the last; nil where only is known that the
  /// period is over.
  public var triggered: StatedTime?
  /// How many records, people or files; nil where nobody knows.
  public var count: Int64?
  /// When that was so.
  public var asOf: Instant
  /// Who says so: an account.
  public var by: String
  /// The command that counted; nil where a person gave the number.
  public var run: CommandRun?
  /// The last day of the event whose period was over when the command counted, as `2024-07-30`; empty
  /// for a number that was given.
  public var upTo: String

  /// Makes a stock.
  public init(
    triggered: StatedTime?,
    count: Int64?,
    asOf: Instant,
    by: String,
    run: CommandRun? = nil,
    upTo: String = ""
  ) {
    (self.triggered, self.count, self.asOf) = (triggered, count, asOf)
    (self.by, self.run, self.upTo) = (by, run, upTo)
  }
}

/// A command that counts what is due, as the owner has configured it.
public struct RetentionCount: Codable, Sendable, Hashable {
  /// The program and its arguments, each handed over as it stands; `{upto}` in them becomes the last day
  /// whose period is over.
  ///
  /// Foreign text.
  public var arguments: [String]
  /// How long it may run, in seconds.
  public var seconds: Int

  /// How long a command may run at most, in seconds.
  public static let most = 3600
  /// What stands for the last day whose period is over.
  public static let mark = "{upto}"

  /// Makes a command.
  public init(arguments: [String], seconds: Int = 60) {
    (self.arguments, self.seconds) = (arguments, seconds)
  }

  /// The arguments for a day.
  public func filled(upTo day: String) -> [String] {
    arguments.map { $0.replacing(RetentionCount.mark, with: day) }
  }

  /// What a command answered: a number, and behind it the day of the oldest event where it says it.
  ///
  /// `1204` or `1204 2023-02-11`, alone on the first line; nil for anything else.
  public static func answer(_ output: [UInt8]) -> (count: Int64, oldest: String?)? {
    guard output.count <= 4096, let text = String(validating: output, as: UTF8.self) else {
      return nil
    }
    let lines = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
    guard lines.count == 1, let line = lines.first else { return nil }
    let words = line.split(separator: " ")
    guard (1...2).contains(words.count), let count = Int64(words[0]), count >= 0 else { return nil }
    guard words.count == 2 else { return (count, nil) }
    guard words[1].utf8.count == 10, AuditDay.midnight(String(words[1])) != nil else { return nil }
    return (count, String(words[1]))
  }
}

/// What is known of a retention rule: which data, from when, how long, on what ground.
public struct RetentionFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.retentionRule
  /// How the journal names its changes.
  public static let word = "retention"
  /// What people call it.
  public static let noun = "retention rule"

  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// What it speaks of.
  public var target = RetentionTarget.activity
  /// The activity's reference, `ACT-0001`; empty for Tocsin's own data.
  public var activity = ""
  /// The categories of data it covers; empty covers all of the activity.
  ///
  /// Foreign text.
  public var categories: [String] = []
  /// The event from which data are kept on.
  public var trigger: RetentionTrigger
  /// From where the period is counted.
  public var start = RetentionStart.event
  /// How long.
  public var period: Period
  /// The law or reason that sets the period.
  ///
  /// Foreign text; not empty.
  public var ground: String
  /// How the data are deleted.
  ///
  /// Foreign text.
  public var method = ""
  /// The command that counts what is due; nil where numbers are given.
  public var count: RetentionCount?
  /// How much there is, oldest statement first.
  public var stocks: [RetentionStock] = []

  /// Makes a rule.
  public init(title: String, trigger: RetentionTrigger, period: Period, ground: String) {
    (self.title, self.trigger, self.period, self.ground) = (title, trigger, period, ground)
  }

  /// The rule in words: `3 years from the end of the year of contract end`.
  public var text: String {
    let from = start == .yearEnd ? "the end of the year of " : ""
    return "\(period.keptText) from \(from)\(trigger.label)"
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("title", title), ("target", target.label), ("activity", activity),
      ("categories", FieldList.joined(categories)), ("rule", text), ("ground", ground),
      ("method", method),
      (
        "count",
        count.map { "\($0.arguments.joined(separator: " ")) (at most \($0.seconds) s)" } ?? ""
      ),
      ("numbers", FieldList.joined(stocks.map(\.text))),
    ]
  }

  /// Whether it covers a category of data, whatever the letter case.
  public func covers(_ category: String) -> Bool {
    categories.isEmpty || categories.contains { $0.lowercased() == category.lowercased() }
  }
}

extension RetentionStock {
  /// How many of when: `1200 of 2023-03`.
  var text: String {
    "\(count.map(String.init) ?? "unknown number") of \(triggered?.plain ?? "unknown day")"
  }
}

/// A retention rule as the record keeps it.
public typealias RetentionRule = KeptRecord<RetentionFacts>
/// Adds a retention rule.
public typealias AddRetention = AddRecord<RetentionFacts>
/// Replaces what is known of a retention rule.
public typealias EditRetention = EditRecord<RetentionFacts>
/// Takes a retention rule off the list.
public typealias RemoveRetention = RemoveRecord<RetentionFacts>
/// Puts a retention rule back on the list.
public typealias RestoreRetention = PutBackRecord<RetentionFacts>
