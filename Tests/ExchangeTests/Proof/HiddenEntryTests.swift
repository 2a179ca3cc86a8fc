import Dispatch
import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import Exchange

/// What somebody does who makes a proof by other means than the program.
struct `A proof in which something was hidden` {
  /// An entry of the journal as a line, with what stands in it.
  private struct Line {
    var entry: ProofEntry
    var text: String

    init(_ text: String) throws {
      let (entry, _) = try #require(BundleLayout.entry(try JSON(reading: Array(text.utf8))))
      (self.entry, self.text) = (entry, text)
    }

    var own: JournalEntry? {
      guard case .own(let entry, _) = entry else { return nil }
      return entry
    }
  }

  private func lines(_ proof: ProofFixture) throws -> [Line] {
    try proof.text("journal.jsonl").split(separator: "\n").map { try Line(String($0)) }
  }

  /// Writes lines, and manifest and digests to match, as far as they can be made to.
  private func write(_ lines: [Line], to proof: ProofFixture) throws {
    try proof.write(lines.map { $0.text + "\n" }.joined(), to: "journal.jsonl")
    var manifest = try JSON(reading: Array(try proof.text("manifest.json").utf8))
    let own = lines.count { $0.own != nil }
    let last = try #require(lines.last)
    manifest[path: ["journal", "own"]] = .integer(Int64(own))
    manifest[path: ["journal", "entries"]] = .integer(Int64(lines.count))
    manifest[path: ["journal", "head"]] = .integer(Int64(lines.count))
    manifest[path: ["journal", "head_hash"]] = try JSON(reading: Array(last.text.utf8))["hash"]
    var bytes: [UInt8] = []
    manifest.write(to: &bytes, .indented)
    try proof.write(String(decoding: bytes + [10], as: UTF8.self), to: "manifest.json")
    try proof.sumAgain()
  }

  /// The line of an entry as one of another matter has it.
  private func hidden(_ line: Line) throws -> Line {
    let own = try #require(line.own)
    let bytes = BundleLayout.line(
      .other(own.sequence, JournalLink(of: own)),
      hash: JournalLayout.hash(of: own)
    )
    return try Line(String(decoding: bytes.dropLast(), as: UTF8.self))
  }

