internal import GRDB
internal import Model

/// Finds the people of whom mails that came back speak.
struct BounceMatcher {
  /// Somebody of whom a mail speaks.
  struct Match {
    /// The person's row.
    var person: Int64
    var match: BounceMatch
    /// What the mail says of the person; nil where it names no recipient.
    var recipient: BounceRecipient?
    /// Whether the mail answers an earlier message than the last one.
    var isStale = false
  }

  /// What was found.
  enum Found {
    case people([Match])
    /// By the address alone, which nobody has confirmed.
    case addressed([Match])
    case unmatched(String)
    case refused(String)
  }

  private let db: Database
  private let keys: KeyFolder
  private let wanted: RecordID?
  private let takesAddresses: Bool
  private var known: [RecordID: MailingKey?] = [:]
  private var references: [RecordID: String] = [:]
  /// The mailings among which addresses are sought.
  private var written: [RecordID]?

  init(_ wanted: RecordID?, takesAddresses: Bool, _ keys: KeyFolder, in db: Database) {
    (self.wanted, self.takesAddresses, self.keys, self.db) = (wanted, takesAddresses, keys, db)
  }

  /// The key of a mailing; nil where it was erased, or there is none.
  mutating func key(_ mailing: RecordID) throws -> MailingKey? {
    if let key = known[mailing] { return key }
    let found = try MailingRecord.fetch(mailing, in: db)
    references[mailing] = found?.reference
    let key = found == nil ? nil : try MailingRecord.key(mailing, keys, in: db)
    known[mailing] = .some(key)
    return key
  }

  /// Finds of whom a mail speaks.
  mutating func find(_ verdict: BounceVerdict) throws -> Found {
    if let found = try tagged(verdict) { return found }
    // Each of our messages goes to one person; who names many without a tag has none of them. Some
    // servers name a few: the address, where it leads, the postmaster.
    guard verdict.recipients.count <= Self.most else {
      return .unmatched("it names \(verdict.recipients.count) people and no message of a mailing")
    }
    let found = try addressed(verdict)
    if !takesAddresses, case .people(let people) = found { return .addressed(people) }
    return found
  }

  /// How many addresses a mail without a tag may name.
  private static let most = 10

  // MARK: Tags

  /// Whom the tags of return path and of the message which came back name; nil where there is none.
  ///
  /// Where one of them is wrong, or they name two people, nobody is taken: somebody has made that mail up,
  /// whatever else in it is right.
  private mutating func tagged(_ verdict: BounceVerdict) throws -> Found? {
    let message = verdict.originalMessageID.flatMap { ReturnTag(in: "\($0)") }
    let paths = verdict.returnPaths.compactMap { ReturnTag(in: $0) }
    var (right, wrong): ([(tag: ReturnTag, match: BounceMatch)], [BounceMatch]) = ([], [])
    var elsewhere: Found?
    for (tag, match) in paths.map({ ($0, BounceMatch.returnPath) })
      + (message.map { [($0, .messageID)] } ?? [])
    {
      if let wanted, tag.mailing != wanted {
        elsewhere =
          elsewhere ?? .unmatched("it belongs to another mailing, number \(tag.mailing)")
        continue
      }
      guard let key = try key(tag.mailing) else {
        let reference = references[tag.mailing]
        elsewhere =
          elsewhere
          ?? (reference.map { .unmatched("the recipients of \($0) were erased") }
            ?? .refused("it names a mailing that there is not"))
        continue
      }
      if key.proves(tag) { right.append((tag, match)) } else { wrong.append(match) }
    }
    if let wrong = wrong.first {
      let rest = right.first.map { ", though its \($0.match.label) is right" } ?? ""
      return .refused("the check of its \(wrong.label) is wrong\(rest): nobody here has written it")
    }
    guard let first = right.first else { return elsewhere }
    let isOfOne = right.allSatisfy { tag, _ in
      tag.mailing == first.tag.mailing && tag.number == first.tag.number
    }
    guard isOfOne, elsewhere == nil else {
      return .refused("its return path and its Message-ID name two people")
    }
    let person = LedgerID.recipient(first.tag.mailing, first.tag.number)
    guard try db.row("SELECT 1 FROM recipient WHERE id = ?", [person]) != nil,
      let key = try key(first.tag.mailing)
    else { return .refused("it names a recipient whom the mailing does not have") }
    let kinds = Set(right.map(\.match))
    var found = Match(person: person, match: kinds.count > 1 ? .both : first.match)
    found.recipient = try recipient(of: person, verdict, key)
    if kinds.contains(.messageID), let step = message?.step {
      found.isStale = try step < lastMarked(person)
    }
    return .people([found])
  }

