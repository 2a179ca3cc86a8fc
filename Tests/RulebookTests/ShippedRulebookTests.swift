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

  @Test func `has a worked answer for each of its rules`() throws {
    let book = try Shipped.rulebook.get()
    let tested = Set(book.laws.flatMap { $0.cases.flatMap { $0.expected.map(\.id) } })
    #expect(book.pack.rules.map(\.rule.id).filter { !tested.contains($0) } == [])
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
