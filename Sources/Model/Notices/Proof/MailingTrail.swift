internal import Foundation

/// Where an entry of the journal stands among those of its mailing.
///
/// It is kept with what the entry did, so the entry commits to it: whoever is shown the entries of one
/// mailing sees from each which one comes before, and how many there are. Entries that were written
/// before this was kept have none; the first one behind them counts them.
public struct MailingTrail: Hashable, Codable, Sendable {
  /// How many entries of the mailing there are, this one included.
  public var count: Int64
  /// The sequence of the one before; 0 for the first.
  public var previous: JournalSequence

  /// Makes a trail.
  public init(count: Int64, previous: JournalSequence) {
    (self.count, self.previous) = (count, previous)
  }

  /// Reads what stands beside a change, as the journal keeps it; nil where nothing does.
  public init?(in change: String) {
    struct Holder: Decodable { var trail: MailingTrail? }
    guard
      let holder = try? JSONDecoder().decode(Holder.self, from: Data(change.utf8)),
      let trail = holder.trail
    else { return nil }
    self = trail
  }

  /// A change, as the journal keeps it, with this beside it.
  public func added(to change: String) -> String {
    precondition(change.hasSuffix("}"), "a change is an object")
    let members = change.dropLast()
    return members + (members.hasSuffix("{") ? "" : ",")
      + "\"trail\":{\"count\":\(count),\"previous\":\(previous)}}"
  }
}

/// Tells which mailing an entry of the journal belongs to, entry by entry from the first.
///
/// Texts, editions and public notices are records of their own: which mailing they are of is said when
/// they are made.
public struct MailingOwners: Sendable {
  private var owners: [Subject: RecordID] = [:]

  /// Makes one that knows of nothing.
  public init() {}

  /// The kinds of record whose entries belong to mailings.
  public static let kinds: [Subject.Kind] = [.mailing, .notice, .edition, .publication]

  /// The mailing of an entry; nil where it belongs to none.
  ///
  /// - Parameters:
  ///   - subject: The record that the entry altered.
  ///   - change: What it did, as the journal keeps it; nil where that was erased.
  /// - Returns: The mailing's number.
  public mutating func mailing(of subject: Subject, _ change: String?) -> RecordID? {
    struct Holder: Decodable {
      struct Facts: Decodable { var mailing: RecordID? }
      var mailing: RecordID?
      var facts: Facts?
    }
    switch subject.kind {
    case .mailing: return subject.id
    case .notice, .edition, .publication:
      let said = change.flatMap { try? JSONDecoder().decode(Holder.self, from: Data($0.utf8)) }
      let found = subject.kind == .publication ? said?.facts?.mailing : said?.mailing
      if let found { owners[subject] = found }
      return owners[subject]
    default: return nil
    }
  }
}

/// An entry of the journal with what it did.
public struct JournalledChange: Sendable {
  /// The entry.
  public var entry: JournalEntry
  /// What it did, as the journal keeps it.
  public var change: String
  /// What people called the record.
  public var reference: String

  /// Makes one.
  public init(_ entry: JournalEntry, _ change: String, reference: String) {
    (self.entry, self.change, self.reference) = (entry, change, reference)
  }

  /// Reads what it did.
  public func read<Value: Change>(_ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(change.utf8))
  }

  /// Where it stands among the entries of its mailing; nil where nothing says so.
  public var trail: MailingTrail? { MailingTrail(in: change) }
}
