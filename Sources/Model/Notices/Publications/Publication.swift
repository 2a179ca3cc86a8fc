/// Where a public notice stands.
public enum PublicationMeans: String, Vocabulary {
  case website, newspaper, broadcast, press
  case officialGazette = "official-gazette"
  case posting, other

  /// What people call it.
  public var label: String {
    switch self {
    case .website: "web site"
    case .newspaper: "newspaper"
    case .broadcast: "radio or television"
    case .press: "press release"
    case .officialGazette: "official gazette"
    case .posting: "posted on the premises"
    case .other: "other"
    }
  }
}

/// What is known of a public notice that stands in for telling people one by one.
public struct PublicationFacts: Hashable, Codable, Sendable {
  /// The mailing whose people it stands in for.
  public var mailing: RecordID
  /// In what it stands.
  public var means: PublicationMeans
  /// The address, the paper, the station.
  ///
  /// Foreign text; not empty.
  public var place: String
  /// Since when it stands there.
  public var from: StatedTime
  /// Until when; nil while nobody has said.
  ///
  /// A day to come is a plan.
  public var until: StatedTime?
  /// For whom: jurisdictions such as `US-NY`; empty for everybody.
  public var jurisdictions: [String]
  /// The text as it was approved: `E1/T4.1`; empty where it is none of the mailing's.
  public var text: String
  /// Whom people can call, such as a toll-free number; may be empty.
  ///
  /// Foreign text.
  public var telephone: String
  /// The evidence that keeps how it stood there; nil where none does.
  public var evidence: RecordID?

  /// Makes facts.
  public init(
    mailing: RecordID,
    means: PublicationMeans,
    place: String,
    from: StatedTime,
    until: StatedTime? = nil,
    jurisdictions: [String] = [],
    text: String = "",
    telephone: String = "",
    evidence: RecordID? = nil
  ) {
    (self.mailing, self.means, self.place) = (mailing, means, place)
    (self.from, self.until) = (from, until)
    self.jurisdictions = Set(jurisdictions).sorted()
    (self.text, self.telephone, self.evidence) = (text, telephone, evidence)
  }

  /// How many days it has stood or is to stand, from the day it began to the day it ends: from
  /// 10 August to 8 November are 90; nil while its end is open.
  public var days: Int? {
    guard let until else { return nil }
    return max(0, Int((until.earliest - from.earliest).components.seconds / 86_400))
  }

  /// Whether it stands in for people of a jurisdiction.
  public func covers(_ jurisdiction: String) -> Bool {
    jurisdictions.isEmpty || jurisdictions.contains(jurisdiction)
  }

  /// The facts by name, as texts; for the journal and conflicts.
  public var named: [(String, String)] {
    [
      ("mailing", String(mailing)), ("means", means.label), ("place", place),
      ("from", from.plainWithZone), ("until", until?.plainWithZone ?? ""),
      ("jurisdictions", jurisdictions.joined(separator: ", ")), ("text", text),
      ("telephone", telephone), ("evidence", evidence.map(String.init) ?? ""),
    ]
  }
}

/// A public notice, as the record keeps it.
public struct Publication: Hashable, Codable, Sendable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident that people are told of.
  public var incident: RecordID
  /// How often it was altered.
  public var version: Version
  /// What is known of it.
  public var facts: PublicationFacts
  /// When it was written down.
  public var recordedAt: Instant

  /// Makes a publication.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: PublicationFacts,
    recordedAt: Instant
  ) {
    (self.id, self.incident, self.version) = (id, incident, version)
    (self.facts, self.recordedAt) = (facts, recordedAt)
  }
}

/// Asks for the public notices of a mailing, by when they began.
public struct MailingPublications: Question {
  /// What comes back.
  public typealias Answer = [Publication]
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(mailing: RecordID) { self.mailing = mailing }
}
