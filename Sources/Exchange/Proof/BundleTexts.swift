internal import Foundation
internal import Model

/// The texts, editions and batches of a proof against what the journal says of them, word by word.
struct BundleTexts {
  private let path: String
  private let journal: BundleJournal
  private(set) var faults: [BundleFault] = []
  /// What the journal of its time does not say.
  private(set) var unbound: [String] = []

  init(_ path: String, _ journal: BundleJournal) { (self.path, self.journal) = (path, journal) }

  /// Checks all documents that are there, and that all are.
  mutating func check(_ sums: BundleSums) throws {
    func named<Value>(_ pairs: [(String, Value)]) -> [String: Value] {
      Dictionary(pairs) { _, last in last }
    }
    let texts = named(journal.texts.versions.map { ($0.versionName, $0) })
    let editions = named(journal.editions.editions.map { ("E\($0.number)", $0) })
    let batches = named(journal.batches.batches.map { ("B\($0.key)", $0.value) })
    var notes: [String] = []
    faults += try each("texts/", sums) { try text($0, texts) }
    faults += try each("editions/", sums) { try edition($0, editions, &notes) }
    faults += try each("batches/", sums) { try batch($0, batches) }
    unbound = notes
    let wanted =
      texts.keys.map { BundleLayout.name(of: .text, $0) }
      + editions.keys.map { BundleLayout.name(of: .edition, $0) }
      + batches.keys.map { BundleLayout.name(of: .batch, $0) }
    for name in wanted.sorted() where sums.files[name] == nil {
      faults.append(BundleFault(name, "", "it is missing, and the journal has it"))
    }
  }

  /// Goes through the files of a folder; one that cannot be read was named by then.
  private func each(
    _ folder: String,
    _ sums: BundleSums,
    _ body: (String) throws -> String?
  ) throws -> [BundleFault] {
    var faults: [BundleFault] = []
    for name in sums.files.keys.sorted()
    where name.hasPrefix(folder) && !sums.missing.contains(name) {
      if let problem = try body(name) { faults.append(BundleFault(name, "", problem)) }
    }
    return faults
  }

  private func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
    let bytes = try BundleVerifier.bytes(path, name, 64 << 20)
    return try? JSONDecoder().decode(type, from: Data(bytes))
  }

  private func text(_ name: String, _ known: [String: NoticeText]) throws -> String? {
    guard let text = try read(name, as: NoticeText.self) else { return "it cannot be read" }
    guard name == BundleLayout.name(of: .text, text.versionName), text.mailing == journal.mailing,
      let said = known[text.versionName], said.id == text.id, said.facts == text.facts
    else { return "no entry of the journal has written this text" }
    guard said.writtenAt == text.writtenAt, said.writtenBy == text.writtenBy else {
      return "the journal says that somebody else wrote it, or at another time"
    }
    guard said.confirmations == text.confirmations else {
      return "what was confirmed of it is not what the journal says"
    }
    return said.isRemoved == text.isRemoved
      ? nil : "whether it was taken out is not as the journal says"
  }

  private func edition(
    _ name: String,
    _ known: [String: EditionReplay.Edition],
    _ unbound: inout [String]
  ) throws -> String? {
    guard let edition = try read(name, as: NoticeEdition.self) else { return "it cannot be read" }
    guard name == BundleLayout.name(of: .edition, edition.name),
      let said = known[edition.name], edition.digest == edition.facts.digest
    else { return "it is not the one that was put up" }
    if let problem = said.problem(with: edition) { return problem }
    if said.isLeft(to: edition) { unbound.append("that \(edition.name) became void, and why") }
    if said.state == nil { unbound.append("that \(edition.name) needed no second person") }
    return nil
  }

  private func batch(_ name: String, _ known: [String: MailingBatch]) throws -> String? {
    guard let batch = try read(name, as: MailingBatch.self) else { return "it cannot be read" }
    let number = "B\(batch.number)"
    guard name == BundleLayout.name(of: .batch, number), let said = known[number] else {
      return "no entry of the journal has begun it"
    }
    guard batch.files == said.files else {
      return "its files are not those that were disclosed"
    }
    return batch == said ? nil : "what it says of itself is not what the journal says"
  }
}
