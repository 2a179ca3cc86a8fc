/// What of the record a statement is worked out from, read in one snapshot.
public struct StatementSources: Sendable {
  /// Who makes the statement.
  public var organisation: Organisation
  /// The day as of which it is.
  public var date: DayNumber
  /// The activities that are on the list.
  public var activities: [Activity] = []
  /// The retention rules that are on the list.
  public var rules: [RetentionRule] = []
  /// What signed audits found: the newest of each framework.
  public var audits: [AuditedMeasures] = []
  /// The incidents that are public.
  public var incidents: [PublicIncident] = []
  /// All other incidents, by reference, with their titles; exercises are none.
  public var hidden: [(reference: String, title: String)] = []
  /// The requests of the twelve months to the day, by what had become of them by its end.
  public var requests: [RequestState: Int64] = [:]
  /// The numbers that versions published before it told, by the keys of their facts: the newest of each.
  public var before: [String: ToldNumber] = [:]
  /// The facts of the version that is worked out again, by key; nil where a new one is.
  public var version: [String: String]?

  /// The zone of its days.
  public var zone: Zone { organisation.zone ?? .utc }

  /// Makes sources of which nothing is known yet.
  public init(organisation: Organisation, date: DayNumber) {
    (self.organisation, self.date) = (organisation, date)
  }
}

/// What a signed audit found in force.
public struct AuditedMeasures: Sendable, Hashable {
  /// The audit's reference.
  public var audit: String
  /// The framework's name.
  ///
  /// Foreign text.
  public var framework: String
  /// The last day that it speaks of, else the day of its signature, as `2026-03-31`.
  public var day: String
  /// What conforms: the requirement's reference and name.
  public var met: [(reference: String, name: String)]
  /// What does not, or partly: by reference.
  public var unmet: [String]

  /// Makes measures.
  public init(
    audit: String,
    framework: String,
    day: String,
    met: [(reference: String, name: String)],
    unmet: [String]
  ) {
    (self.audit, self.framework, self.day, self.met) = (audit, framework, day, met)
    self.unmet = unmet
  }

  /// Whether two say the same.
  public static func == (left: AuditedMeasures, right: AuditedMeasures) -> Bool {
    left.audit == right.audit && left.framework == right.framework && left.day == right.day
      && left.unmet == right.unmet && left.met.elementsEqual(right.met, by: ==)
  }

  /// Takes in what equality looks at first.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(audit)
    hasher.combine(day)
  }
}

/// What may be said in public of an incident; nothing else of it ever is.
public struct PublicIncident: Sendable, Hashable {
  /// Its reference.
  public var reference: String
  /// What an officer wrote for the public; nil where only a public notice stands of it.
  public var disclosure: DisclosureFacts?
  /// When it happened, was discovered and contained, as far as somebody stated it.
  public var instants: [IncidentInstant: StatedTime]
  /// The categories of data that were exposed.
  public var data: [String]
  /// How many people it affected; nil where nobody knows.
  public var affected: Int64?
  /// To how many of them a notice went out; nil where nobody was listed.
  public var told: Int64?
  /// Where public notices of it stand.
  public var notices: [PublicationFacts]

  /// Makes an incident.
  public init(
    reference: String,
    disclosure: DisclosureFacts?,
    instants: [IncidentInstant: StatedTime] = [:],
    data: [String] = [],
    affected: Int64? = nil,
    told: Int64? = nil,
    notices: [PublicationFacts] = []
  ) {
    (self.reference, self.disclosure, self.instants) = (reference, disclosure, instants)
    (self.data, self.affected, self.told, self.notices) = (data, affected, told, notices)
  }
}
