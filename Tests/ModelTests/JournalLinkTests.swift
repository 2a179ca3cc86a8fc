import Testing

@testable import Model

struct `A link of the journal` {
  private static func entry(origin: String, claims: [String: String] = [:]) -> JournalEntry {
    JournalEntry(
      sequence: 7,
      at: Instant(milliseconds: 1_779_114_600_123),
      bootClock: 42,
      boot: "b00t",
      actor: Actor(uid: 1000, name: "ada", claims: claims),
      origin: origin,
      action: "incident.edit",
      subject: Subject(.incident, 3),
      version: 2,
      undoes: nil,
      commitment: [UInt8](repeating: 5, count: 32),
      previous: [UInt8](repeating: 9, count: 32)
    )
  }

  @Test func `goes from one hash to the next as the entry does, whatever its length`() {
    for length in 0..<140 {
      let entry = Self.entry(origin: String(repeating: "x", count: length))
      let link = JournalLink(of: entry)
      #expect(link.hash(after: entry.previous) == JournalLayout.hash(of: entry))
      #expect(link.hash(after: JournalLayout.genesis) != JournalLayout.hash(of: entry))
      #expect(link.rest.count < 64)
      #expect(link.length % 64 == 0)
    }
  }

  @Test func `is read back as it was written, and nothing else is taken for one`() throws {
    let entry = Self.entry(origin: "dashboard")
    let link = JournalLink(of: entry)
    let again = try #require(
      JournalLink(state: link.state, length: link.length, rest: link.rest)
    )
    #expect(again == link)
    #expect(again.hash(after: entry.previous) == JournalLayout.hash(of: entry))
    #expect(JournalLink(state: [1], length: 64, rest: []) == nil)
    #expect(JournalLink(state: link.state, length: 65, rest: []) == nil)
    #expect(JournalLink(state: link.state, length: 0, rest: []) == nil)
    #expect(
      JournalLink(state: link.state, length: 64, rest: [UInt8](repeating: 0, count: 64)) == nil
    )
  }

  @Test func `holds no word of the entry`() {
    let entry = Self.entry(origin: "import canary", claims: ["ssh": "10.9.8.7"])
    let link = JournalLink(of: entry)
    let shown = link.state + link.rest
    for word in ["canary", "10.9.8.7", "ada", "incident"] {
      let bytes = Array(word.utf8)
      #expect(!(0...shown.count - bytes.count).contains { shown[$0...].starts(with: bytes) })
    }
  }

  @Test func `rests on SHA-256 as the library has it`() {
    for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let whole = length / 64 * 64
      var state = HashState()
      state.take(bytes[..<whole])
      var digest = RunningDigest()
      bytes.withUnsafeBytes { digest.update($0) }
      #expect(state.hash(ending: Array(bytes[whole...])) == digest.bytes)
    }
  }
}
