/// Support that people of some jurisdictions are offered, out of one pool of codes.
public struct OfferLine: Hashable, Codable, Sendable {
  /// The name of the pool, such as `24-months`.
  public var pool: String
  /// Who gives the support.
  ///
  /// Foreign text.
  public var provider: String
  /// For how many months.
  public var months: Int
  /// For the people of these; empty for all whom no other line names.
  public var jurisdictions: [String]

  /// Makes a line.
  public init(pool: String, provider: String, months: Int, jurisdictions: [String] = []) {
    (self.pool, self.provider, self.months) = (pool, provider, months)
    self.jurisdictions = Set(jurisdictions).sorted()
  }
}

/// Which support is offered to whom; a mailing without lines offers none.
public struct OfferPlan: Hashable, Codable, Sendable {
  /// The lines, by pool.
  public var lines: [OfferLine]

  /// Makes a plan.
  public init(_ lines: [OfferLine] = []) { self.lines = lines.sorted { $0.pool < $1.pool } }

  /// What people of a jurisdiction are offered; nil for nothing.
  public func line(for jurisdiction: String) -> OfferLine? {
    lines.first { $0.jurisdictions.contains(jurisdiction) }
      ?? lines.first { $0.jurisdictions.isEmpty }
  }

  /// What is wrong with the plan; nil where it is sound.
  public var problem: String? {
    var named: Set<String> = []
    for line in lines {
      let isPlain = line.pool.utf8.allSatisfy {
        (48...57).contains($0) || (97...122).contains($0) || (65...90).contains($0) || $0 == 45
      }
      guard !line.pool.isEmpty, line.pool.utf8.count <= 40, isPlain else {
        return "a pool's name is 1 to 40 letters, digits and hyphens"
      }
      guard (1...600).contains(line.months) else { return "an offer runs for 1 to 600 months" }
      guard line.provider.contains(where: { !$0.isWhitespace }) else {
        return "the offer out of \(line.pool) needs a provider"
      }
      for jurisdiction in line.jurisdictions {
        if let problem = Jurisdiction.problem(with: jurisdiction), jurisdiction != "unknown" {
          return problem
        }
        guard named.insert(jurisdiction).inserted else {
          return "\(jurisdiction) is offered two things"
        }
      }
    }
    guard Set(lines.map(\.pool)).count == lines.count else { return "two offers out of one pool" }
    guard lines.count(where: \.jurisdictions.isEmpty) < 2 else {
      return "two offers are for all others"
    }
    return nil
  }

  /// For how many months laws ask to offer free identity protection, where the data that they name
  /// were exposed (social security numbers; in some also driving licences or bank accounts).
  ///
  /// Connecticut Gen. Stat. 36a-701b; Massachusetts M.G.L. c.93H (42 months where a credit bureau was
  /// breached); Delaware 6 Del. C. 12B-102; California Civ. Code 1798.82; District of Columbia Code
  /// 28-3852b; Pennsylvania and Rhode Island (2 years there for minors) by their acts of 2024. A
  /// reminder that counsel has not verified.
  public static let askedMonths: [String: Int] = [
    "US-CT": 24, "US-MA": 18, "US-DE": 12, "US-CA": 12, "US-DC": 18, "US-PA": 12, "US-RI": 60,
  ]

  /// The jurisdictions of those given that are offered less than their law asks for, with both numbers.
  public func short(for jurisdictions: Set<String>) -> [(
    jurisdiction: String, asked: Int, offered: Int
  )] {
    Self.askedMonths.filter { jurisdictions.contains($0.key) }.sorted { $0.key < $1.key }
      .compactMap { code, asked in
        let offered = line(for: code)?.months ?? 0
        return offered < asked ? (code, asked, offered) : nil
      }
  }
}

/// Sets which support is offered to whom.
public struct SetOfferPlan: Alteration {
  /// What the journal calls it.
  public static let name = "offers.plan"
  /// The mailing.
  public var mailing: RecordID
  /// The version of the mailing that it was made for.
  public var basedOn: Version?
  /// The plan from now on.
  public var plan: OfferPlan

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// What it does, in a few words.
  public var headline: String {
    plan.lines.isEmpty ? "offers no support" : "set \(plan.lines.count) support offers"
  }

  /// Makes the change.
  public init(mailing: RecordID, basedOn: Version?, plan: OfferPlan) {
    (self.mailing, self.basedOn, self.plan) = (mailing, basedOn, plan)
  }
}
