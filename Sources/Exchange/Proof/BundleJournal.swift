internal import Foundation
internal import Model

/// The journal of a proof, recomputed from its first entry; keeps what the steps of the mailing say.
struct BundleJournal {
  /// A step as the journal has it, and the digest of what was met of it.
  struct Step {
    var at: Instant
    var by: String
    var change: MoveRecipients
    var count = 0
    var digest = RunningDigest()
  }

  /// Messages of a step as the journal has them, and the digest of what was met of them.
  struct Messages {
    var change: RecordDeliveries
    var count = 0
    var digest = RunningDigest()
  }

  /// People who were listed with one step.
  struct Listing {
    var at: Instant
    var by: String
    var change: AddRecipients
  }

  /// Contacts that were corrected.
  struct Correction {
    var at: Instant
    var by: String
    var change: CorrectContacts
  }

  let mailing: RecordID
  /// The newest entry of the mailing that the rows are of.
  private let at: JournalSequence
  private var owners = MailingOwners()
  private var last: JournalSequence = 0
  /// The first entry that says which one of the mailing comes before it; nil where none does.
  private(set) var boundFrom: JournalSequence?
  /// The entry that closes the proof; nil where the last entry is another one.
  private(set) var closing: CloseProof?
  private(set) var entries: Int64 = 0
  private(set) var own = 0
  private(set) var previous = JournalLayout.genesis
  private(set) var faults: [BundleFault] = []
  /// What the journal calls the mailing.
  private(set) var reference: String?
  /// What is known of the mailing, as the last entry that set it says.
  private(set) var facts: MailingFacts?
  /// What its texts, editions and batches are.
  private(set) var texts = TextReplay()
  private(set) var editions = EditionReplay()
  private(set) var batches = BatchReplay()
  private(set) var corrections: [Correction] = []
  /// When mails that came back were taken in.
  private(set) var bounces: Set<Instant> = []
  private(set) var listings: [Listing] = []
  private(set) var steps: [Int64: Step] = [:]
  private(set) var messages: [Int64: Messages] = [:]
  /// How many entries of the mailing were written under a clock that was given.
  private(set) var underGivenClock = 0

  init(mailing: RecordID, at: JournalSequence) { (self.mailing, self.at) = (mailing, at) }

  /// Reads all of it; the first bad entry ends it.
  mutating func read(_ path: String, witness: (sequence: JournalSequence, hash: String)?) throws {
    var stream = JSONStream(try BundleVerifier.open(path, BundleLayout.journal))
    while let element = try stream.next() {
      let expected = entries + 1
      func fault(_ problem: String) -> BundleFault {
        BundleFault(BundleLayout.journal, "entry \(expected)", problem)
      }
      guard case .success(let json) = element.value, let (entry, hash) = BundleLayout.entry(json)
      else { return faults.append(fault("it cannot be read")) }
      if let problem = take(entry, hash, expected) { return faults.append(fault(problem)) }
      entries = expected
      if let witness, witness.sequence == expected, witness.hash != HexText.text(previous) {
        return faults.append(fault("its hash is not the one that was written down elsewhere"))
      }
    }
    if let witness, witness.sequence > entries {
      faults.append(
        BundleFault(
          BundleLayout.journal,
          "entry \(entries + 1)",
          "it is missing: \(witness.sequence) was seen before"
        )
      )
    }
  }

  /// Takes an entry; says what is wrong with it.
  private mutating func take(_ entry: ProofEntry, _ stated: [UInt8], _ expected: Int64) -> String? {
    let hash: [UInt8]
    switch entry {
    case .other(let sequence, let link):
      closing = nil
      guard sequence == expected else { return "it is missing (the next one is \(sequence))" }
      hash = link.hash(after: previous)
    case .own(let entry, let details):
      guard entry.sequence == expected else {
        return "it is missing (the next one is \(entry.sequence))"
      }
      guard entry.previous == previous else { return "it does not follow from the entry before" }
      hash = JournalLayout.hash(of: entry)
      guard hash == stated else { return "it was altered: its hash does not match" }
      if let details, details.commitment != entry.commitment {
        return "its details were altered: they do not match its commitment"
      }
      own += 1
      if GivenClock.isNamed(in: entry.origin) { underGivenClock += 1 }
      closing = nil
      guard owners.mailing(of: entry.subject, details?.change) == mailing else {
        return "it is of another mailing"
      }
      if let problem = follow(entry, details) ?? note(entry, details) { return problem }
      last = entry.sequence
    }
    guard hash == stated else { return "it was altered: its hash does not match" }
    previous = hash
    return nil
  }

