internal import Foundation
internal import GRDB
internal import Model

/// Contacts that were corrected: sealed anew, and found by what is new in them.
enum ContactRecord {
  /// The contacts that one transaction seals anew; one entry of the journal for all of them.
  struct Correction {
    private let mailing: RecordID
    private let key: MailingKey
    private let entry: JournalSequence
    private let firstVersion: Int64
    private var versions = RunningDigest()
    private var keys: [(kind: Int, hash: Int64, person: Int64, version: Int64)] = []
    private var persons: [Int64] = []

    /// Begins; what is sealed will belong to the entry after `head`, which `finish` appends.
    init(_ mailing: RecordID, _ key: MailingKey, behind head: JournalSequence, in db: Database)
      throws
    {
      (self.mailing, self.key, entry) = (mailing, key, head + 1)
      firstVersion =
        try db.number("SELECT coalesce(max(id), 0) + 1 FROM contactVersion")
    }

    /// How many contacts were sealed.
    var count: Int { persons.count }

    /// Seals a contact in place of the one that a person has; nothing where it says the same.
    mutating func set(
      _ contact: RecipientContact,
      of person: Int64,
      insteadOf old: RecipientContact,
      in db: Database
    ) throws {
      guard contact != old else { return }
      let version = firstVersion + Int64(persons.count)
      let sealed = try key.seal(
        try contact.packed(),
        as: .contact,
        version,
        LedgerID.number(person)
      )
      try db.run(
        "INSERT INTO contactVersion (id, person, entry, sealed) VALUES (?, ?, ?, ?)",
        [version, person, entry, Data(sealed)]
      )
      versions.update(version, person)
      versions.update(counted: sealed)
      persons.append(person)
      for (kind, new, before) in [
        (ContactKey.reference, contact.reference, old.reference),
        (.email, contact.email, old.email), (.phone, contact.phone, old.phone),
      ] {
        let normalised = kind.normalised(new)
        guard !normalised.isEmpty, normalised != kind.normalised(before) else { continue }
        let hash = normalised.withUnsafeBytes { key.blind(kind, $0) }
        try db.run(
          "INSERT INTO contactKey (mailing, kind, hash, person, version) VALUES (?, ?, ?, ?, ?)",
          [mailing, kind.rawValue, hash, person, version]
        )
        keys.append((kind.rawValue, hash, person, version))
      }
    }

    /// Appends the entry; nothing where nothing was said otherwise.
    ///
    /// No other entry may have been appended since `init`.
    func finish(
      reason: String,
      of found: Mailing,
      _ journal: inout JournalWriter
    ) throws {
      guard !persons.isEmpty else { return }
      guard journal.head + 1 == entry else {
        throw StoreError.failed("an entry of the journal came in between")
      }
      _ = try journal.append(
        CorrectContacts(
          mailing: mailing,
          count: persons.count,
          number: persons.count == 1 ? LedgerID.number(persons[0]) : nil,
          reason: reason,
          versions: versions.text,
          keys: ContactRecord.digest(of: keys)
        ),
        MailingChange.performed(found)
      )
    }
  }

  /// The digest over entries of the index, in its order.
  static func digest(
    of keys: [(kind: Int, hash: Int64, person: Int64, version: Int64)]
  ) -> String {
    var digest = RunningDigest()
    let sorted = keys.sorted {
      ($0.kind, $0.hash, $0.person, $0.version) < ($1.kind, $1.hash, $1.person, $1.version)
    }
    for key in sorted { digest.update(Int64(key.kind), key.hash, key.person, key.version) }
    return digest.text
  }

  /// What of an edit cannot stand in a contact; nil where all can.
  static func problem(_ edit: ContactEdit) -> String? {
    for (value, limit) in [
      (edit.name, 400), (edit.email, 254), (edit.phone, 40), (edit.address, 2000),
    ] {
      guard let value else { continue }
      if value.utf8.count > limit { return "a field is longer than \(limit) bytes" }
      if value.utf8.contains(0) { return "a field holds a NUL character" }
    }
    if let email = edit.email, !email.isEmpty,
      email.split(separator: "@", omittingEmptySubsequences: false).count != 2
        || email.hasPrefix("@") || email.hasSuffix("@")
        || email.unicodeScalars.contains(where: { $0.value <= 32 || $0 == "," || $0 == ";" })
    {
      return "that is no e-mail address"
    }
    if let phone = edit.phone, !phone.isEmpty, !(4...20).contains(phone.count(where: \.isNumber)) {
      return "that is no telephone number"
    }
    return nil
  }
}
