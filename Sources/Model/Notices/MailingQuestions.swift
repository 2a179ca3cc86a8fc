/// Asks for mailings, newest first; removed ones are left out.
public struct MailingList: Question {
  /// What comes back.
  public typealias Answer = Page<Mailing>
  /// Only those of this incident; nil for all.
  public var incident: RecordID?
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(incident: RecordID? = nil, window: RowWindow) {
    (self.incident, self.window) = (incident, window)
  }
}

/// Asks for the mailing with a reference, whatever the letter case; nil where there is none.
public struct MailingByReference: Question {
  /// What comes back; removed ones too.
  public typealias Answer = Mailing?
  /// The reference.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for the mailing with a number, removed ones too; nil where there is none.
public struct MailingByID: Question {
  /// What comes back.
  public typealias Answer = Mailing?
  /// The number.
  public var id: RecordID

  /// Makes the question.
  public init(_ id: RecordID) { self.id = id }
}

/// Asks on which days how many recipients came to which state, over which channel and where.
///
/// Answered from running tallies. Somebody who came to a state twice is counted twice.
public struct MailingDays: Question {
  /// What comes back, by day, state, channel and jurisdiction.
  public typealias Answer = [Row]
  /// The mailing.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }

  /// How many came to a state on a day.
  public struct Row: Codable, Sendable, Equatable, Hashable {
    /// The day in UTC, such as `2026-07-30`.
    public var day: String
    /// The state to which they came.
    public var state: RecipientState
    /// Over which channel; nil for none.
    public var channel: MailingChannel?
    /// The jurisdiction.
    public var jurisdiction: String
    /// How many, more than none.
    public var count: Int

    /// Makes a row.
    public init(
      day: String,
      state: RecipientState,
      channel: MailingChannel?,
      jurisdiction: String,
      count: Int
    ) {
      (self.day, self.state, self.channel) = (day, state, channel)
      (self.jurisdiction, self.count) = (jurisdiction, count)
    }
  }
}

/// Asks how far a mailing is, by state and jurisdiction, against the incident's numbers.
///
/// Answered from running tallies, whatever the number of recipients.
public struct MailingStatus: Question {
  /// The mailing.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }

  /// So many recipients of a jurisdiction and language that stand so.
  public struct Tally: Codable, Sendable, Equatable, Hashable {
    /// The jurisdiction.
    public var jurisdiction: String
    /// The language; empty where nobody said.
    public var language: String
    /// The state.
    public var state: RecipientState
    /// How many, more than none.
    public var count: Int

    /// Makes a tally.
    public init(jurisdiction: String, language: String, state: RecipientState, count: Int) {
      (self.jurisdiction, self.language) = (jurisdiction, language)
      (self.state, self.count) = (state, count)
    }
  }

  /// What a jurisdiction has listed against what the incident says.
  public struct Coverage: Codable, Sendable, Equatable, Hashable {
    /// The jurisdiction.
    public var jurisdiction: String
    /// How many the incident says are affected; none where it names others only, nil where it does
    /// not say.
    public var affected: Int64?
    /// How many are listed.
    public var listed: Int
    /// How many more are affected than listed; negative where more are listed; nil where unknown.
    public var gap: Int64? { affected.map { $0 - Int64(listed) } }

    /// Makes a coverage.
    public init(jurisdiction: String, affected: Int64?, listed: Int) {
      (self.jurisdiction, self.affected, self.listed) = (jurisdiction, affected, listed)
    }
  }

  /// How far a mailing is.
  public struct Answer: Codable, Sendable, Equatable {
    /// The mailing.
    public var mailing: Mailing
    /// The tallies, by jurisdiction, language and state; none of zero.
    public var tallies: [Tally]
    /// What is listed against what the incident says, by jurisdiction.
    public var coverage: [Coverage]

    /// Makes an answer.
    public init(mailing: Mailing, tallies: [Tally], coverage: [Coverage]) {
      (self.mailing, self.tallies, self.coverage) = (mailing, tallies, coverage)
    }

    /// How many recipients there are.
    public var total: Int { tallies.reduce(0) { $0 + $1.count } }

    /// How many stand so.
    public func count(_ states: Set<RecipientState>, in jurisdiction: String? = nil) -> Int {
      tallies.reduce(0) { sum, tally in
        let isMeant = jurisdiction == nil || tally.jurisdiction == jurisdiction
        return isMeant && states.contains(tally.state) ? sum + tally.count : sum
      }
    }
  }
}

/// Asks for a stretch of a mailing's recipients in order of number, contacts masked.
public struct LedgerPage: Question {
  /// Where a stretch lies.
  public enum Place: Codable, Sendable, Equatable, Hashable {
    /// At the beginning.
    case first
    /// At the end.
    case last
    /// Behind a number.
    case after(Int64)
    /// In front of a number.
    case before(Int64)
    /// At a position from 0; exact without a filter, else about there.
    case at(Int)
  }

  /// A stretch of recipients.
  public struct Answer: Codable, Sendable, Equatable {
    /// The rows, in order of number.
    public var rows: [Recipient]
    /// How many pass the filter, counted exactly.
    public var total: Int

    /// Makes an answer.
    public init(rows: [Recipient], total: Int) { (self.rows, self.total) = (rows, total) }
  }

  /// The mailing.
  public var mailing: RecordID
  /// Which recipients.
  public var filter: LedgerFilter
  /// Where the stretch lies.
  public var place: Place
  /// How many rows are wanted.
  public var count: Int

  /// Makes the question.
  public init(mailing: RecordID, filter: LedgerFilter = .init(), place: Place, count: Int) {
    (self.mailing, self.filter, self.place) = (mailing, filter, place)
    self.count = max(0, count)
  }
}

/// Asks for the recipients who have exactly this reference, e-mail address or telephone number.
///
/// Case and spaces of an address and the punctuation of a number do not count.
public struct FindRecipients: Question {
  /// What comes back, contacts masked, in order of number; at most 1000.
  public typealias Answer = [Recipient]
  /// The mailing.
  public var mailing: RecordID
  /// By what; nil tries all that the value can be.
  public var kind: ContactKey?
  /// The value.
  ///
  /// Personal: it is not kept anywhere.
  public var value: String

  /// Makes the question.
  public init(mailing: RecordID, kind: ContactKey? = nil, value: String) {
    (self.mailing, self.kind, self.value) = (mailing, kind, value)
  }
}

/// Asks what happened in the telling of one person, oldest first.
public struct RecipientHistory: Question {
  /// What comes back; empty where there is no such recipient.
  public typealias Answer = [RecipientEvent]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(mailing: RecordID, number: Int64) { (self.mailing, self.number) = (mailing, number) }
}