  @Test(arguments: ["mailing.open", "recipients.add", "recipients.move"])
  func `names the entry behind one that is shown as of another matter`(action: String)
    async throws
  {
    let proof = try await ProofFixture()
    var lines = try lines(proof)
    let place = try #require(lines.firstIndex { $0.own?.action == action })
    let sequence = Int64(place) + 1
    lines[place] = try hidden(lines[place])
    try write(lines, to: proof)
    let next = try #require(lines.dropFirst(place + 1).compactMap(\.own).first)
    #expect(
      try proof.faults().contains(
        "journal.jsonl, entry \(next.sequence): the entry of the mailing before it is "
          + "\(sequence), which is not shown"
      )
    )
  }

  @Test func `names what is missing where the end of the journal is left out`() async throws {
    let proof = try await ProofFixture()
    let lines = try lines(proof)
    try write(Array(lines.dropLast()), to: proof)
    #expect(
      try proof.faults().contains(
        "journal.jsonl, entry \(lines.count - 1): it is not the one that closes the proof"
      )
    )
    // As little does it help to hide what closes it.
    try write(lines.dropLast() + [try hidden(lines[lines.count - 1])], to: proof)
    #expect(
      try proof.faults().contains(
        "journal.jsonl, entry \(lines.count): it is not the one that closes the proof"
      )
    )
  }

  /// File, what stands there, what somebody writes instead.
  @Test(arguments: [
    ("states.csv", ",EU-FR,fr,", ",EU-FR,de,"),
    ("tallies.csv", "EU-FR", "EU-IT"),
    ("recipient/person.json", "Canary Street 7", "Canary Street 8"),
  ])
  func `is found out by the entry that closes it, whatever else agrees`(
    file: String,
    old: String,
    new: String
  ) async throws {
    let proof = try await ProofFixture(naming: 7)
    #expect(try proof.text(file).contains(old))
    try proof.write(try proof.text(file).replacing(old, with: new), to: file)
    try proof.sumAgain()
    let entry = try lines(proof).count
    #expect(
      try proof.faults().contains(
        "journal.jsonl, entry \(entry): the files are not those that it closes"
      )
    )
  }

  /// File, what stands there, what somebody writes instead.
  @Test(arguments: [
    ("manifest.json", "\"made_at\": \"20", "\"made_at\": \"19"),
    ("manifest.json", "\"opened_at\": \"20", "\"opened_at\": \"19"),
    ("manifest.json", "\"incident\": \"INC-", "\"incident\": \"INC-9"),
    ("README.txt", "Nobody is named in it.", "Everybody was told."),
  ])
  func `is found out by the entry that closes it where head or instructions are rewritten`(
    file: String,
    old: String,
    new: String
  ) async throws {
    let proof = try await ProofFixture()
    #expect(try proof.text(file).contains(old))
    try proof.write(try proof.text(file).replacing(old, with: new), to: file)
    try proof.sumAgain()
    let entry = try lines(proof).count
    #expect(
      try proof.faults() == [
        "journal.jsonl, entry \(entry): manifest or instructions are not those that it closes"
      ]
    )
  }

  /// What is put into the manifest beside what it says, and what is said of it.
  @Test(arguments: [
    ("{\n", "{\n  \"told\": \"all\",\n", "it says told, which no proof says"),
    (
      "\"mailing\": {\n", "\"mailing\": {\n    \"signed\": true,\n",
      "it says mailing.signed, which no proof says"
    ),
  ])
  func `is found out where the manifest says what none does`(
    old: String,
    new: String,
    problem: String
  ) async throws {
    let proof = try await ProofFixture()
    let text = try proof.text("manifest.json")
    let place = try #require(text.range(of: old))
    try proof.write(text.replacingCharacters(in: place, with: new), to: "manifest.json")
    try proof.sumAgain()
    #expect(try proof.faults().contains("manifest.json: \(problem)"))
  }

  @Test func `is found out where a file was put beside, and where an entry says more`()
    async throws
  {
    let proof = try await ProofFixture()
    try proof.write("all were told", to: "signed.txt")
    #expect(try proof.faults().contains("signed.txt: it is not in SHA256SUMS"))
    let digest = Digest.sha256(Array("all were told".utf8))
    let sums = try proof.text("SHA256SUMS").split(separator: "\n").map(String.init)
    let all = (sums + ["\(digest)  signed.txt"]).sorted { $0.dropFirst(66) < $1.dropFirst(66) }
    try proof.write(all.map { $0 + "\n" }.joined(), to: "SHA256SUMS")
    #expect(try proof.faults().contains("manifest.json: signed.txt is no file of a proof"))
    let entry = try #require(try proof.text("journal.jsonl").split(separator: "\n").first)
    let more = entry.dropLast() + ",\"note\":\"seen\"}"
    try proof.write(
      try proof.text("journal.jsonl").replacing(entry, with: more),
      to: "journal.jsonl"
    )
    #expect(try proof.faults().contains("journal.jsonl, entry 1: it cannot be read"))
  }

  @Test func `shows another person in a row only with another entry that closes it`()
    async throws
  {
    let proof = try await ProofFixture()
    var rows = try proof.text("states.csv").components(separatedBy: "\r\n")
    var cells = rows[3].components(separatedBy: ",")
    cells[8] = String(repeating: "0", count: 64)
    rows[3] = cells.joined(separator: ",")
    try proof.write(rows.joined(separator: "\r\n"), to: "states.csv")
    try proof.sumAgain()
    let faults = try proof.faults()
    #expect(faults.count == 1)
    #expect(faults.first?.hasSuffix("the files are not those that it closes") == true, "\(faults)")
  }

  @Test(arguments: [
    ("\"cause\": \"listed\"", "\"cause\": \"asked\""),
    ("\"by\": \"meyer\"", "\"by\": \"okafor\""),
    ("\"channel\": \"email\"", "\"channel\": \"post\""),
    ("\"text\": \"E1/T1.1\",", "\"text\": \"E1/T1.2\","),
  ])
  func `compares what is said to have happened to a person word by word`(
    old: String,
    new: String
  ) async throws {
    let proof = try await ProofFixture(naming: 7)
    let person = try proof.text("recipient/person.json")
    let range = try #require(person.range(of: old), "\(old) stands nowhere in \(person)")
    try proof.write(
      person.replacingCharacters(in: range, with: new),
      to: "recipient/person.json"
    )
    try proof.sumAgain()
    #expect(
      try proof.faults().contains(
        "states.csv, line 8: what is said to have happened to recipient 7 is not what the journal "
          + "says"
      )
    )
  }

  @Test func `has a fault, and is no unreadable folder, where what it lists is gone`() async throws
  {
    for name in ["recipient/person.json", "states.csv", "manifest.json"] {
      let proof = try await ProofFixture(people: 7, naming: 7)
      try FileManager.default.removeItem(atPath: "\(proof.folder)/\(name)")
      let faults = try proof.faults()
      #expect(faults.contains { $0.hasPrefix("\(name): it cannot be read") }, "\(faults)")
    }
  }

  @Test func `cannot be given out for one of the format before, which bound less`() async throws {
    let proof = try await ProofFixture()
    #expect(try BundleVerifier.verify(proof.folder).closing == proof.seal.head)
    #expect(try BundleVerifier.verify(proof.folder).unbound == [])
    try proof.write(
      try proof.text("manifest.json").replacing("tocsin-proof/2", with: "tocsin-proof/1"),
      to: "manifest.json"
    )
    try proof.sumAgain()
    #expect(
      try proof.faults().contains {
        $0.hasSuffix(
          "it is of a proof that binds its entries, and the manifest says another format"
        )
      }
    )
  }
}

