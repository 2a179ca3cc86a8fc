import Formats
import Foundation
import Model
import Rulebook
import Testing

/// The rulebook that ships with the program.
enum Shipped {
  static let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../Sources/Rulebook").standardized.path

  static let rulebook = Result { try Rulebook(shipped: folder, withCases: true) }

  /// The published tables from which the rules were written; nil where they are not at hand.
  static let tables: String? = {
    let environment = ProcessInfo.processInfo.environment
    let shared =
      environment["TOCSIN_SHARED"]
      ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared").standardized
      .path
    return try? String(contentsOfFile: "\(shared)/law/breach-rules.md", encoding: .utf8)
  }()
}

struct `The shipped rulebook` {
  @Test func `reads without a fault`() throws {
    _ = try Shipped.rulebook.get()
  }

  @Test func `gives every answer that was worked by hand`() throws {
    let failures = try Shipped.rulebook.get().failedCases()
    #expect(failures.map(\.description) == [])
  }

  @Test func `has a worked answer for each term of its laws of rights`() throws {
    for file in try Shipped.rulebook.get().rights {
      let terms = file.law.terms.map(\.citation)
      let kinds = Set(file.cases.map(\.kind))
      for term in file.law.terms {
        #expect(term.kinds.contains(where: kinds.contains), "\(file.law.id): \(terms)")
      }
    }
    #expect(try Shipped.rulebook.get().rights.map(\.law.id).count >= 4)
  }

  @Test func `has a worked answer for each of its rules`() throws {
    let book = try Shipped.rulebook.get()
    let tested = Set(book.laws.flatMap { $0.cases.flatMap { $0.expected.map(\.id) } })
    #expect(book.pack.rules.map(\.rule.id).filter { !tested.contains($0) } == [])
  }

  @Test func `counts the people of a part of a country as people of the country`() throws {
    for law in try Shipped.rulebook.get().pack.laws where law.id != "us-pr" {
      let people = law.reach.people
      let countries = people.filter { !$0.contains("-") && !people.contains("\($0)-*") }
      #expect(countries == [], "\(law.id): write \(countries.map { "\($0)-*" })")
    }
  }

  @Test func `says of each law where its text stands and when it was read`() throws {
    for law in try Shipped.rulebook.get().pack.laws {
      #expect(law.source.hasPrefix("http") || law.jurisdiction == "CONTRACT", "\(law.id)")
      #expect(law.verified == Law.unverified, "\(law.id)")
      #expect(!law.retrieved.isEmpty, "\(law.id)")
      for rule in law.rules {
        #expect(!rule.citation.isEmpty && !(rule.duty.isEmpty && rule.dormant == nil), "\(rule.id)")
      }
    }
  }

  @Test func `names in its contact book whomever a rule tells, and nobody else`() throws {
    let pack = try Shipped.rulebook.get().pack
    let nobody = pack.rules.filter { pack.authorities(for: $1, of: $0).isEmpty }
    #expect(nobody.map(\.rule.id) == [])
    let told = Set(pack.rules.map { "\($0.law.jurisdiction) \($0.rule.recipient)" })
    let recipients = Set(pack.rules.map(\.rule.recipient))
    for authority in pack.authorities {
      for words in authority.named {
        #expect(
          authority.jurisdiction.isEmpty
            ? recipients.contains(words) : told.contains("\(authority.jurisdiction) \(words)"),
          "\(authority.key): \(words)"
        )
      }
    }
  }

  @Test(arguments: [
    ("AU-NDB-OAIC", ["au-oaic"]), ("US-TX-AG", ["us-tx-attorney-general"]),
    ("UK-FCA-SUP15", ["gb-fca", "gb-pra"]), ("EU-GDPR-33-PHASE", ["eu-supervisory-authority"]),
    ("US-CA-IND", ["people"]), ("EU-GDPR-33-REC", ["own-record"]),
    ("US-FCC-GOV", ["us-fbi", "us-fcc", "us-secret-service"]),
  ])
  func `says whom a rule means`(id: String, keys: [String]) throws {
    let pack = try Shipped.rulebook.get().pack
    let (law, rule) = try #require(pack.rule(id))
    #expect(pack.authorities(for: rule, of: law).map(\.key) == keys)
  }

  @Test(arguments: [
    ("EU-GDPR-33-SA", FilingPhase.initial), ("EU-GDPR-33-PHASE", .supplement),
    ("EU-NIS2-EW", .initial), ("EU-NIS2-IN", .supplement), ("EU-NIS2-FIN", .final),
    ("EU-DORA-INTER", .supplement), ("EU-DORA-FINAL", .final), ("US-SEC-8K-105A", .supplement),
  ])
  func `says which step of telling a rule is`(id: String, phase: FilingPhase) throws {
    #expect(try Shipped.rulebook.get().pack.rule(id)?.rule.phase == phase)
  }

  @Test(arguments: [
    ("- { key: A b, name: n, role: own, named: [x] }", "a key has small letters"),
    ("- { key: a, name: n, role: king, named: [x] }", "one of"),
    ("- { key: a, name: n, role: own, named: [] }", "by what words"),
    ("- { key: a, name: n, role: own, named: [x], phone: 1 }", "phone"),
    (
      "- { key: a, name: n, role: own, named: [x] }\n- { key: a, name: n, role: own, named: [x] }",
      "stands here twice"
    ),
  ])
  func `refuses a contact book with a fault, and says where`(yaml: String, reason: String) throws {
    let error = #expect(throws: UnreadableYAML.self) {
      try Authority.reading(yaml: "authorities:\n\(yaml)\n", file: "a.yaml")
    }
    #expect(error?.description.contains(reason) ?? false, "\(String(describing: error))")
    #expect(error.map { $0.line >= 2 } ?? false)
  }

  @Test(.enabled(if: Shipped.tables != nil))
  func `has every duty of the published tables`() throws {
    let pack = try Shipped.rulebook.get().pack
    var wanted: [String] = []
    for line in (Shipped.tables ?? "").split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let first = cells.first, cells.count >= 7 else { continue }
      let words = first.split(separator: " ")
      if words.count >= 2, words[0].count == 2, words[0].allSatisfy(\.isUppercase),
        Jurisdiction.states.contains(String(words[0]))
      {
        wanted += ["IND", "AG", "CRA", "OWNER"].map { "US-\(words[0])-\($0)" }
      } else if first.contains("-"),
        first.allSatisfy({ $0.isUppercase || $0.isNumber || $0 == "-" }),
        first.first?.isLetter == true
      {
        wanted.append(first)
      }
    }
    // These rows change other rows and are no duties of their own.
    let changing: Set = ["US-HIPAA-LE", "US-PART2"]
    #expect(wanted.count > 300)
    #expect(wanted.filter { pack.rule($0) == nil && !changing.contains($0) } == [])
  }
}