  /// Compares what an entry says of the one of the mailing before it with what is shown: whoever hides
  /// one among those of other matters is found out.
  private mutating func follow(_ entry: JournalEntry, _ details: JournalDetails?) -> String? {
    guard let trail = details.flatMap({ MailingTrail(in: $0.change) }) else {
      return boundFrom == nil || details == nil
        ? nil : "it does not say which entry of the mailing comes before it"
    }
    boundFrom = boundFrom ?? entry.sequence
    guard trail.previous == last else {
      return "the entry of the mailing before it is \(trail.previous), which is not shown"
    }
    guard trail.count == Int64(own) else {
      return "it is entry \(trail.count) of the mailing, and \(own) are shown"
    }
    return nil
  }

  /// Keeps what an entry says of the mailing; what of it cannot be read is a fault.
  private mutating func note(_ entry: JournalEntry, _ details: JournalDetails?) -> String? {
    guard let details else { return "its details are missing" }
    let change = JournalledChange(entry, details.change, reference: details.reference)
    if entry.subject == Subject(.mailing, mailing) { reference = details.reference }
    do {
      if entry.action == CloseProof.name { closing = try change.read() }
      // What happened while the proof was written is shown, and not in its rows.
      guard entry.sequence <= at else { return nil }
      try texts.take(change)
      try editions.take(change, texts: texts)
      try batches.take(change)
      return try take(change)
    } catch {
      return "what it did cannot be read"
    }
  }

  private mutating func take(_ change: JournalledChange) throws -> String? {
    let entry = change.entry
    let (at, by) = (entry.at, entry.actor.name)
    guard entry.subject.kind == .mailing else { return nil }
    switch entry.action {
    case OpenMailing.name: facts = try change.read(OpenMailing.self).facts
    case EditMailing.name: facts = try change.read(EditMailing.self).facts
    case AddRecipients.name:
      let added = try change.read(AddRecipients.self)
      let limit = Int64(UInt32.max)
      guard (1...limit).contains(added.first), (0...limit).contains(Int64(added.count)) else {
        return "it lists people who were never written"
      }
      listings.append(Listing(at: at, by: by, change: added))
    case MoveRecipients.name:
      let move = try change.read(MoveRecipients.self)
      steps[move.step] = Step(at: at, by: by, change: move)
    case RecordDeliveries.name:
      let kept = try change.read(RecordDeliveries.self)
      messages[kept.step] = Messages(change: kept)
    case CorrectContacts.name:
      corrections.append(Correction(at: at, by: by, change: try change.read()))
    case TakeBounces.name: bounces.insert(at)
    default: break
    }
    return nil
  }

  /// Takes an event into the digest of its step; false where there is no such step.
  mutating func note(
    _ step: Int64,
    _ number: Int64,
    from before: RecipientState,
    to after: RecipientState
  )
    -> Bool
  {
    guard let index = steps.index(forKey: step), steps.values[index].change.what.state == after
    else { return false }
    LedgerLayout.event(
      mailing: mailing,
      number: number,
      from: Int64(before.code),
      to: Int64(after.code),
      into: &steps.values[index].digest
    )
    steps.values[index].count += 1
    return true
  }

  /// Takes a message into the digest of its step; false where there is no such step.
  mutating func note(_ message: ProofRow.Message, of number: Int64) -> Bool {
    guard let index = messages.index(forKey: message.step) else { return false }
    LedgerLayout.message(
      mailing: mailing,
      number: number,
      id: message.id,
      message: message.digest,
      into: &messages.values[index].digest
    )
    messages.values[index].count += 1
    return true
  }
}
