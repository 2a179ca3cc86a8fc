extension FactKey {
  /// The key in a few plain words, for lists: `risk to people`.
  ///
  /// Of a sent notice and of people it names the duty and the jurisdiction.
  public var label: String {
    if let words = Self.words[description] { return words.label }
    if let instant = IncidentInstant(rawValue: eventName) { return "when \(instant.label)" }
    if description.hasPrefix("affected.") {
      return "people affected in \(description.dropFirst("affected.".count))"
    }
    if description.hasPrefix("sent.") {
      return "when \(description.dropFirst("sent.".count)) was sent"
    }
    return description
  }

  /// What the key asks, as a sentence that an officer can answer.
  public var question: String {
    if let words = Self.words[description] { return words.question }
    if let instant = IncidentInstant(rawValue: eventName) {
      return "When: \(instant.label)?"
    }
    if description.hasPrefix("affected.") {
      return "How many people are affected in \(description.dropFirst("affected.".count))?"
    }
    if description.hasPrefix("sent.") {
      return "When was the notice of \(description.dropFirst("sent.".count)) sent?"
    }
    return description
  }

  /// The instant of an incident that the key asks for; nil where it asks for something else.
  public var incidentInstant: IncidentInstant? { IncidentInstant(rawValue: eventName) }

  /// The name of an event without what all events begin with; empty for other keys.
  private var eventName: String {
    let prefix = "events."
    return description.hasPrefix(prefix) ? String(description.dropFirst(prefix.count)) : ""
  }

  private static let words: [String: (label: String, question: String)] = [
    "org.country": ("seat", "In which country does the organisation have its seat?"),
    "org.tz": ("time zone", "In which time zone are days counted?"),
    "org.role": ("role", "Is the organisation controller, processor, joint or manufacturer?"),
    "org.sectors": ("trades", "Which trades is the organisation in?"),
    "org.holidays": ("holidays", "Which extra holidays are there at the seat?"),
    "org.dora_noon_excluded": (
      "no noon rule (DORA)", "Is the organisation one that may not wait for noon (DORA)?"
    ),
    "org.small_agent": (
      "small agent (Brazil)", "Is the organisation a small processing agent (Brazil)?"
    ),
    "org.vt_sworn_plan": (
      "sworn plan (Vermont)", "Was a sworn security plan on file in Vermont before the breach?"
    ),
    "data.categories": ("data exposed", "Which categories of data were exposed?"),
    "data.encrypted": ("data encrypted", "Was the data encrypted?"),
    "data.key_compromised": ("key taken", "Was the key taken as well?"),
    "data.backup_restored": ("restored from backup", "Was the data restored from a backup?"),
    "data.recovered": ("data recovered", "Was the data recovered before anybody could use it?"),
    "affected": ("people affected", "Who is affected: how many people, and where?"),
    "affected_total_consumers": ("people affected in all", "How many people are affected in all?"),
    "risk": (
      "risk to people", "How likely is a risk to people: unlikely, risk, or high?"
    ),
    "kind": (
      "kind of incident",
      "Is it a severe incident, or a vulnerability that is actively exploited (CRA)?"
    ),
    "severity": ("severity by the law", "Which severity does the law's own scale give it?"),
    "harm_likely": ("harm likely", "Is harm to people likely?"),
    "significant_harm": ("significant harm", "Is significant or serious harm to people likely?"),
    "relevant_risk": ("relevant risk", "Is there a relevant risk or damage to people?"),
    "low_probability_of_compromise": (
      "low probability of compromise",
      "Did an assessment show a low probability that data was compromised (HIPAA)?"
    ),
    "high_risk_removed": (
      "high risk removed", "Did later measures make sure that the high risk is gone?"
    ),
    "disproportionate_effort": (
      "disproportionate effort", "Would telling each person take a disproportionate effort?"
    ),
    "authority_ordered_notice": (
      "ordered by the authority", "Did the authority order that people be told?"
    ),
    "inadvertent_disclosure": (
      "inadvertent disclosure",
      "Was it disclosed inadvertently by somebody who may see the data (New York)?"
    ),
    "personal_data": ("personal data", "Is personal data concerned?"),
    "significant": ("significant incident", "Is it a significant incident (NIS2 and the like)?"),
    "major": ("major incident", "Is it a major incident (DORA, PSD2 and the like)?"),
    "affects_trust_services": (
      "affects trust services", "Does it affect trust services of the organisation?"
    ),
    "incident_ongoing": ("still going on", "Is the incident still going on?"),
    "incident_ongoing_at_final_due": (
      "going on at the final report", "Will it still go on when the final report is due?"
    ),
    "incomplete_first_notice": (
      "first notice incomplete", "Was information missing in the first notice?"
    ),
    "external_illegal_access": (
      "illegal access from outside", "Did somebody from outside get in against the law?"
    ),
    "ransomware_material_part": (
      "ransomware on a material part", "Did ransomware reach a material part of the systems?"
    ),
    "other_government_notice_required": (
      "another authority must be told", "Must another public authority be told already?"
    ),
    "material_operational_harm_likely": (
      "material harm to operations", "Is material harm to normal operations likely?"
    ),
    "unlawful_purpose_suspected": (
      "unlawful purpose suspected", "Is an unlawful purpose suspected?"
    ),
    "service_recipients_affected": (
      "users of services affected", "Are recipients of the organisation's services affected?"
    ),
    "client_financial_interests_affected": (
      "clients' money affected", "Are the financial interests of clients affected?"
    ),
    "inside_information": ("inside information", "Is it inside information (MAR art. 17)?"),
    "law_enforcement_hold.active": (
      "hold by law enforcement", "Has law enforcement asked to delay notices?"
    ),
    "law_enforcement_hold.written": ("hold in writing", "Is that request in writing?"),
    "law_enforcement_hold.since": ("hold since", "Since when does the hold stand?"),
    "law_enforcement_hold.until": ("hold until", "Until when does the hold stand?"),
  ]
}
