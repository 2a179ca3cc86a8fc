/// What is known of a legal hold: what may not be deleted, since when, and on whose word.
public struct HoldFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.legalHold
  /// How the journal names its changes.
  public static let word = "hold"
  /// What people call it.
  public static let noun = "legal hold"
  /// The word that stands for everything.
  public static let everything = "all"

  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Why: the proceedings, the order.
  ///
  /// Foreign text; not empty.
  public var reason: String
  /// Who ordered it; foreign text.
  public var orderedBy = ""
  /// What it covers, by reference: activities, retention rules, incidents, mailings, requests, purposes;
  /// or `all`.
  public var scope: [String]
  /// From when it holds.
  public var from: StatedTime
  /// Until when; nil until somebody lifts it.
  public var until: StatedTime?

  /// Makes a hold.
  public init(title: String, reason: String, scope: [String], from: StatedTime) {
    (self.title, self.reason, self.from) = (title, reason, from)
    self.scope = scope.map { $0.lowercased() == HoldFacts.everything ? "all" : $0.uppercased() }
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("title", title), ("reason", reason), ("ordered by", orderedBy),
      ("covers", scope.joined(separator: ", ")), ("from", from.plainWithZone),
      ("until", until?.plainWithZone ?? ""),
    ]
  }

  /// Whether it holds at an instant.
  ///
  /// Of a day that is known as such the reading counts that keeps the data longer.
  public func isInForce(at now: Instant) -> Bool {
    from.earliest <= now && until.map { $0.latest > now } ?? true
  }

  /// Whether it covers something that has one of these references.
  public func covers(_ references: [String]) -> Bool {
    scope.contains { word in
      word == HoldFacts.everything || references.contains { $0.uppercased() == word }
    }
  }
}

/// A legal hold as the record keeps it.
public typealias LegalHold = KeptRecord<HoldFacts>
/// Adds a legal hold.
public typealias AddHold = AddRecord<HoldFacts>
/// Replaces what is known of a legal hold; lifting it is setting its end.
public typealias EditHold = EditRecord<HoldFacts>
/// Takes a legal hold off the list.
public typealias RemoveHold = RemoveRecord<HoldFacts>
/// Puts a legal hold back on the list.
public typealias RestoreHold = PutBackRecord<HoldFacts>

extension LegalHold {
  /// The reference and the title: what a refusal names.
  public var name: String { "\(reference) (\(firstLine(facts.title)))" }
}
