internal import Model

/// The manifest of a proof as it is read.
struct BundleManifest {
  let mailing: RecordID
  let reference: String
  let people: Int64
  /// Whether an entry of the journal closes the proof.
  let isClosed: Bool
  /// The newest entry of the mailing that the rows are of.
  let at: JournalSequence
  private let json: JSON

  init(_ path: String) throws {
    func fault(_ problem: String) -> BundleFault {
      BundleFault(BundleLayout.manifest, "", problem)
    }
    let bytes = try BundleVerifier.bytes(path, BundleLayout.manifest, 64 << 20)
    do {
      json = try JSON(reading: bytes)
    } catch {
      throw fault("it cannot be read: \(error)")
    }
    guard let format = json["format"]?.text else { throw fault("it does not say its format") }
    guard [BundleLayout.format, BundleLayout.openFormat].contains(format) else {
      throw fault("its format is \(format), which this program does not know")
    }
    guard let mailing = json[path: ["mailing", "id"]]?.integer, mailing > 0, mailing < 1 << 31,
      let reference = json[path: ["mailing", "reference"]]?.text,
      let people = json["recipients"]?.integer
    else { throw fault("it does not say of which mailing it is") }
    (self.mailing, self.reference, self.people) = (mailing, reference, people)
    isClosed = format == BundleLayout.format
    guard isClosed else {
      at = .max
      return
    }
    guard let stated = json[path: ["journal", "states_at"]]?.integer else {
      throw fault("it does not say as of which entry its rows are")
    }
    at = stated
  }

  /// What stands for a manifest and the instructions beside it.
  ///
  /// All of it but what the entry that closes the proof cannot know: the head, which is that entry.
  ///
  /// - Parameters:
  ///   - manifest: The manifest.
  ///   - instructions: SHA-256 of the instructions, in hexadecimal.
  /// - Returns: SHA-256, in hexadecimal.
  static func digest(_ manifest: JSON, instructions: String) -> String {
    var bound = manifest
    bound[path: ["journal"]] = .members([
      "states_at": manifest[path: ["journal", "states_at"]] ?? .null
    ])
    bound[path: ["instructions"]] = .string(instructions)
    var bytes: [UInt8] = []
    bound.write(to: &bytes)
    return Digest.sha256(bytes)
  }

  /// The same of this one.
  func digest(instructions: String) -> String { Self.digest(json, instructions: instructions) }

  /// What it may say, by the path to it; everything else was written by somebody else.
  private static let known: [(path: [String], keys: Set<String>)] = [
    ([], ["format", "made_at", "mailing", "recipients", "states", "journal", "documents"]),
    (
      ["mailing"],
      [
        "id", "reference", "name", "incident", "obligations", "channels", "opened_at", "erased_at",
      ]
    ),
    (["states"], Set(RecipientState.allCases.map(\.rawValue))),
    (["journal"], ["entries", "own", "head", "head_hash", "states_at"]),
  ]

  /// Members that no proof has, by their names.
  private var strangers: [String] {
    var found: [String] = []
    func look(_ json: JSON?, _ place: String, _ keys: Set<String>) {
      for (key, _) in json?.object?.members ?? [] where !keys.contains(key) {
        found.append("it says \(SinkText.line(place + key)), which no proof says")
      }
    }
    for (path, keys) in Self.known {
      let place = path.map { "\($0)." }.joined()
      look(path.isEmpty ? json : json[path: path], place, keys)
    }
    for document in json["documents"]?.elements ?? [] {
      look(document, "documents.", ["kind", "name", "sha256"])
    }
    return found
  }

  /// What is not as journal and files say.
  func faults(_ journal: BundleJournal, _ sums: BundleSums) -> [BundleFault] {
    func fault(_ problem: String) -> BundleFault {
      BundleFault(BundleLayout.manifest, "", problem)
    }
    var faults = strangers.map(fault)
    if json[path: ["journal", "head"]]?.integer != journal.entries
      || json[path: ["journal", "entries"]]?.integer != journal.entries
      || json[path: ["journal", "head_hash"]]?.hex ?? [] != journal.previous
    {
      faults.append(fault("its head is not the one that the journal leads to"))
    }
    if json[path: ["journal", "own"]]?.integer != Int64(journal.own) {
      faults.append(fault("it counts other entries than the journal has"))
    }
    if let stated = journal.reference, stated != reference {
      faults.append(fault("the journal calls the mailing \(stated)"))
    }
    let texts = json[path: ["mailing", "channels"]]?.elements?.compactMap(\.text)
    let duties = json[path: ["mailing", "obligations"]]?.elements?.compactMap(\.text)
    if let facts = journal.facts,
      json[path: ["mailing", "name"]]?.text != facts.name || duties != facts.obligations
        || texts != facts.channels.map(\.rawValue)
    {
      faults.append(fault("its name, duties or channels are not those in the journal"))
    }
    faults += documents(sums).map(fault)
    return faults
  }

  /// Documents against the files that are there, both ways.
  private func documents(_ sums: BundleSums) -> [String] {
    var problems: [String] = []
    var named: Set<String> = []
    for document in json["documents"]?.elements ?? [] {
      guard let kind = document["kind"]?.text.flatMap({ ProofDocument.Kind(rawValue: $0) }),
        let name = document["name"]?.text, let digest = document["sha256"]?.text
      else {
        problems.append("it lists a document that it does not describe")
        continue
      }
      let file = BundleLayout.name(of: kind, name)
      named.insert(file)
      if sums.files[file] != digest {
        problems.append("\(file) is not the one that it lists")
      }
    }
    for file in sums.files.keys.sorted()
    where !file.contains("/") && !BundleLayout.always.contains(file) {
      problems.append("\(SinkText.line(file)) is no file of a proof")
    }
    for file in sums.files.keys.sorted()
    where file.contains("/") && !file.hasPrefix("recipient/") && !named.contains(file) {
      problems.append("it does not list \(file)")
    }
    return problems
  }

  /// How many it says stand so.
  func count(_ state: RecipientState) -> Int64 {
    json[path: ["states", state.rawValue]]?.integer ?? 0
  }
}