/// A proof's folder beside which somebody is at work, as soon as all people were read.
private final class Meddling: ProofSink {
  private let bundle: BundleWriter
  private let meddle: @Sendable () async throws -> Void

  init(_ bundle: BundleWriter, _ meddle: @escaping @Sendable () async throws -> Void) {
    (self.bundle, self.meddle) = (bundle, meddle)
  }

  func begin(_ facts: ProofFacts) throws { try bundle.begin(facts) }
  func take(_ document: ProofDocument) throws { try bundle.take(document) }
  func take(_ person: ProofPerson) throws { try bundle.take(person) }
  func take(_ row: ProofRow) throws { try bundle.take(row) }
  func take(_ entry: ProofEntry) throws { try bundle.take(entry) }
  func end(_ head: JournalSequence, _ hash: [UInt8]) throws { try bundle.end(head, hash) }

  func content() throws -> String {
    // On the thread of the snapshot, which others do not need.
    let done = DispatchSemaphore(value: 0)
    Task.detached { [meddle] in
      try? await meddle()
      done.signal()
    }
    done.wait()
    return try bundle.content()
  }

  func manifest() throws -> String { try bundle.manifest() }
}

struct `The folder of a proof` {
  @Test func `is of one moment, and shows behind it what happened while it was written`()
    async throws
  {
    let proof = try await ProofFixture()
    let path = proof.fixture.directory.file("later")
    let bundle = try BundleWriter(path)
    let (store, mailing) = (proof.store, proof.mailing)
    let sink = Meddling(bundle) {
      try await store.perform(
        RecipientMove(of: mailing, numbers: [1], to: RecipientStep(to: .unreachable)),
        origin: "test"
      )
      try await store.apply(
        AddNoticeText(
          mailing: mailing,
          facts: NoticeTextFacts(language: "en", subject: "Late", body: "Late")
        ),
        origin: "test"
      )
    }
    try await store.perform(ProofReading(of: mailing, into: sink), origin: "test")
    let seal = try bundle.finish()
    try bundle.publish()
    let journal = try String(contentsOfFile: "\(path)/journal.jsonl", encoding: .utf8)
    #expect(journal.contains("\"action\":\"notice.add\""))
    let states = try String(contentsOfFile: "\(path)/states.csv", encoding: .utf8)
    #expect(!states.contains("unreachable"))
    #expect(!FileManager.default.fileExists(atPath: "\(path)/texts"))
    #expect(try BundleVerifier.verify(path).closing == seal.head)
  }

  @Test func `has its name only when all of it is there and was checked`() async throws {
    let fixture = try await ProofFixture(people: 3)
    let path = fixture.fixture.directory.file("later")
    let bundle = try BundleWriter(path)
    let manager = FileManager.default
    #expect(!manager.fileExists(atPath: path))
    try await fixture.store.perform(
      ProofReading(of: fixture.mailing, into: bundle),
      origin: "test"
    )
    // Somebody spoils it before it is checked.
    let partial = fixture.fixture.directory.file(".later.unfinished")
    try Data("spoilt".utf8).write(to: URL(fileURLWithPath: "\(partial)/days.csv"))
    #expect(throws: UnsoundProof.self) { try bundle.finish() }
    #expect(!manager.fileExists(atPath: path))
    bundle.abandon()
    #expect(!manager.fileExists(atPath: partial))
  }

  @Test func `takes the place of what a broken-off one left, and not of one that is written`()
    throws
  {
    let directory = try TemporaryDirectory()
    let path = directory.file("proof")
    let partial = directory.file(".proof.unfinished")
    try FileManager.default.createDirectory(
      atPath: "\(partial)/recipient",
      withIntermediateDirectories: true
    )
    try Data("left".utf8).write(to: URL(fileURLWithPath: "\(partial)/recipient/person.json"))
    let first = try BundleWriter(path)
    #expect(!FileManager.default.fileExists(atPath: "\(partial)/recipient"))
    #expect(throws: UnwritableOutput.self) { try BundleWriter(path) }
    first.abandon()
    _ = try BundleWriter(path)
  }

  @Test func `never takes the place of anything`() async throws {
    let proof = try await ProofFixture(people: 3)
    let path = proof.fixture.directory.file("later")
    let bundle = try BundleWriter(path)
    try await proof.store.perform(ProofReading(of: proof.mailing, into: bundle), origin: "test")
    _ = try bundle.finish()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: UnwritableOutput.self) { try bundle.publish() }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    bundle.abandon()
  }
}
