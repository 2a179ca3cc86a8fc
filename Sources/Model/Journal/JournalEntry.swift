internal import Crypto

/// Position of an entry in the journal; gapless from 1.
public typealias JournalSequence = Int64

/// Who acts: the kernel's word for it, and what was merely claimed.
public struct Actor: Hashable, Codable, Sendable {
  /// The effective user id, from the kernel.
  public var uid: UInt32
  /// The account's name, from the password database; the number where it has none.
  public var name: String
  /// What the environment says beside it, such as SSH origin and sudo user.
  ///
  /// Claims, never proof.
  public var claims: [String: String]

  /// Makes an actor.
  public init(uid: UInt32, name: String, claims: [String: String] = [:]) {
    (self.uid, self.name, self.claims) = (uid, name, claims)
  }
}

/// One line of the journal: never altered, never removed, and bound to the line before.
///
/// What was changed stands beside the entry, where it can be erased; the entry keeps only a salted
/// commitment to it.
public struct JournalEntry: Hashable, Codable, Sendable {
  /// Position, gapless from 1.
  public var sequence: JournalSequence
  /// The wall clock when it was written.
  public var at: Instant
  /// Milliseconds since the machine was started: tells a set clock from time that passed.
  public var bootClock: Int64
  /// The machine's boot id; boot clocks of different boots cannot be compared.
  public var boot: String
  /// Who acted.
  public var actor: Actor
  /// Where it came from: `dashboard`, `incident add`, `import veris`.
  public var origin: String
  /// The change's name, such as `incident.edit`.
  public var action: String
  /// The record that was altered.
  public var subject: Subject
  /// The record's version after it.
  public var version: Version
  /// The entry this one undoes; nil for any other.
  public var undoes: JournalSequence?
  /// SHA-256 over salt and details (`JournalLayout.commitment`), 32 bytes.
  public var commitment: [UInt8]
  /// Hash of the entry before; 32 zero bytes for the first.
  public var previous: [UInt8]

  /// Makes an entry.
  public init(
    sequence: JournalSequence,
    at: Instant,
    bootClock: Int64,
    boot: String,
    actor: Actor,
    origin: String,
    action: String,
    subject: Subject,
    version: Version,
    undoes: JournalSequence?,
    commitment: [UInt8],
    previous: [UInt8]
  ) {
    (self.sequence, self.at, self.bootClock, self.boot) = (sequence, at, bootClock, boot)
    (self.actor, self.origin, self.action, self.subject) = (actor, origin, action, subject)
    (self.version, self.undoes) = (version, undoes)
    (self.commitment, self.previous) = (commitment, previous)
  }
}

/// How an entry becomes the bytes that are hashed.
///
/// Domain tag, then every field behind its length: no two different entries have the same bytes.
/// Writer and `tocsin verify` share these functions and nothing else.
public enum JournalLayout {
  /// The hash that stands before the first entry.
  public static let genesis = [UInt8](repeating: 0, count: 32)

  /// The bytes of an entry.
  public static func bytes(of entry: JournalEntry) -> [UInt8] {
    var out = Bytes(tag: "tocsin.journal.entry.1")
    out.append(entry.sequence)
    out.append(entry.at.milliseconds)
    out.append(entry.bootClock)
    out.append(entry.boot)
    out.append(Int64(entry.actor.uid))
    out.append(entry.actor.name)
    out.append(Int64(entry.actor.claims.count))
    for (key, value) in entry.actor.claims.sorted(by: { $0.key < $1.key }) {
      out.append(key)
      out.append(value)
    }
    out.append(entry.origin)
    out.append(entry.action)
    out.append(entry.subject.kind.rawValue)
    out.append(entry.subject.id)
    out.append(entry.version)
    out.append(entry.undoes ?? 0)
    out.append(entry.commitment)
    out.append(entry.previous)
    return out.bytes
  }

  /// The hash of an entry, 32 bytes.
  public static func hash(of entry: JournalEntry) -> [UInt8] {
    Array(SHA256.hash(data: bytes(of: entry)))
  }

  /// The commitment to a change's details, 32 bytes: without the salt nothing can be guessed.
  public static func commitment(salt: [UInt8], details: [UInt8]) -> [UInt8] {
    var out = Bytes(tag: "tocsin.journal.details.1")
    out.append(salt)
    out.append(details)
    return Array(SHA256.hash(data: out.bytes))
  }

  /// The bytes of a change's details that the commitment is made over.
  ///
  /// - Parameters:
  ///   - change: The change as JSON.
  ///   - inverse: The change that takes it back, as JSON; nil where nothing can.
  ///   - headline: What was done, in a few words.
  ///   - reference: What people call the record.
  ///   - incident: The incident that the record is or belongs to.
  /// - Returns: The bytes that the commitment is made of.
  public static func details(
    change: String,
    inverse: String?,
    headline: String,
    reference: String,
    incident: RecordID?
  ) -> [UInt8] {
    var out = Bytes(tag: "tocsin.journal.change.1")
    out.append(change)
    out.append(inverse == nil ? 0 : 1)
    out.append(inverse ?? "")
    out.append(headline)
    out.append(reference)
    out.append(incident ?? 0)
    return out.bytes
  }
}
