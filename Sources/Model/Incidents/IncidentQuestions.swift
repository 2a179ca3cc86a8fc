/// One incident as a list shows it.
public struct IncidentRow: Identifiable, Codable, Sendable, Equatable, Hashable {
  /// Its number in the store.
  public var id: RecordID
  /// Its reference.
  public var reference: String
  /// Its version.
  public var version: Version
  /// Its title.
  ///
  /// Foreign text.
  public var title: String
  /// How bad it is; nil is "not assessed".
  public var severity: Severity?
  /// Where its handling stands.
  public var state: IncidentState
  /// What it turned out to be.
  public var outcome: Outcome
  /// Who leads.
  ///
  /// Foreign text.
  public var lead: String?
  /// People affected in all jurisdictions together; nil where unknown or nobody stated it.
  public var affected: Int64?
  /// When it occurred, as far as known.
  public var occurred: StatedTime?
  /// When the organisation became aware.
  public var aware: StatedTime?
  /// When it came into the record.
  public var openedAt: Instant
  /// When it was last altered.
  public var updatedAt: Instant
  /// Number of open tasks.
  public var openTasks: Int
  /// Its tags.
  ///
  /// Foreign text.
  public var tags: [String]
  /// Whether it is an exercise.
  public var isExercise: Bool

  /// Makes a row.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    title: String,
    severity: Severity?,
    state: IncidentState,
    outcome: Outcome,
    lead: String?,
    affected: Int64?,
    occurred: StatedTime?,
    aware: StatedTime?,
    openedAt: Instant,
    updatedAt: Instant,
    openTasks: Int,
    tags: [String],
    isExercise: Bool = false
  ) {
    (self.id, self.reference, self.version, self.title) = (id, reference, version, title)
    (self.severity, self.state, self.outcome, self.lead) = (severity, state, outcome, lead)
    (self.affected, self.occurred, self.aware) = (affected, occurred, aware)
    (self.openedAt, self.updatedAt) = (openedAt, updatedAt)
    (self.openTasks, self.tags, self.isExercise) = (openTasks, tags, isExercise)
  }
}

/// What a list of incidents is sorted by; equal ones by id, in the same direction.
public struct IncidentOrder: Codable, Sendable, Hashable {
  /// The columns that can be sorted by.
  public enum Column: String, Vocabulary {
    case reference, title, severity, state, outcome, occurred, aware, opened, updated, affected
    case lead
  }
  /// By which column.
  public var column: Column
  /// Whether the largest, latest or worst comes first.
  public var isDescending: Bool

  /// Makes an order.
  public init(_ column: Column, descending: Bool) {
    (self.column, self.isDescending) = (column, descending)
  }

  /// Last altered first.
  public static let standard = IncidentOrder(.updated, descending: true)
}

/// Asks for a window of the incidents that pass a filter.
public struct IncidentList: Question {
  /// What comes back.
  public typealias Answer = Page<IncidentRow>
  /// Which incidents.
  public var filter: Filter
  /// In which order.
  public var order: IncidentOrder
  /// Which stretch.
  public var window: RowWindow

  /// Makes the question.
  public init(
    filter: Filter = Filter(),
    order: IncidentOrder = .standard,
    window: RowWindow
  ) {
    (self.filter, self.order, self.window) = (filter, order, window)
  }
}

/// Asks at which position an incident stands in a list; nil where the filter hides it.
public struct IncidentPosition: Question {
  /// What comes back.
  public typealias Answer = Int?
  /// Which incident.
  public var id: RecordID
  /// The list's filter.
  public var filter: Filter
  /// The list's order.
  public var order: IncidentOrder

  /// Makes the question.
  public init(id: RecordID, filter: Filter, order: IncidentOrder) {
    (self.id, self.filter, self.order) = (id, filter, order)
  }
}

/// Asks for the numbers of all incidents that pass a filter, at most a million: what `a` marks.
public struct IncidentIDs: Question {
  /// What comes back.
  public typealias Answer = [RecordID]
  /// Which incidents.
  public var filter: Filter

  /// Makes the question.
  public init(filter: Filter) { self.filter = filter }
}

