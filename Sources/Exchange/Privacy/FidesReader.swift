internal import Formats
internal import Model

/// Reads systems of fides, each privacy declaration as an activity.
///
/// A system is where the data lie; a declaration says for what, whose and which. What has no place here
/// is named, not lost in silence.
enum FidesReader {
  static func read(_ bytes: [UInt8], path: String) throws(UnreadableActivities) -> ActivityFile {
    do {
      return try file(bytes, path)
    } catch let error as UnreadableYAML {
      throw UnreadableActivities(at: "line \(error.line)", reason: error.reason)
    } catch {
      throw UnreadableActivities(reason: "\(error)")
    }
  }

  private static func file(_ bytes: [UInt8], _ path: String) throws -> ActivityFile {
    let root = try StrictYAML(
      reading: bytes,
      file: path,
      maximumBytes: ActivityFormat.maximumBytes
    )
    var file = ActivityFile()
    for (key, value) in try root.members() where key != "system" {
      let count = value.isList ? try value.elements().count : 1
      file.omitted.append("\(key): \(count)")
    }
    guard let systems = root.optional("system") else {
      throw UnreadableActivities(reason: "there is no system: in this file")
    }
    var seen: [String: Int] = [:]
    for node in systems.isList ? try systems.elements() : [systems] {
      for activity in try activities(node, &file.omitted) {
        if let line = seen[activity.facts.source] {
          throw UnreadableActivities(
            at: activity.at,
            reason: "\(activity.facts.source) stands on line \(line) already"
          )
        }
        seen[activity.facts.source] = Int(activity.at.filter(\.isNumber))
        file.activities.append(activity)
      }
    }
    file.omitted = file.omitted.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    return file
  }

  /// Keys of systems that are taken over, or that say nothing that a record of processing wants.
  private static let systemKeys: Set<String> = [
    "fides_key", "name", "description", "privacy_declarations", "data_responsibility_title",
    "responsibility", "administrating_department", "third_country_transfers", "joint_controller",
    "joint_controller_info", "legal_basis_for_transfers", "data_security_practices",
    "organization_fides_key", "system_type", "tags", "meta",
  ]
  private static let declarationKeys: Set<String> = [
    "name", "data_categories", "data_use", "data_subjects", "legal_basis_for_processing",
    "legal_basis_for_special_category_processing", "third_parties", "shared_categories",
    "data_shared_with_third_parties", "processes_special_category_data", "data_qualifier",
    "impact_assessment_location",
  ]

  private static func activities(
    _ system: StrictYAML,
    _ omitted: inout [String]
  ) throws -> [ReadActivity] {
    let key = try system.member("fides_key").text()
    func strange(_ node: StrictYAML, _ known: Set<String>, _ word: String) throws {
      for (name, value) in try node.members() where !known.contains(name) && !value.isNull {
        omitted.append("\(word).\(name)")
      }
    }
    try strange(system, systemKeys, "system")
    let title = try line(system, "name") ?? key
    return try system.objects("privacy_declarations").map { node in
      try strange(node, declarationKeys, "privacy_declaration")
      let use = try node.member("data_use").text()
      let name = try line(node, "name")
      var facts = ActivityFacts(name: "\(title): \(name ?? use)")
      facts.source = "fides:\(key)/\(use)" + (name.map { "/\($0)" } ?? "")
      facts.purpose =
        [name, use].compactMap(\.self).joined(separator: " (") + (name == nil ? "" : ")")
      facts.systems = [SystemPlace(name: title)]
      facts.people = try node.wordList("data_subjects").map { $0.replacing("_", with: " ") }
      facts.data = try categories(node)
      facts.basis = try word(node, "legal_basis_for_processing", bases)
      facts.condition = try word(
        node,
        "legal_basis_for_special_category_processing",
        conditions
      )
      facts.recipients = try line(node, "third_parties").map { [$0] } ?? []
      try fill(&facts, of: system)
      return ReadActivity(
        at: "line \(node.line)",
        reference: "",
        fields: fields,
        facts: facts
      )
    }
  }

  /// What a file of fides can state.
  private static let fields: Set<ActivityField> = [
    .name, .role, .controllers, .purpose, .basis, .condition, .people, .data, .systems, .recipients,
    .transfers, .measures, .owner,
  ]

