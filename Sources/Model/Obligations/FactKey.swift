/// The name of one input of the obligation engine, such as `events.aware_at` or `affected.US-CA`.
///
/// The list of names is closed: a rule or a facts file that says anything else is refused, because
/// a misspelt key would silently be "unknown".
public struct FactKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name as it is written in rules, in facts files and in answers.
  public let description: String
  /// What kind of value stands under it.
  public let kind: Kind

  /// The kinds of value.
  public enum Kind: Hashable, Sendable {
    /// True, false or unknown.
    case flag
    /// One of these words.
    case word([String])
    /// A list that is complete once it is stated; of these words where they are given.
    case words([String]?)
    /// An instant with its offset.
    case instant
    /// One instant or several in order: when a notice was sent.
    case instants
    /// A number of people, 0 or more; null where people are affected and nobody knows how many.
    case people
    /// A country by ISO 3166-1 alpha-2.
    case country
    /// A zone of the IANA database.
    case zone
    /// A list of days.
    case days
  }

  /// Finds a key by its name; nil where no such key exists.
  public init?(_ name: String) {
    if let kind = FactKey.fixed[name] {
      self.kind = kind
    } else if name.hasPrefix("affected."),
      Jurisdiction.problem(with: String(name.dropFirst("affected.".count))) == nil
    {
      kind = .people
    } else if name.hasPrefix("sent."), name.utf8.count > "sent.".utf8.count {
      kind = .instants
    } else {
      return nil
    }
    description = name
  }

  /// When the notice of an obligation was sent.
  public static func sent(_ obligation: String) -> FactKey {
    FactKey(name: "sent.\(obligation)", kind: .instants)
  }

  /// How many people of a jurisdiction are affected.
  public static func affected(_ jurisdiction: String) -> FactKey {
    FactKey(name: "affected.\(jurisdiction)", kind: .people)
  }

  /// A key whose name stands in the list of fixed ones.
  public static func known(_ name: String) -> FactKey {
    FactKey(name: name, kind: fixed[name] ?? .flag)
  }

  /// The zone in which days, months and business days are counted unless a rule fixes one.
  public static let zone = FactKey(name: "org.tz", kind: .zone)
  /// The seat of the reporting organisation.
  public static let country = FactKey(name: "org.country", kind: .country)
  /// The trades of the organisation.
  public static let sectors = FactKey(name: "org.sectors", kind: .words(nil))
  /// The exposed data categories.
  public static let categories = FactKey(name: "data.categories", kind: .words(nil))
  /// Extra public holidays at the seat.
  public static let holidays = FactKey(name: "org.holidays", kind: .days)
  /// The number of people where a rule counts all of them.
  public static let total = FactKey(name: "affected_total_consumers", kind: .people)
  /// The list of affected people as a whole: what is missing where none of it is stated.
  public static let affected = FactKey(name: "affected", kind: .people)

  private init(name: String, kind: Kind) { (description, self.kind) = (name, kind) }

  /// Whether two keys have the same name, and with it the same kind.
  public static func == (left: FactKey, right: FactKey) -> Bool {
    left.description == right.description
  }

  /// Feeds the name alone: keys are looked up for every condition of every rule.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  /// Orders by name.
  public static func < (left: FactKey, right: FactKey) -> Bool {
    left.description < right.description
  }

  /// The keys that have a fixed name, each with its kind.
  public static let fixed: [String: Kind] = {
    var keys: [String: Kind] = [
      "org.country": .country, "org.tz": .zone, "org.role": .word(roles),
      "org.sectors": .words(nil), "org.holidays": .days,
      "data.categories": .words(nil),
      "affected_total_consumers": .people,
      "risk": .word(["unlikely", "risk", "high"]),
      "kind": .word(["severe_incident", "actively_exploited_vulnerability"]),
      "severity": .word([
        "critical", "serious", "relatively_major", "relevant", "other", "attempt",
      ]),
      "law_enforcement_hold.active": .flag, "law_enforcement_hold.written": .flag,
      "law_enforcement_hold.since": .instant, "law_enforcement_hold.until": .instant,
    ]
    for event in events { keys["events.\(event)"] = .instant }
    for flag in flags { keys[flag] = .flag }
    return keys
  }()

  /// The roles an organisation can have.
  public static let roles = ["controller", "processor", "joint", "manufacturer"]

  /// The instants that rules count from, without their `events.`.
  public static let events = [
    "occurred_at", "alert_at", "aware_at", "discovered_at", "determined_at", "confirmed_at",
    "assessed_at", "scope_identified_at", "investigation_concluded_at", "classified_at",
    "materiality_determined_at", "ransom_paid_at", "corrective_measure_at", "handled_at",
    "closed_at", "processor_aware_at", "processor_told_controller_at", "suspected_at",
    "no_harm_determined_at", "requested_at", "recovered_at", "information_available_at",
  ]

  /// The questions with yes or no for an answer.
  public static let flags = [
    "org.dora_noon_excluded", "org.small_agent", "org.vt_sworn_plan",
    "data.encrypted", "data.key_compromised", "data.backup_restored", "data.recovered",
    "harm_likely", "significant_harm", "relevant_risk", "low_probability_of_compromise",
    "high_risk_removed", "disproportionate_effort", "authority_ordered_notice",
    "inadvertent_disclosure", "personal_data", "significant", "major", "affects_trust_services",
    "incident_ongoing", "incident_ongoing_at_final_due", "incomplete_first_notice",
    "external_illegal_access", "ransomware_material_part", "other_government_notice_required",
    "material_operational_harm_likely", "unlawful_purpose_suspected",
    "service_recipients_affected", "client_financial_interests_affected", "inside_information",
  ]
}

extension FactKey: Codable {
  /// Reads a key's name; throws where no such key exists.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    // What is missing may be the whole list of affected people, which no file can state as a key.
    guard let key = name == FactKey.affected.description ? .affected : FactKey(name) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "no fact of this name"
      )
    }
    self = key
  }

  /// Writes the key's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
