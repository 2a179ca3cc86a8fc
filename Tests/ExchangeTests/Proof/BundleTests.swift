import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import Exchange

struct `The proof of a mailing` {
  @Test func `is sound as it was written, and says how much was compared`() async throws {
    let proof = try await ProofFixture()
    let report = try BundleVerifier.verify(proof.folder)
    #expect(report.faults == [])
    #expect(report.reference == "MLG-2026-0001")
    #expect(report.people == 40)
    #expect(report.entries == proof.seal.head)
    #expect(report.own == proof.seal.entries)
    #expect(report.entries - Int64(report.own) == 3)
    #expect(report.headHash == proof.seal.headHash)
    #expect(report.seal == proof.seal.digest)
    #expect(report.files == 7)
  }

  @Test func `is a folder of the owner's own, and never written over another`() async throws {
    let proof = try await ProofFixture(people: 3)
    let manager = FileManager.default
    func mode(_ path: String) throws -> Int? {
      try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(proof.folder) == 0o700)
    for name in try manager.contentsOfDirectory(atPath: proof.folder) {
      #expect(try mode("\(proof.folder)/\(name)") == 0o600)
    }
    #expect(throws: UnwritableOutput.self) { try BundleWriter(proof.folder) }
    let abandoned = proof.fixture.directory.file("other")
    let bundle = try BundleWriter(abandoned)
    try bundle.write([1], forPerson: "a.txt")
    bundle.abandon()
    #expect(!manager.fileExists(atPath: abandoned))
  }

  @Test func `names nobody, and nothing of other matters`() async throws {
    let proof = try await ProofFixture()
    for name in ["states.csv", "journal.jsonl", "manifest.json", "tallies.csv", "days.csv"] {
      let text = try proof.text(name)
      for word in ["Canary", "canary", "person7@", "10000007", "C-7", "OFFER", "Laptop"] {
        #expect(!text.contains(word), "\(word) in \(name)")
      }
    }
  }

  @Test func `passes sha256sum`() async throws {
    let proof = try await ProofFixture(people: 3)
    for line in try proof.text("SHA256SUMS").split(separator: "\n") {
      let name = String(line.dropFirst(66))
      let digest = Digest.sha256(Array(try proof.text(name).utf8))
      #expect(line == "\(digest)  \(name)")
    }
  }

