internal import Model

/// The words that CISO Assistant keeps for legal bases and conditions, in ours.
///
/// Its lists leave it as CSV with words such as `privacy_contract` in them; which column is what is said
/// with `--map`.
enum CisoWords {
  /// The text in our words, where it is one of theirs; any other text as it is.
  static func known(_ text: String, for field: ActivityField) -> String {
    switch field {
    case .basis: bases[text.lowercased()] ?? text
    case .condition: conditions[text.lowercased()] ?? text
    case .people, .recipients, .data: plain(text)
    default: text
    }
  }

  /// `privacy_email` is `email`: the front of their words says nothing.
  private static func plain(_ text: String) -> String {
    guard text.contains("privacy_") else { return text }
    return text.split(separator: ";", omittingEmptySubsequences: false).map { item -> String in
      let word = String(item).trimmed
      guard word.hasPrefix("privacy_") else { return word }
      let short = String(word.dropFirst("privacy_".count))
      return categories[short] ?? short
    }.joined(separator: "; ")
  }

  private static let bases = [
    "privacy_consent": "consent", "privacy_contract": "contract",
    "privacy_legal_obligation": "legal-obligation",
    "privacy_vital_interests": "vital-interests", "privacy_public_interest": "public-task",
    "privacy_legitimate_interests": "legitimate-interests",
  ]

  private static let conditions = [
    "privacy_explicit_consent": "explicit-consent",
    "privacy_employment_social_security": "employment",
    "privacy_vital_interests_incapacity": "vital-interests",
    "privacy_nonprofit_organization": "non-profit", "privacy_public_data": "made-public",
    "privacy_legal_claims": "legal-claims",
    "privacy_substantial_public_interest": "substantial-public-interest",
    "privacy_preventive_medicine": "health-care", "privacy_public_health": "public-health",
    "privacy_archiving_research": "research",
  ]

  private static let categories = [
    "email": "email", "phone_number": "phone", "address": "postal_address",
    "bank_account": "bank_account", "payment_card": "card_number", "health_data": "health",
    "biometric_data": "biometric", "financial_data": "financial",
    "transaction_history": "orders", "salary_information": "payroll",
    "social_security": "ssn", "drivers_license": "driver_license",
    "passport_information": "passport",
  ]
}