/// Asks for the rows of named incidents, by id: what a bulk change is previewed with.
public struct IncidentRows: Question {
  /// What comes back.
  public typealias Answer = [IncidentRow]
  /// Which incidents; those that do not exist are left out of the answer.
  public var ids: [RecordID]

  /// Makes the question.
  public init(ids: [RecordID]) { self.ids = ids }
}

/// Asks for one incident with all its facts; nil where there is none.
public struct IncidentDetail: Question {
  /// What comes back.
  public typealias Answer = Incident?
  /// Which incident.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// Asks for several incidents with all their facts, by id: what an export reads in stretches.
///
/// Meant for a few hundred at a time, so that memory stays flat.
public struct IncidentDetails: Question {
  /// What comes back.
  public typealias Answer = [Incident]

  /// How the incidents are named.
  public enum Named: Codable, Sendable, Equatable {
    /// By their numbers.
    case ids([RecordID])
    /// By their references, in any letter case.
    case references([String])
  }

  /// Which incidents; those that do not exist are left out of the answer.
  public var named: Named

  /// Makes the question.
  public init(ids: [RecordID]) { named = .ids(ids) }

  /// Makes the question.
  public init(references: [String]) { named = .references(references) }
}

/// Asks for one incident by its reference, in any letter case; nil where there is none.
public struct IncidentByReference: Question {
  /// What comes back.
  public typealias Answer = Incident?
  /// Its reference, such as `INC-2026-0042`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for the numbers of the overview: of real incidents alone, exercises are counted apart.
///
/// Kept as running totals: costs the same at any size.
public struct OverviewNumbers: Question {
  /// The numbers.
  public struct Answer: Codable, Sendable, Equatable {
    /// Open incidents by state, then by severity (nil is "not assessed").
    public var open: [Tally]
    /// How many incidents there are in all, removed ones not counted.
    public var total: Int
    /// Incidents opened in each of the last twelve months, oldest first, by `openedAt` in UTC.
    public var openedByMonth: [Month]
    /// The open incidents that matter most: worst severity first, then longest untouched; at most 20.
    public var worst: [IncidentRow]
    /// Open tasks that are overdue at the question's `now`.
    public var overdueTasks: Int
    /// Open tasks in all.
    public var openTasks: Int
    /// The newest journal entry.
    public var head: JournalSequence
    /// Exercises that are open: they stand in none of the other numbers.
    public var openDrills: Int
    /// Findings and evidence that somebody must look after.
    public var care: Care

    /// Makes the answer.
    public init(
      open: [Tally],
      total: Int,
      openedByMonth: [Month],
      worst: [IncidentRow],
      overdueTasks: Int,
      openTasks: Int,
      head: JournalSequence,
      openDrills: Int = 0,
      care: Care = Care()
    ) {
      (self.open, self.total, self.openedByMonth) = (open, total, openedByMonth)
      (self.worst, self.overdueTasks) = (worst, overdueTasks)
      (self.openTasks, self.head, self.openDrills) = (openTasks, head, openDrills)
      self.care = care
    }
  }
  /// Findings, evidence and recurring audits that somebody must look after.
  public struct Care: Codable, Sendable, Equatable {
    /// Findings that are open though their time has passed.
    public var overdueFindings: Int
    /// Findings whose risk was accepted for a time that has run out: they are open again.
    public var expiredAcceptances: Int
    /// Pieces of evidence that have expired.
    public var expiredEvidence: Int
    /// Pieces of evidence that expire within `evidenceDays`.
    public var expiringEvidence: Int

    /// Recurring audits whose next pass is late.
    public var overdueAudits: Int
    /// The recurring audit whose next pass is due first; nil where none is.
    public var nextAudit: DueAudit?
    /// Mailings in which somebody is to be told still.
    public var openMailings: Int
    /// How many people those are.
    public var untold: Int

    /// How many days ahead evidence is named that expires.
    public static let evidenceDays = 30

