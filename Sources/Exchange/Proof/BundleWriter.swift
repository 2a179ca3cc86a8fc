public import Model

/// Writes the proof of a mailing into a new folder, memory flat: `finish` checks it, `publish` gives it its
/// name.
///
/// What it holds names nobody: numbers, states, digests, and the journal's entries of this mailing.
/// `BundleVerifier` checks all of it without a store.
public final class BundleWriter: ProofSink, @unchecked Sendable {
  // @unchecked: a sink is used by one thread at a time, as `ProofSink` says.
  private let folder: BundleFolder
  private var facts: ProofFacts?
  private var people = 0
  private var entries: Int64 = 0
  private var own = 0
  private var previous = JournalLayout.genesis
  private var head: (sequence: JournalSequence, hash: [UInt8])?
  private var documents: [(kind: ProofDocument.Kind, name: String, digest: String)] = []
  private var states: BundleFile?
  private var messages: BundleFile?
  private var journal: BundleFile?
  private var line: [UInt8] = []
  private var cells: [String: [UInt8]] = [:]
  private var time = (at: Instant(milliseconds: .min), text: [UInt8]())

  /// Makes the folder.
  ///
  /// - Throws: `UnwritableOutput` where anything stands under that name.
  public init(_ path: String) throws(UnwritableOutput) { folder = try BundleFolder(path) }

  /// Takes what is known of the mailing as a whole.
  public func begin(_ facts: ProofFacts) throws {
    self.facts = facts
    let writer = CSVWriter()
    var text = writer.row(BundleLayout.tallyColumns)
    for tally in facts.tallies {
      text += writer.row([
        tally.jurisdiction, tally.language, tally.state.rawValue, String(tally.count),
      ])
    }
    try folder.write(Array(text.utf8), to: BundleLayout.tallies)
    text = writer.row(BundleLayout.dayColumns)
    for day in facts.days {
      text += writer.row([
        day.day, day.channel?.rawValue ?? "", day.jurisdiction, day.state.rawValue,
        String(day.count),
      ])
    }
    try folder.write(Array(text.utf8), to: BundleLayout.days)
    let states = try folder.file(BundleLayout.states)
    try states.write(writer.row(BundleLayout.stateColumns).utf8)
    self.states = states
    let messages = try folder.file(BundleLayout.messages)
    try messages.write(writer.row(BundleLayout.messageColumns).utf8)
    self.messages = messages
  }

  /// Takes a document.
  public func take(_ document: ProofDocument) throws {
    try folder.write(
      document.bytes,
      to: BundleLayout.name(of: document.kind, document.name)
    )
    documents.append((document.kind, document.name, Digest.sha256(document.bytes)))
  }

  /// Takes the one person who is named.
  public func take(_ person: ProofPerson) throws { try BundlePerson(person).write(to: self) }

  /// Says what all that came in so far comes to.
  public func content() throws -> String {
    try states?.finish()
    try messages?.finish()
    return folder.content()
  }

  /// Says what manifest and instructions come to.
  public func manifest() throws -> String {
    guard let facts else { throw UnsoundProof(reason: "nothing was given to be written") }
    let instructions = Array(BundleReadme.text(of: facts.mailing).utf8)
    return BundleManifest.digest(
      manifest(facts, 0, []),
      instructions: Digest.sha256(instructions)
    )
  }

