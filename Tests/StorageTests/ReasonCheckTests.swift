import Model
import Storage
import TestSupport
import Testing

/// Reasons stay in the journal for ever, also when the contacts were erased.
struct `A reason` {
  private func people() async throws -> LedgerFixture {
    let ledger = try await LedgerFixture()
    try await ledger.add(MadeUpRecipients(count: 4, from: 1001))
    return ledger
  }

  @Test(arguments: [
    ("she wrote from person1003@example.org.", "e-mail address"),
    ("PERSON1003@example.org, by telephone", "e-mail address"),
    ("spoke with C-1003: wants nothing", "reference"),
    ("called back on +49 30 1000 1003 twice", "telephone number"),
    ("called (0049-30) 10001003", "telephone number"),
  ])
  func `that holds a contact of a recipient is refused and not repeated`(
    reason: String,
    kind: String
  ) async throws {
    let ledger = try await people()
    let error = await #expect(throws: StoreError.self) {
      try await ledger.move(.exempt, numbers: [1], cause: reason)
    }
    #expect(
      error?.description == """
        the reason holds the \(kind) of a recipient of MLG-2026-0001; reasons stay in the journal \
        when the contacts are erased: name people by their number in the mailing
        """
    )
    #expect(try ledger.found(["person1003", "10001003"]) == [])
  }

  @Test func `that names the person it is about is refused`() async throws {
    let ledger = try await people()
    await #expect(throws: StoreError.self) {
      try await ledger.move(.exempt, numbers: [2], cause: "canary person 1002 asked for it")
    }
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        RecipientReveal(of: ledger.mailing, [2], reason: "Canary Person 1002 called"),
        origin: "test"
      )
    }
    #expect(error?.description.hasPrefix("the reason holds the name of recipient 2") == true)
  }

  @Test func `that speaks of days, contracts, batches and others is taken`() async throws {
    let ledger = try await people()
    let reason =
      "contract 17 of 2026-05-18, batch B0001, ask press@example.com or +49 30 999 888 77"
    #expect(try await ledger.move(.exempt, numbers: [1], cause: reason) == 1)
  }
}
