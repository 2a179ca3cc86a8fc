internal import Foundation
internal import Model

/// The journal of a proof, recomputed from its first entry; keeps what the steps of the mailing say.
struct BundleJournal {
  /// A step as the journal has it, and the digest of what was met of it.
  struct Step {
    var at: Instant
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
    var change: AddRecipients
  }

  let mailing: RecordID
  private(set) var entries: Int64 = 0
  private(set) var own = 0
  private(set) var previous = JournalLayout.genesis
  private(set) var faults: [BundleFault] = []
  /// What the journal calls the mailing.
  private(set) var reference: String?
  /// What is known of the mailing, as the last entry that set it says.
  private(set) var facts: MailingFacts?
  /// The digests of texts that were written, by text.
  private(set) var texts: [RecordID: Set<String>] = [:]
  /// The digests of editions that were put up.
  private(set) var editions: [RecordID: String] = [:]
  /// The files of batches that were disclosed last, by batch.
  private(set) var batches: [RecordID: DiscloseBatch] = [:]
  private(set) var listings: [Listing] = []
  private(set) var steps: [Int64: Step] = [:]
  private(set) var messages: [Int64: Messages] = [:]

  init(mailing: RecordID) { self.mailing = mailing }

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
      guard entry.subject.kind != .mailing || entry.subject.id == mailing else {
        return "it is of another mailing"
      }
      if let problem = note(entry, details) { return problem }
    }
    guard hash == stated else { return "it was altered: its hash does not match" }
    previous = hash
    return nil
  }

  /// Keeps what an entry says of the mailing; what of it cannot be read is a fault.
  private mutating func note(_ entry: JournalEntry, _ details: JournalDetails?) -> String? {
    guard let details else { return "its details are missing" }
    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(details.change.utf8))
    }
    if entry.subject == Subject(.mailing, mailing) { reference = details.reference }
    do {
      switch (entry.subject.kind, entry.action) {
      case (.mailing, OpenMailing.name): facts = try read(OpenMailing.self).facts
      case (.mailing, EditMailing.name): facts = try read(EditMailing.self).facts
      case (.mailing, AddRecipients.name):
        let change = try read(AddRecipients.self)
        let limit = Int64(UInt32.max)
        guard (1...limit).contains(change.first), (0...limit).contains(Int64(change.count)) else {
          return "it lists people who were never written"
        }
        listings.append(Listing(at: entry.at, change: change))
      case (.mailing, MoveRecipients.name):
        let move = try read(MoveRecipients.self)
        steps[move.step] = Step(at: entry.at, change: move)
      case (.mailing, RecordDeliveries.name):
        let change = try read(RecordDeliveries.self)
        messages[change.step] = Messages(change: change)
      case (.mailing, DiscloseBatch.name):
        let change = try read(DiscloseBatch.self)
        batches[change.number] = change
      case (.notice, AddNoticeText.name):
        texts[entry.subject.id, default: []].insert(try read(AddNoticeText.self).facts.digest)
      case (.notice, EditNoticeText.name):
        texts[entry.subject.id, default: []].insert(try read(EditNoticeText.self).facts.digest)
      case (.edition, ProposeEdition.name):
        editions[entry.subject.id] = try read(ProposeEdition.self).digest
      default: break
      }
    } catch {
      return "what it did cannot be read"
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