    /// Makes the numbers.
    public init(
      overdueFindings: Int = 0,
      expiredAcceptances: Int = 0,
      expiredEvidence: Int = 0,
      expiringEvidence: Int = 0,
      overdueAudits: Int = 0,
      nextAudit: DueAudit? = nil,
      openMailings: Int = 0,
      untold: Int = 0
    ) {
      (self.openMailings, self.untold) = (openMailings, untold)
      (self.overdueFindings, self.expiredAcceptances) = (overdueFindings, expiredAcceptances)
      (self.expiredEvidence, self.expiringEvidence) = (expiredEvidence, expiringEvidence)
      (self.overdueAudits, self.nextAudit) = (overdueAudits, nextAudit)
    }

    /// Who is to be told still; nil where nobody is.
    public var mailings: String? {
      guard openMailings > 0 else { return nil }
      let noun = openMailings == 1 ? "mailing is" : "mailings are"
      let people = untold == 1 ? "1 person" : "\(untold) people"
      return "\(openMailings) \(noun) not fully told: \(people) to go"
    }

    /// When the next audit is due; nil where none is, or it is late and stands in `lines`.
    public var schedule: String? {
      guard overdueAudits == 0, let nextAudit else { return nil }
      return "next audit due \(nextAudit.day), after \(nextAudit.reference)"
    }

    /// What is to be said of them, a line each, only where there is something.
    public var lines: [String] {
      func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
      }
      var lines: [String] = []
      if overdueFindings > 0 {
        lines.append(count(overdueFindings, "finding is overdue", "findings are overdue"))
      }
      if expiredAcceptances > 0 {
        lines.append(
          count(
            expiredAcceptances,
            "accepted risk has expired and is open again",
            "accepted risks have expired and are open again"
          )
        )
      }
      if expiredEvidence + expiringEvidence > 0 {
        let ahead =
          count(expiringEvidence, "piece of evidence expires", "pieces of evidence expire")
          + " within \(Self.evidenceDays) days"
        let past = count(expiredEvidence, "piece of evidence has", "pieces of evidence have")
        let behind = count(expiredEvidence, "has", "have")
        lines.append(
          expiringEvidence == 0
            ? "\(past) expired" : expiredEvidence == 0 ? ahead : "\(ahead), \(behind) expired"
        )
      }
      if overdueAudits > 0, let nextAudit {
        lines.append(
          count(overdueAudits, "recurring audit is late", "recurring audits are late")
            + ": after \(nextAudit.reference), due \(nextAudit.day)"
        )
      }
      return lines
    }
  }
  /// How many incidents have a state and a severity.
  public struct Tally: Codable, Sendable, Equatable {
    /// The state.
    public var state: IncidentState
    /// The severity; nil is "not assessed".
    public var severity: Severity?
    /// How many.
    public var count: Int

    /// Makes a tally.
    public init(state: IncidentState, severity: Severity?, count: Int) {
      (self.state, self.severity, self.count) = (state, severity, count)
    }
  }
  /// How many incidents were opened in a month.
  public struct Month: Codable, Sendable, Equatable {
    /// The month as `2026-05`.
    public var month: String
    /// How many.
    public var count: Int

    /// Makes a month.
    public init(month: String, count: Int) { (self.month, self.count) = (month, count) }
  }
  /// The present instant, for what is overdue and which months are shown.
  public var now: Instant

  /// Makes the question.
  public init(now: Instant) { self.now = now }
}

/// Asks which external ids of a format are in the store: how an import finds what it knows.
public struct ImportedSources: Question {
  /// One imported record.
  public struct Row: Codable, Sendable, Equatable {
    /// The incident.
    public var incident: RecordID
    /// Its version now; 1 where nobody has edited it since.
    public var version: Version
    /// The id in the source.
    public var externalID: String
    /// The digest of the document that was imported.
    public var digest: String

    /// Makes a row.
    public init(incident: RecordID, version: Version, externalID: String, digest: String) {
      (self.incident, self.version) = (incident, version)
      (self.externalID, self.digest) = (externalID, digest)
    }
  }
  /// What comes back.
  public typealias Answer = [Row]
  /// The format, such as `veris`.
  public var format: String

  /// Makes the question.
  public init(format: String) { self.format = format }
}
