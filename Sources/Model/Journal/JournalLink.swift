/// An entry of the journal of which only its place in the chain is shown.
///
/// An entry's bytes end with the hash of the entry before. This is the inner state of SHA-256 in
/// front of the last blocks, and what stands in them before that hash: enough for a stranger to go
/// from one hash to the next, so that a head which was kept elsewhere fixes every entry, and nothing
/// to read. What can be told from it is the record's version and which entry was undone.
public struct JournalLink: Hashable, Sendable {
  /// The inner state, 32 bytes.
  public let state: [UInt8]
  /// How many bytes went into it; a multiple of 64.
  public let length: Int
  /// What follows in front of the hash of the entry before; fewer than 64 bytes.
  public let rest: [UInt8]
  private let hashState: HashState

  /// Makes the link of an entry.
  public init(of entry: JournalEntry) {
    let bytes = JournalLayout.bytes(of: entry)
    let end = bytes.count - entry.previous.count
    let whole = end / 64 * 64
    var state = HashState()
    state.take(bytes[..<whole])
    (self.state, length, rest) = (state.bytes, whole, Array(bytes[whole..<end]))
    hashState = state
  }

  /// Reads a link as it was written down; nil where it is none.
  public init?(state: [UInt8], length: Int, rest: [UInt8]) {
    guard let hashState = HashState(bytes: state, length: length), length > 0, rest.count < 64
    else { return nil }
    (self.state, self.length, self.rest, self.hashState) = (state, length, rest, hashState)
  }

  /// The hash of the entry where it follows one that has this hash.
  public func hash(after previous: [UInt8]) -> [UInt8] { hashState.hash(ending: rest + previous) }
}

/// What stands beside an entry and can be erased: what was changed, and the salt of the commitment.
public struct JournalDetails: Hashable, Sendable {
  /// The salt.
  public var salt: [UInt8]
  /// The change as JSON.
  public var change: String
  /// The change that takes it back, as JSON; nil where nothing can.
  public var inverse: String?
  /// What was done, in a few words.
  public var headline: String
  /// What people call the record.
  public var reference: String
  /// The incident that the record is or belongs to.
  public var incident: RecordID?

  /// Makes details.
  public init(
    salt: [UInt8],
    change: String,
    inverse: String?,
    headline: String,
    reference: String,
    incident: RecordID?
  ) {
    (self.salt, self.change, self.inverse) = (salt, change, inverse)
    (self.headline, self.reference, self.incident) = (headline, reference, incident)
  }

  /// What an entry commits to.
  public var commitment: [UInt8] {
    JournalLayout.commitment(
      salt: salt,
      details: JournalLayout.details(
        change: change,
        inverse: inverse,
        headline: headline,
        reference: reference,
        incident: incident
      )
    )
  }
}