  /// Every byte position is too many: one in a prime number of them, in every file, is altered in turn.
  @Test func `is found altered wherever a byte of it is another one`() async throws {
    let proof = try await ProofFixture(people: 6, naming: 2)
    let files = try FileManager.default.subpathsOfDirectory(atPath: proof.folder)
      .filter { $0.contains(".") || $0 == "SHA256SUMS" }
    for name in files {
      let path = URL(fileURLWithPath: "\(proof.folder)/\(name)")
      let whole = try Data(contentsOf: path)
      for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 7)) {
        var bytes = whole
        bytes[place] ^= 1
        try bytes.write(to: path)
        let report = try BundleVerifier.verify(proof.folder)
        #expect(!report.isSound, "\(name) at \(place)")
        if name != "SHA256SUMS" { #expect(report.faults.first?.file == name) }
      }
      try whole.write(to: path)
    }
    #expect(try proof.faults() == [])
  }

  /// File, what stands there, what somebody writes instead, and what is said although the digests were
  /// made anew.
  static let forgeries: [(String, String, String, String)] = [
    (
      "states.csv", "\n2,acknowledged,", "\n2,handed-over,",
      "states.csv, line 3: the state of recipient 2 is not the one its last step led to"
    ),
    (
      "states.csv", "E1/T1.1", "E1/T1.2",
      "states.csv, line 2: time, channel or text of recipient 1 are not those in the journal"
    ),
    (
      "states.csv", "\n3,", "\n4,", "states.csv, line 4: recipient 3 is missing"
    ),
    ("states.csv", ",EU-FR,fr,", ",EU-DE,fr,", "tallies.csv: it is not what the rows come to"),
    ("tallies.csv", "EU-DE,de,queued,14", "EU-DE,de,queued,13", "tallies.csv: it is not"),
    ("days.csv", "email,EU-DE,handed-over,14", "email,EU-DE,handed-over,15", "days.csv: it is not"),
    (
      "manifest.json", "\"name\": \"Customers\"", "\"name\": \"Everyone\"",
      "manifest.json: its name, duties or channels are not those in the journal"
    ),
    (
      "manifest.json", "\"recipients\": 40", "\"recipients\": 41",
      "manifest.json: it counts 41 people, not 40"
    ),
    (
      "manifest.json", "\"acknowledged\": 13", "\"acknowledged\": 14",
      "manifest.json: it says that 14 are acknowledged, not 13"
    ),
    (
      "manifest.json", "MLG-2026-0001", "MLG-2026-0002",
      "manifest.json: the journal calls the mailing MLG-2026-0001"
    ),
    (
      "manifest.json", "tocsin-proof/2", "tocsin-proof/3",
      "manifest.json: its format is tocsin-proof/3, which this program does not know"
    ),
    (
      "journal.jsonl", "\"actor\":\"meyer\"", "\"actor\":\"other\"",
      "journal.jsonl, entry 2: it was altered: its hash does not match"
    ),
    (
      "journal.jsonl", "\"sequence\":1,", "\"sequence\":9,",
      "journal.jsonl, entry 1: it is missing (the next one is 9)"
    ),
    (
      "journal.jsonl", "\"headline\":\"opened", "\"headline\":\"closed",
      "journal.jsonl, entry 2: its details were altered: they do not match its commitment"
    ),
    (
      "journal.jsonl", "\"state\":\"", "\"state\":\"0", "journal.jsonl, entry 1: it cannot be read"
    ),
  ]

  @Test(arguments: forgeries)
  func `is found altered although the digests were made anew`(
    file: String,
    old: String,
    new: String,
    fault: String
  ) async throws {
    let proof = try await ProofFixture()
    let text = try proof.text(file)
    let range = try #require(text.range(of: old), "\(old) stands nowhere in \(file)")
    try proof.write(text.replacingCharacters(in: range, with: new), to: file)
    #expect(try proof.faults().first?.hasPrefix("\(file)") == true)
    try proof.sumAgain()
    let faults = try proof.faults()
    #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
  }

  @Test func `is found altered where a step was left out, or somebody added`() async throws {
    let proof = try await ProofFixture(people: 6)
    let lines = try proof.text("states.csv").components(separatedBy: "\r\n")
    var shorter = lines
    // Two steps less, and a state to match: bounced and queued again never happened.
    var cells = lines[1].components(separatedBy: ",")
    #expect(cells[1] == "queued")
    cells[1] = "handed-over"
    cells[9] = cells[9].split(separator: " ").dropLast(2).joined(separator: " ")
    cells[4] = lines[3].components(separatedBy: ",")[4]
    shorter[1] = cells.joined(separator: ",")
    try proof.write(shorter.joined(separator: "\r\n"), to: "states.csv")
    try proof.sumAgain()
    #expect(
      try proof.faults().contains { $0.contains("those who took it are not those in the journal") }
    )
    try proof.write((lines.dropLast(2) + [""]).joined(separator: "\r\n"), to: "states.csv")
    try proof.sumAgain()
    #expect(try proof.faults().contains { $0.contains("recipient 6 is missing: 6 were listed") })
  }

  @Test func `is found altered where a file is missing, strange, or a link`() async throws {
    let proof = try await ProofFixture(people: 3)
    let manager = FileManager.default
    try proof.write("x", to: "more.txt")
    #expect(try proof.faults() == ["more.txt: it is not in SHA256SUMS"])
    try manager.removeItem(atPath: "\(proof.folder)/more.txt")
    let empty = "\(proof.folder)/empty"
    try manager.createDirectory(atPath: empty, withIntermediateDirectories: false)
    #expect(try proof.faults() == ["empty/: nothing in SHA256SUMS lies in this folder"])
    try manager.removeItem(atPath: empty)
    let moved = proof.fixture.directory.file("days.csv")
    try manager.moveItem(atPath: "\(proof.folder)/days.csv", toPath: moved)
    #expect(try proof.faults().first?.hasPrefix("days.csv: it cannot be read") == true)
    try manager.createSymbolicLink(atPath: "\(proof.folder)/days.csv", withDestinationPath: moved)
    #expect(try proof.faults().first?.hasPrefix("days.csv: it cannot be read") == true)
    #expect(throws: (any Error).self) { try BundleVerifier.verify("/nowhere/at/all") }
  }

  @Test func `is held against a head and a seal that were kept elsewhere`() async throws {
    let proof = try await ProofFixture(people: 3)
    let report = try BundleVerifier.verify(proof.folder)
    func faults(_ sequence: Int64, _ hash: String, seal: String? = nil) throws -> [String] {
      try proof.faults(.init(head: (sequence, hash), seal: seal))
    }
    #expect(try faults(report.head, report.headHash, seal: report.seal) == [])
    let other = String(repeating: "0", count: 64)
    #expect(
      try faults(report.head, other).first?.contains("not the one that was written down") == true
    )
    #expect(try faults(1, other).first?.hasPrefix("journal.jsonl, entry 1:") == true)
    #expect(try faults(report.head + 5, other).first?.contains("it is missing") == true)
    #expect(
      try faults(report.head, report.headHash, seal: other).first?.hasPrefix("SHA256SUMS:") == true
    )
  }

  @Test func `names one person where it was asked for, whose place everybody can then see`()
    async throws
  {
    let proof = try await ProofFixture(naming: 7)
    #expect(try proof.faults() == [])
    let person = try proof.text("recipient/person.json")
    #expect(person.contains("\"reference\": \"C-7\""))
    #expect(person.contains("person7@example.org"))
    // Somebody else's reference does not open the place, whatever the digests say.
    try proof.write(person.replacing("\"C-7\"", with: "\"C-8\""), to: "recipient/person.json")
    try proof.sumAgain()
    #expect(
      try proof.faults().contains {
        $0.hasPrefix("states.csv, line 8: recipient 7 is not the person who is named")
      }
    )
    try proof.write(
      person.replacing("\"number\": 7", with: "\"number\": 700"),
      to: "recipient/person.json"
    )
    try proof.sumAgain()
    #expect(try proof.faults().contains { $0.contains("it has no recipient 700") })
  }

  @Test func `still proves who was told once the people were erased`() async throws {
    let proof = try await ProofFixture(people: 5)
    let store = proof.store
    let mailing = try #require(try await store.answer(MailingByID(proof.mailing)))
    try await store.perform(
      MailingErasure(
        EraseMailing(
          id: mailing.id,
          basedOn: mailing.version,
          isOrdered: true,
          whileTelling: true
        )
      ),
      origin: "test"
    )
    let bundle = try BundleWriter(proof.fixture.directory.file("later"))
    try await store.perform(ProofReading(of: mailing.id, into: bundle), origin: "test")
    _ = try bundle.finish()
    try bundle.publish()
    let report = try BundleVerifier.verify(proof.fixture.directory.file("later"))
    #expect(report.isSound, "\(report.faults)")
    #expect(report.people == 5)
    #expect(try await store.answer(ProofOpening(mailing: mailing.id, number: 1)) == nil)
  }
}
