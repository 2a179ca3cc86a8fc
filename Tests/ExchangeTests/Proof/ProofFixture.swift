import Exchange
import Foundation
import Model
import Storage
import TestSupport

/// A store with a mailing that was written, came back, was tried again and was answered, and its proof.
struct ProofFixture {
  let fixture: StoreFixture
  let mailing: RecordID
  let folder: String
  let seal: BundleSeal

  var store: SQLiteStore { fixture.store }

  /// Makes the store and its proof.
  init(people: Int = 40, naming person: Int64? = nil) async throws {
    fixture = try StoreFixture()
    folder = fixture.directory.file("proof")
    let store = fixture.store
    // Entries of other matters stand in between, which nobody may read.
    let incident = try await fixture.open("Laptop of canary@secret.example").subject.id
    mailing = try await store.apply(
      OpenMailing(
        incident: incident,
        facts: MailingFacts(name: "Customers", channels: [.email, .post])
      ),
      origin: "test"
    ).subject.id
    try await store.perform(
      RecipientIntake(into: mailing, from: MadeUpRecipients(count: people), batch: 15),
      origin: "test"
    )
    _ = try await fixture.open("Another")
    for (state, filter) in [
      ("approved", ""), ("queued", ""), ("handed-over", ""), ("bounced-soft", "EU-DE"),
      ("queued", "EU-DE"), ("acknowledged", "EU-FR"),
    ] {
      fixture.clock.advance(by: .seconds(40_000))
      try await store.perform(
        RecipientMove(
          of: mailing,
          LedgerFilter(jurisdictions: filter.isEmpty ? nil : [filter]),
          to: RecipientStep(
            to: RecipientState(rawValue: state) ?? .pending,
            channel: state == "approved" ? nil : .email,
            text: state == "handed-over" ? "E1/T1.1" : ""
          )
        ),
        origin: "test"
      )
    }
    _ = try await fixture.open("A third")
    let bundle = try BundleWriter(folder)
    try await store.perform(
      ProofReading(
        of: mailing,
        into: bundle,
        naming: person.map { ProofReading.Named($0, reason: "asked") }
      ),
      origin: "test"
    )
    seal = try bundle.finish()
    try bundle.publish()
  }

  /// What is wrong with the proof.
  func faults(_ witness: BundleVerifier.Witness = .init()) throws -> [String] {
    try BundleVerifier.verify(folder, witness: witness).faults.map(\.description)
  }

  /// A file's text.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// Writes a file's text.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// Makes the list of digests anew, as somebody would who wants to hide what was altered.
  func sumAgain() throws {
    let lines = try text("SHA256SUMS").split(separator: "\n").map { line -> String in
      let name = String(line.dropFirst(66))
      return "\(Digest.sha256(Array(try text(name).utf8)))  \(name)\n"
    }
    try write(lines.joined(), to: "SHA256SUMS")
  }
}
