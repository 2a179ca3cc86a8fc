internal import Model

/// The words of VERIS 1.3.4 and 1.4 beside ours, in both directions.
///
/// Source: github.com/vz-risk/veris, `verisc-enum.json`, read 2026-06-12. Where VERIS has more words
/// than we have, several of its words become one of ours; the document keeps the original.
enum VerisVocabulary {
  /// `attribute.confidentiality.data_disclosure`.
  static let disclosure: [(veris: String, ours: Disclosure)] = [
    ("Yes", .yes), ("Potentially", .potentially), ("No", .no), ("Unknown", .unknown),
  ]

  /// `attribute.confidentiality.data[].variety`; what is not here becomes `other`.
  static let categories: [(veris: String, ours: String)] = [
    ("Personal", "personal"), ("Sensitive Personal", "personal"), ("Medical", "medical"),
    ("Payment", "card_number"), ("Bank", "bank_account"), ("Credentials", "credentials"),
    ("Multi-factor credential", "credentials"), ("Internal", "internal"), ("Secrets", "secrets"),
    ("Copyrighted", "copyrighted"), ("Digital certificate", "digital_certificate"),
    ("Other", "other"), ("Unknown", "unknown"),
  ]

  /// Varieties of data that are never about people: records of them count nobody.
  static let impersonal: Set<String> = [
    "Internal", "Secrets", "System", "Classified", "Copyrighted", "Digital certificate",
    "Source code", "Virtual currency",
  ]

  /// `impact.overall_rating`.
  static let ratings: [(veris: String, ours: Severity)] = [
    ("Insignificant", .low), ("Distracting", .medium), ("Painful", .high),
    ("Damaging", .critical), ("Catastrophic", .critical),
  ]

  /// The word of `security_incident` for an outcome.
  static func securityIncident(_ outcome: Outcome) -> String {
    switch outcome {
    case .confirmedBreach, .confirmedIncident, .notPersonalData, .duplicate: "Confirmed"
    case .undetermined, .suspected: "Suspected"
    case .nearMiss: "Near miss"
    case .falsePositive: "False positive"
    }
  }

  /// The outcome for `security_incident`: a confirmed incident with disclosure is a breach.
  static func outcome(_ securityIncident: String, _ disclosure: Disclosure?) -> Outcome? {
    switch securityIncident {
    case "Confirmed": disclosure == .yes ? .confirmedBreach : .confirmedIncident
    case "Suspected": .suspected
    case "Near miss": .nearMiss
    case "False positive": .falsePositive
    default: nil
    }
  }

  /// The VERIS variety for one of our data categories.
  static func variety(_ category: String) -> String {
    if let known = categories.first(where: { $0.ours == category }) { return known.veris }
    return switch category {
    case "health", "biometric": "Medical"
    case "account_number", "financial": "Bank"
    case "password_hash": "Credentials"
    case "children", "cpf", "dob", "driver_license", "email", "name", "national_id", "orders",
      "passport", "payroll", "phone", "postal_address", "ssn", "traffic_data":
      "Personal"
    default: "Other"
    }
  }
}
