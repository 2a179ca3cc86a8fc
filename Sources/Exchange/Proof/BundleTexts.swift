internal import Foundation
internal import Model

/// The texts, editions and batches of a proof against the journal's words for them.
struct BundleTexts {
  private let path: String
  private let journal: BundleJournal
  private var texts: [String: String] = [:]
  private(set) var faults: [BundleFault] = []

  init(_ path: String, _ journal: BundleJournal) { (self.path, self.journal) = (path, journal) }

  /// Checks all documents that are there; texts first, because editions name them.
  mutating func check(_ sums: BundleSums) throws {
    for name in sums.files.keys.sorted() where name.hasPrefix("texts/") { try text(name) }
    for name in sums.files.keys.sorted() where name.hasPrefix("editions/") { try edition(name) }
    for name in sums.files.keys.sorted() where name.hasPrefix("batches/") { try batch(name) }
  }

  private func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
    let file = InputFile("\(path)/\(name)", isNamed: false)
    return try? JSONDecoder().decode(type, from: Data(try file.bytes(maximumBytes: 64 << 20)))
  }

  private mutating func text(_ name: String) throws {
    guard let text = try read(name, as: NoticeText.self) else {
      return faults.append(BundleFault(name, "", "it cannot be read"))
    }
    guard name == BundleLayout.name(of: .text, text.versionName), text.mailing == journal.mailing,
      journal.texts[text.id]?.contains(text.digest) == true
    else {
      return faults.append(BundleFault(name, "", "no entry of the journal has written this text"))
    }
    texts[text.versionName] = text.digest
  }

  private mutating func edition(_ name: String) throws {
    guard let edition = try read(name, as: NoticeEdition.self) else {
      return faults.append(BundleFault(name, "", "it cannot be read"))
    }
    guard name == BundleLayout.name(of: .edition, edition.name),
      edition.mailing == journal.mailing, edition.digest == edition.facts.digest,
      journal.editions[edition.id] == edition.digest
    else {
      return faults.append(BundleFault(name, "", "it is not the one that was put up"))
    }
    for part in edition.facts.parts where texts[part.text.versionName] != part.text.digest {
      faults.append(
        BundleFault(name, part.text.versionName, "its text is not the one that was written")
      )
    }
  }

  private mutating func batch(_ name: String) throws {
    guard let batch = try read(name, as: MailingBatch.self) else {
      return faults.append(BundleFault(name, "", "it cannot be read"))
    }
    let disclosed = journal.batches[batch.number]
    guard name == BundleLayout.name(of: .batch, "B\(batch.number)"),
      batch.mailing == journal.mailing, batch.files == disclosed?.files ?? [],
      disclosed.map({ $0.count == batch.count }) ?? true
    else {
      return faults.append(BundleFault(name, "", "its files are not those that were disclosed"))
    }
  }
}