  /// Takes the next person.
  public func take(_ row: ProofRow) throws {
    people += 1
    line.removeAll(keepingCapacity: true)
    BundleLayout.append(row.number, to: &line)
    line.append(44)
    line.append(contentsOf: row.state.rawValue.utf8)
    line.append(44)
    line.append(contentsOf: cell(row.jurisdiction))
    line.append(44)
    line.append(contentsOf: cell(row.language))
    line.append(44)
    if time.at != row.changedAt {
      time = (row.changedAt, Array(row.changedAt.description.utf8))
    }
    line.append(contentsOf: time.text)
    line.append(44)
    line.append(contentsOf: (row.channel?.rawValue ?? "").utf8)
    line.append(44)
    line.append(contentsOf: cell(row.text))
    line.append(44)
    HexText.append(row.messages.last?.digest ?? [], to: &line)
    line.append(44)
    HexText.append(row.person, to: &line)
    line.append(44)
    BundleLayout.append(row.steps, to: &line)
    line.append(13)
    line.append(10)
    try states?.write(line)
    for message in row.messages {
      line.removeAll(keepingCapacity: true)
      BundleLayout.append(row.number, to: &line)
      line.append(44)
      BundleLayout.append(message.step, to: &line)
      line.append(44)
      // An id of ours needs no quotes; any other is written as a cell.
      let isPlain = message.id.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || [45, 46, 64, 95].contains($0)
      }
      if isPlain, message.id.utf8.first?.isLetter == true {
        line.append(contentsOf: message.id.utf8)
      } else {
        line.append(contentsOf: CSVWriter().row([message.id, ""]).utf8.dropLast(3))
      }
      line.append(44)
      HexText.append(message.digest, to: &line)
      line.append(13)
      line.append(10)
      try messages?.write(line)
    }
  }

  /// A word as a cell: there are few, so each is made once.
  private func cell(_ word: String) -> [UInt8] {
    if let known = cells[word] { return known }
    let made = Array(CSVWriter().row([word, ""]).utf8.dropLast(3))
    if cells.count < 10_000 { cells[word] = made }
    return made
  }

  /// Takes the next entry of the journal.
  public func take(_ entry: ProofEntry) throws {
    let journal = try journal ?? folder.file(BundleLayout.journal)
    self.journal = journal
    switch entry {
    case .own(let entry, _):
      own += 1
      previous = JournalLayout.hash(of: entry)
    case .other(_, let link): previous = link.hash(after: previous)
    }
    entries += 1
    try journal.write(BundleLayout.line(entry, hash: previous))
  }

  /// Takes the head.
  public func end(_ head: JournalSequence, _ hash: [UInt8]) throws { self.head = (head, hash) }

  /// Writes a file that is for one person, and not sealed.
  public func write(_ bytes: [UInt8], forPerson name: String) throws(UnwritableOutput) {
    try folder.write(bytes, to: "recipient/\(name)")
  }

  /// Writes manifest, instructions and digests, and checks the whole as a stranger would.
  ///
  /// - Parameter progress: Called now and then with the people compared; false cancels.
  /// - Returns: What was written.
  /// - Throws: `UnwritableOutput`; `UnsoundProof` where something does not agree with the rest.
  public func finish(_ progress: (Int) -> Bool = { _ in true }) throws -> BundleSeal {
    guard let facts, let head else {
      throw UnsoundProof(reason: "nothing was given to be written")
    }
    guard entries == head.sequence, previous == head.hash else {
      throw UnsoundProof(
        reason: "the journal does not lead to its own head; see what is wrong: tocsin verify"
      )
    }
    try journal?.finish()
    try folder.write(Array(BundleReadme.text(of: facts.mailing).utf8), to: BundleLayout.readme)
    var manifest: [UInt8] = []
    self.manifest(facts, head.sequence, head.hash).write(to: &manifest, .indented)
    try folder.write(manifest + [10], to: BundleLayout.manifest)
    let seal = BundleSeal(
      digest: try folder.seal(),
      head: head.sequence,
      headHash: HexText.text(head.hash),
      people: people,
      entries: own
    )
    let witness = BundleVerifier.Witness(head: (seal.head, seal.headHash), seal: seal.digest)
    let report = try BundleVerifier.verify(folder.partial, witness: witness, progress: progress)
    if let fault = report.faults.first {
      throw UnsoundProof(
        reason: "what was written does not agree with itself (\(fault)); see what is wrong in the "
          + "store: tocsin verify"
      )
    }
    return seal
  }

  /// Gives the folder its name.
  ///
  /// - Throws: `UnwritableOutput` where anything stands there by now.
  public func publish() throws(UnwritableOutput) { try folder.publish() }

  /// Takes away what was written.
  public func abandon() { folder.abandon() }

  private func manifest(
    _ facts: ProofFacts,
    _ head: JournalSequence,
    _ hash: [UInt8]
  ) -> JSON {
    let mailing = facts.mailing
    var states = JSONObject()
    for state in RecipientState.allCases {
      let count = facts.tallies.reduce(0) { $1.state == state ? $0 + $1.count : $0 }
      if count > 0 { states[state.rawValue] = .integer(Int64(count)) }
    }
    return .members([
      "format": .string(BundleLayout.format), "made_at": .string(facts.madeAt.description),
      "mailing": .members([
        "id": .integer(mailing.id), "reference": .string(mailing.reference),
        "name": .string(mailing.facts.name), "incident": .string(mailing.incidentReference),
        "obligations": .array(mailing.facts.obligations.map { .string($0) }),
        "channels": .array(mailing.facts.channels.map { .string($0.rawValue) }),
        "opened_at": .string(mailing.openedAt.description),
        "erased_at": mailing.erasedAt.map { .string($0.description) } ?? .null,
      ]),
      "recipients": .integer(Int64(people)), "states": .object(states),
      "journal": .members([
        "entries": .integer(entries), "own": .integer(Int64(own)),
        "head": .integer(head), "head_hash": .hex(hash), "states_at": .integer(facts.at),
      ]),
      "documents": .array(
        documents.map { document in
          .members([
            "kind": .string(document.kind.rawValue), "name": .string(document.name),
            "sha256": .string(document.digest),
          ])
        }
      ),
    ])
  }
}

/// What stands for a proof that was written.
public struct BundleSeal: Sendable, Equatable {
  /// SHA-256 of its list of digests: another one is another proof.
  public var digest: String
  /// The newest entry of the journal in it.
  public var head: JournalSequence
  /// Its hash, in hexadecimal.
  public var headHash: String
  /// How many people it speaks of.
  public var people: Int
  /// How many entries of the journal stand whole in it.
  public var entries: Int
}

/// Why a proof was not made of a record.
public struct UnsoundProof: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence.
  public var reason: String
  /// What is wrong, in a sentence.
  public var description: String { reason }
}
