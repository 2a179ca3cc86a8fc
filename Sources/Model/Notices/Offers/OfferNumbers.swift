/// Asks how many codes of support there are, who has one, and who is without.
public struct OfferNumbers: Question {
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(of mailing: RecordID) { self.mailing = mailing }

  /// A pool of codes.
  public struct Pool: Codable, Sendable, Equatable, Hashable {
    /// Its name.
    public var name: String
    /// How many codes came in.
    public var imported: Int
    /// How many of them somebody has.
    public var assigned: Int
    /// How many people are to get one and have none.
    public var waiting: Int
    /// How many nobody has.
    public var free: Int { imported - assigned }
    /// How many codes are missing.
    public var missing: Int { max(0, waiting - free) }

    /// Makes a pool.
    public init(name: String, imported: Int, assigned: Int, waiting: Int) {
      (self.name, self.imported, self.assigned) = (name, imported, assigned)
      self.waiting = waiting
    }
  }

  /// The people of a jurisdiction.
  public struct Place: Codable, Sendable, Equatable, Hashable {
    /// The jurisdiction.
    public var jurisdiction: String
    /// The pool that they are offered a code of; nil for no offer.
    public var pool: String?
    /// How many are to be told still there.
    public var people: Int
    /// How many of them have a code, of a pool or of their own.
    public var assigned: Int

    /// Makes a place.
    public init(jurisdiction: String, pool: String?, people: Int, assigned: Int) {
      (self.jurisdiction, self.pool) = (jurisdiction, pool)
      (self.people, self.assigned) = (people, assigned)
    }
  }

  /// The numbers.
  public struct Answer: Codable, Sendable, Equatable {
    /// The plan.
    public var plan: OfferPlan
    /// The pools, by name.
    public var pools: [Pool]
    /// The jurisdictions, by code.
    public var places: [Place]
    /// How many came in with a code of their own.
    public var own: Int

    /// Makes an answer.
    public init(plan: OfferPlan, pools: [Pool], places: [Place], own: Int) {
      (self.plan, self.pools, self.places, self.own) = (plan, pools, places, own)
    }

    /// What keeps a text that names a code from being approved; empty for nothing.
    ///
    /// Every person who is offered support needs a code before a text can say it.
    public var problems: [OfferProblem] {
      pools.flatMap { pool -> [OfferProblem] in
        if pool.missing > 0 { return [.exhausted(pool: pool.name, missing: pool.missing)] }
        if pool.waiting > 0 { return [.unassigned(pool: pool.name, count: pool.waiting)] }
        return []
      }
    }
  }
}

/// What keeps a text that names a code of support from being approved.
public enum OfferProblem: Hashable, Codable, Sendable, CustomStringConvertible {
  /// A pool has fewer codes than people who are to get one.
  case exhausted(pool: String, missing: Int)
  /// There are codes enough, but people have none yet.
  case unassigned(pool: String, count: Int)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .exhausted(let pool, let missing):
      "the pool \(pool) of support codes is \(missing) short; import more codes"
    case .unassigned(let pool, let count):
      "\(count) people have no support code of the pool \(pool) yet; assign them"
    }
  }
}
