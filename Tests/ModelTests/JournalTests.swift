import Model
import Testing

struct `The layout of the journal` {
  private static let entry = JournalEntry(
    sequence: 7,
    at: Instant(milliseconds: 1_779_114_600_123),
    bootClock: 42,
    boot: "b00t",
    actor: Actor(uid: 1000, name: "ada", claims: ["ssh": "10.0.0.1"]),
    origin: "dashboard",
    action: "incident.edit",
    subject: Subject(.incident, 3),
    version: 2,
    undoes: 6,
    commitment: [UInt8](repeating: 1, count: 32),
    previous: JournalLayout.genesis
  )

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test func `is the one that stands in released journals`() {
    let bytes = JournalLayout.bytes(of: Self.entry)
    #expect(bytes.count == 278)
    #expect(
      Self.hex(Array(bytes.prefix(38))) == "0000000000000016"
        + Self.hex(Array("tocsin.journal.entry.1".utf8)) + "0000000000000007"
    )
    #expect(
      Self.hex(JournalLayout.hash(of: Self.entry))
        == "8745a19c877e581d305fc3b58d391f8d397f7506669645d4e8657c9b6ee021ed"
    )
    #expect(
      Self.hex(JournalLayout.commitment(salt: [1, 2], details: [3]))
        == "5f6c147e376e70cdc7255fbbaa8d88ac09ed094ac113442d5b8a5da40067181b"
    )
  }

  @Test func `gives other bytes for an entry that differs in any one field`() {
    let changes: [(inout JournalEntry) -> Void] = [
      { $0.sequence = 8 }, { $0.at = $0.at + .milliseconds(1) }, { $0.bootClock = 43 },
      { $0.boot = "b00t2" }, { $0.actor.uid = 1001 }, { $0.actor.name = "bob" },
      { $0.actor.claims = [:] }, { $0.actor.claims = ["ssh": "10.0.0.2"] },
      { $0.actor.claims = ["sudo": "10.0.0.1"] }, { $0.actor.claims["sudo"] = "x" },
      { $0.origin = "import" }, { $0.action = "incident.move" },
      { $0.subject = Subject(.task, 3) }, { $0.subject = Subject(.incident, 4) },
      { $0.version = 3 }, { $0.undoes = nil }, { $0.undoes = 5 }, { $0.commitment[31] = 2 },
      { $0.previous[0] = 1 },
      // Text that moves from one field to the next.
      { ($0.origin, $0.action) = ("dashboardi", "ncident.edit") },
      { ($0.boot, $0.actor.name) = ("b00ta", "da") },
      { $0.actor.claims = ["ss": "h10.0.0.1"] },
    ]
    var seen: Set<[UInt8]> = [JournalLayout.bytes(of: Self.entry)]
    for change in changes {
      var entry = Self.entry
      change(&entry)
      #expect(seen.insert(JournalLayout.bytes(of: entry)).inserted)
    }
  }

  @Test func `does not depend on the order of claims`() {
    var (one, two) = (Self.entry, Self.entry)
    one.actor.claims = ["a": "1", "b": "2", "c": "3"]
    two.actor.claims = ["c": "3", "b": "2", "a": "1"]
    #expect(JournalLayout.bytes(of: one) == JournalLayout.bytes(of: two))
  }

  @Test func `commits to salt and details apart`() {
    let commitments = [([1, 2], [3]), ([1], [2, 3]), ([1, 2, 3], []), ([], [1, 2, 3])].map {
      JournalLayout.commitment(salt: $0.0, details: $0.1)
    }
    #expect(Set(commitments).count == 4)
  }
}