  /// What a mail to one person says of that person: by the address, else the first.
  private func recipient(
    of person: Int64,
    _ verdict: BounceVerdict,
    _ key: MailingKey
  ) throws -> BounceRecipient? {
    guard verdict.recipients.count > 1 else { return verdict.recipients.first }
    for recipient in verdict.recipients {
      for address in [recipient.originalAddress, recipient.address].compactMap({ $0 })
      where try rows(address, key).contains(person) {
        return recipient
      }
    }
    return verdict.recipients.first
  }

  /// The step with which a person was last marked for a hand-over; 0 for never.
  private func lastMarked(_ person: Int64) throws -> Int64 {
    try db.number(
      "SELECT coalesce(max(step), 0) FROM recipientEvent WHERE recipient = ? AND after = ?",
      [person, RecipientState.uncertain.code]
    )
  }

  // MARK: Addresses

  private mutating func addressed(_ verdict: BounceVerdict) throws -> Found {
    var recipients = verdict.recipients
    if recipients.isEmpty { recipients = verdict.originalTo.map { BounceRecipient(address: $0) } }
    var people: [Match] = []
    var reason = "it speaks of nobody who was written to"
    for recipient in recipients {
      let kind = BounceRule.kind(of: recipient, in: verdict.kind)
      let stated = verdict.recipients.isEmpty ? nil : recipient
      var found: [Int64] = []
      for address in [recipient.originalAddress, recipient.address].compactMap({ $0 }) {
        found = try writtenTo(address)
        if !found.isEmpty { break }
      }
      guard !found.isEmpty else { continue }
      if Set(found.map { $0 >> 32 }).count > 1 {
        reason = "people of several mailings have the address; name one with --mailing"
      } else if found.count > 1, !BounceRule.meansAll(of: kind, isHard: recipient.isHard) {
        reason =
          "\(found.count) recipients share the address, and it does not say whose mail it was"
      } else {
        for person in found where !people.contains(where: { $0.person == person }) {
          people.append(Match(person: person, match: .address, recipient: stated))
        }
      }
    }
    return people.isEmpty ? .unmatched(reason) : .people(people)
  }

  /// The people who have an address and were written to.
  private mutating func writtenTo(_ address: String) throws -> [Int64] {
    let untouched: Set<RecipientState> = [.pending, .approved, .exempt]
    var found: [Int64] = []
    for mailing in try searched() {
      guard let key = try key(mailing) else { continue }
      for person in try rows(address, key) {
        guard let row = try db.row("SELECT slot FROM recipient WHERE id = ?", [person]),
          !untouched.contains(try LedgerID.state(try row.number(0)))
        else { continue }
        found.append(person)
      }
    }
    return found
  }

  /// The mailings among which addresses are sought: the one given, else all that wrote to somebody.
  private mutating func searched() throws -> [RecordID] {
    if let written { return written }
    var found: [RecordID] = []
    if let wanted {
      found = [wanted]
    } else {
      try db.rows(
        """
        SELECT id FROM mailing WHERE isRemoved = 0 AND wrappedKey IS NOT NULL
        AND EXISTS (SELECT 1 FROM recipientTally
          WHERE mailing = mailing.id AND count > 0 AND state NOT IN (0, 1, 12)) ORDER BY id
        """
      ) { found.append(try $0.number(0)) }
    }
    written = found
    return found
  }

  /// The people of a mailing who have an address now, or had it before it was corrected.
  private func rows(_ address: String, _ key: MailingKey) throws -> [Int64] {
    let normalised = ContactKey.email.normalised(address)
    guard !normalised.isEmpty else { return [] }
    let hash = normalised.withUnsafeBytes { key.blind(.email, $0) }
    return try LedgerReader.rows(.email, hash, of: key.mailing, in: db)
  }
}
