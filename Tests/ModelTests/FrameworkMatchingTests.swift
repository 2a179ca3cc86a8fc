import Model
import Testing

struct `Two editions of a framework` {
  private static func framework(
    _ id: String,
    _ lines: [(id: String, reference: String, depth: Int, text: String)]
  ) -> Framework {
    Framework(
      identifier: id,
      version: "1",
      language: "en",
      texts: FrameworkTexts(name: id),
      requirements: lines.map {
        Requirement(
          identifier: $0.id,
          reference: $0.reference,
          depth: $0.depth,
          isAssessable: $0.depth > 1,
          texts: FrameworkTexts(text: $0.text)
        )
      }
    )
  }

  private let old = framework(
    "old",
    [
      ("o:a", "A", 1, "Chapter A"), ("o:1", "A.1", 2, "Encrypt what is at rest"),
      ("o:2", "A.2", 2, "Log every access to the data"), ("o:3", "A.3", 2, "Gone for good now"),
      ("o:b", "B", 1, "Chapter B"), ("o:4", "B.1", 2, "Test that backups can be restored"),
      ("o:5", "B.2", 2, "Known by mapping alone"),
    ]
  )
  private let new = framework(
    "new",
    [
      ("n:a", "A", 1, "Chapter A"), ("n:1", "A.1", 2, "Encrypt  what is\nat rest"),
      ("n:2", "A.2", 2, "Log every access to all data"),
      ("n:4", "A.4", 2, "Test that backups can be restored"),
      ("n:b", "B", 1, "Chapter B"), ("n:6", "B.9", 2, "Said otherwise"),
      ("n:7", "B.7", 2, "New one"),
    ]
  )

  private func mapping(turned: Bool) -> FrameworkMapping {
    FrameworkMapping(
      identifier: "m",
      version: "1",
      texts: FrameworkTexts(name: "m"),
      sourceFramework: turned ? "new" : "old",
      targetFramework: turned ? "old" : "new",
      links: [
        .init(source: turned ? "n:6" : "o:5", target: turned ? "o:5" : "n:6", relationship: .equal)
      ]
    )
  }

  @Test(arguments: [false, true])
  func `are matched by mapping, reference and text`(turned: Bool) {
    let matching = FrameworkMatching(from: old, to: new, mappings: [mapping(turned: turned)])
    #expect(
      matching.pairs == [
        .init(old: 0, new: 0, basis: .reference), .init(old: 1, new: 1, basis: .reference),
        .init(old: 2, new: 2, basis: .reference), .init(old: 5, new: 3, basis: .text),
        .init(old: 4, new: 4, basis: .reference), .init(old: 6, new: 5, basis: .mapping),
      ]
    )
  }

  @Test func `are not matched by a number that a mapping gives to another requirement`() {
    var mapping = mapping(turned: false)
    // What was A.2 is a part of B.7 now; the new A.2 is another requirement.
    mapping.links.append(.init(source: "o:2", target: "n:7", relationship: .subset))
    let matching = FrameworkMatching(from: old, to: new, mappings: [mapping])
    #expect(matching.pairs.contains(.init(old: 2, new: 6, basis: .mapping)))
    #expect(!matching.pairs.contains { $0.new == 2 })
  }

  @Test func `differ in what was added, removed, changed and moved`() {
    let difference = FrameworkDifference(from: old, to: new)
    #expect(difference.added.map(\.reference) == ["B.9", "B.7"])
    #expect(difference.removed.map(\.reference) == ["A.3", "B.2"])
    #expect(difference.changed.map(\.after.reference) == ["A.2"])
    #expect(difference.changed.map(\.fields) == [["text"]])
    #expect(difference.moved.map(\.before.reference) == ["B.1"])
    #expect(difference.moved.map(\.after.reference) == ["A.4"])
    #expect(difference.unchanged == 3)
  }

  @Test func `that are the same do not differ`() {
    let difference = FrameworkDifference(from: old, to: old)
    #expect(difference.unchanged == 7)
    #expect(difference.added.isEmpty && difference.removed.isEmpty && difference.altered.isEmpty)
  }

  @Test(
    arguments: [
      ([1, 3], "depth 3 follows depth 1"), ([2], "depth 2 follows depth 0"), ([0], "depth 0"),
    ]
  )
  func `are refused where their tree is none`(depths: [Int], reason: String) throws {
    let lines = depths.enumerated().map { ("\($0)", "", $1, "text") }
    let error = try #require(throws: UnusableFramework.self) {
      try Self.framework("x", lines).check()
    }
    #expect(error.reason.contains(reason))
  }

  @Test func `have a digest that every part of them counts in`() {
    var other = old
    #expect(other.digest == old.digest)
    other.requirements[3].citations = ["a"]
    let first = other.digest
    other.requirements[3].citations = []
    other.requirements[3].groups = ["a"]
    #expect(Set([old.digest, first, other.digest]).count == 3)
  }
}