  /// What a system says for all of its declarations.
  private static func fill(_ facts: inout ActivityFacts, of system: StrictYAML) throws {
    let titles =
      try system.wordList("data_responsibility_title") + system.wordList("responsibility")
    if titles.contains(where: { $0.lowercased().hasSuffix("processor") }) {
      facts.role = .processor
    }
    let joint = try line(system, "joint_controller_info")
    if let joint {
      facts.role = .joint
      facts.controllers = [joint]
    }
    let department = try line(system, "administrating_department")
    facts.owner = department == "Not defined" ? nil : department
    let mechanism = try system.wordList("legal_basis_for_transfers")
      .compactMap { mechanisms[$0.lowercased()] }.first
    facts.transfers = try system.wordList("third_country_transfers")
      .map { DataTransfer(country: $0, mechanism: mechanism) }
    facts.measures = try line(system, "data_security_practices").map { [$0] } ?? []
  }

  /// The text under a key on one line; nil where there is none.
  private static func line(_ node: StrictYAML, _ key: String) throws -> String? {
    guard let value = node.optional(key), !value.isNull, !value.isList, !value.isMapping else {
      return nil
    }
    let text = try value.text().split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
    return text.isEmpty ? nil : text
  }

  private static func word<Word>(
    _ node: StrictYAML,
    _ key: String,
    _ words: [String: Word]
  ) throws -> Word? {
    guard let text = try line(node, key) else { return nil }
    guard let word = words[text.lowercased()] else {
      throw (node.optional(key) ?? node).error("\(text) is none of the words fides has for \(key)")
    }
    return word
  }

  private static func categories(_ node: StrictYAML) throws -> [HeldData] {
    var data: [HeldData] = []
    for key in try node.wordList("data_categories") {
      let category = known(key)
      guard !category.isEmpty, !data.contains(where: { $0.category == category }) else { continue }
      data.append(HeldData(category))
    }
    return data
  }

  /// Our word for a category of fides: that of the longest beginning that we know; else its own.
  private static func known(_ key: String) -> String {
    var parts = key.trimmed.lowercased().split(separator: ".").map(String.init)
    // Older editions of the taxonomy say user.provided.identifiable.contact for user.contact.
    parts.removeAll { ["provided", "identifiable", "derived", "nonidentifiable"].contains($0) }
    var stem = parts
    while !stem.isEmpty {
      if let word = words[stem.joined(separator: ".")] { return word }
      stem.removeLast()
    }
    return parts.joined(separator: ".")
  }

  private static let words = [
    "user.name": "name", "user.contact.email": "email", "user.contact.phone_number": "phone",
    "user.contact.address": "postal_address", "user.demographic.date_of_birth": "dob",
    "user.date_of_birth": "dob",
    "user.government_id.national_identification_number": "national_id",
    "user.government_id.passport_number": "passport",
    "user.government_id.drivers_license_number": "driver_license",
    "user.financial.bank_account": "bank_account",
    "user.financial.account_number":
      "account_number",
    "user.financial.credit_card": "card_number", "user.payment": "financial",
    "user.financial": "financial", "user.health_and_medical": "health",
    "user.medical": "health", "user.biometric": "biometric",
    "user.biometric_health": "biometric", "user.authorization.password": "credentials",
    "user.authorization.credentials": "credentials", "user.authorization": "credentials",
    "user.credentials": "credentials", "user.childrens": "children",
    "user.behavior.purchase_history": "orders",
    "user.behavior.browsing_history": "traffic_data",
    "user.browsing_history": "traffic_data",
  ]

  private static let bases: [String: LegalBasis] = [
    "consent": .consent, "contract": .contract, "legal obligations": .legalObligation,
    "legal obligation": .legalObligation, "vital interests": .vitalInterests,
    "public interest": .publicTask, "public interests": .publicTask,
    "legitimate interests": .legitimateInterests, "legitimate interest": .legitimateInterests,
  ]

  private static let conditions: [String: SpecialCondition] = [
    "explicit consent": .explicitConsent,
    "employment, social security and social protection":
      .employment,
    "vital interests": .vitalInterests, "not-for-profit bodies": .nonProfit,
    "made public by the data subject": .madePublic, "legal claims or judicial acts": .legalClaims,
    "reasons of substantial public interest (with a basis in law)": .substantialInterest,
    "health or social care (with a basis in law)": .healthCare,
    "public health (with a basis in law)": .publicHealth,
    "archiving, research and statistics (with a basis in law)": .research,
  ]

  private static let mechanisms: [String: TransferMechanism] = [
    "adequacy decision": .adequacy, "sccs": .clauses, "bcrs": .bindingRules,
    "derogations": .derogation,
  ]
}
