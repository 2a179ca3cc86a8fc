/// Something altered in the record: who wants what, on which version of it.
///
/// Everything that alters the record goes through one door, `Store.apply`. A change is a plain
/// value, so it can be written into the journal, shown in a preview, sent to another store, and
/// inverted. Its SQL stands in Storage, one file each.
public protocol Change: Codable, Sendable, Equatable {
  /// The change's name in the journal, noun first: `incident.edit`. Never renamed once released.
  static var name: String { get }
  /// The record that is altered; `id` is 0 where the change creates it.
  var subject: Subject { get }
  /// The version of the record that the change was made for; nil where it creates one.
  var basedOn: Version? { get }
  /// What the change does, in a few words for lists; no personal data of affected people.
  var headline: String { get }
}

/// A change to a record that exists already: it can be made again for a newer version of it.
public protocol Alteration: Change {
  /// The version of the record that the change was made for; nil asks for no check.
  var basedOn: Version? { get set }
}

/// A record of the store, named.
public struct Subject: Hashable, Codable, Sendable {
  /// The kinds of record that can be named.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case incident, timelineEntry, task, evidence, filter, store, person
    case organisation, obligation, filing, decision, assessment, authority
    case framework, mapping, requirement
    case audit, auditItem, finding
    case mailing, notice, edition
    case publication
    case activity, retentionRule, legalHold, deletion, request
    case staff, staffGroup, course, trainingPlan, completion, phishing
    case statement, statementEdition, disclosure
  }
  /// What kind of record it is.
  public var kind: Kind
  /// Its number among its kind; 0 stands for a record that does not exist yet.
  public var id: RecordID

  /// Names a record.
  public init(_ kind: Kind, _ id: RecordID) { (self.kind, self.id) = (kind, id) }
}

/// The number of a record among its kind, given by the store; positive.
public typealias RecordID = Int64

/// How often a record has been altered; 1 when it was created.
public typealias Version = Int64

/// What the store answers when a change is in the record for good.
public struct Receipt: Hashable, Codable, Sendable {
  /// The journal entry that keeps the change.
  public var entry: JournalSequence
  /// The record that was altered or created, with its number.
  public var subject: Subject
  /// The record's version after the change.
  public var version: Version
  /// What the user calls the record, such as `INC-2026-0042`; empty where it has no such name.
  public var reference: String
  /// Whether the change can be undone.
  public var isReversible: Bool

  /// Makes a receipt.
  public init(
    entry: JournalSequence,
    subject: Subject,
    version: Version,
    reference: String,
    isReversible: Bool
  ) {
    (self.entry, self.subject, self.version) = (entry, subject, version)
    (self.reference, self.isReversible) = (reference, isReversible)
  }
}
