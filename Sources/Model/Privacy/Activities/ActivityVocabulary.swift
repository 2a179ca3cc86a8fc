/// Whose processing it is, and so which record an activity belongs to.
public enum ActivityRole: String, Vocabulary {
  /// Ours: art. 30(1).
  case controller
  /// Ours together with others: art. 26 and 30(1).
  case joint
  /// Somebody else's, who has us do it: art. 30(2).
  case processor

  /// The word as it is shown to people.
  public var label: String { self == .joint ? "joint controller" : rawValue }
}

/// What makes processing lawful.
public enum LegalBasis: String, Vocabulary {
  case consent, contract
  case legalObligation = "legal-obligation"
  case vitalInterests = "vital-interests"
  case publicTask = "public-task"
  case legitimateInterests = "legitimate-interests"

  /// The word as it is shown to people.
  public var label: String { rawValue.replacing("-", with: " ") }

  /// The provision.
  public var citation: String {
    switch self {
    case .consent: "GDPR art. 6(1)(a)"
    case .contract: "GDPR art. 6(1)(b)"
    case .legalObligation: "GDPR art. 6(1)(c)"
    case .vitalInterests: "GDPR art. 6(1)(d)"
    case .publicTask: "GDPR art. 6(1)(e)"
    case .legitimateInterests: "GDPR art. 6(1)(f)"
    }
  }
}

/// What lifts the ban on processing special categories of data.
public enum SpecialCondition: String, Vocabulary {
  case explicitConsent = "explicit-consent"
  case employment
  case vitalInterests = "vital-interests"
  case nonProfit = "non-profit"
  case madePublic = "made-public"
  case legalClaims = "legal-claims"
  case substantialInterest = "substantial-public-interest"
  case healthCare = "health-care"
  case publicHealth = "public-health"
  case research

  /// The word as it is shown to people.
  public var label: String { rawValue.replacing("-", with: " ") }

  /// The provision.
  public var citation: String {
    let letters = Array("abcdefghij")
    let place = SpecialCondition.allCases.firstIndex(of: self) ?? 0
    return "GDPR art. 9(2)(\(letters[place]))"
  }
}

/// On what a transfer to a country outside rests: GDPR chapter V.
public enum TransferMechanism: String, Vocabulary {
  case adequacy
  /// Standard contractual clauses.
  case clauses
  case bindingRules = "binding-rules"
  case codeOfConduct = "code-of-conduct"
  case certification, derogation

  /// The word as it is shown to people.
  public var label: String {
    self == .clauses ? "standard clauses" : rawValue.replacing("-", with: " ")
  }

  /// The provision.
  public var citation: String {
    switch self {
    case .adequacy: "GDPR art. 45"
    case .clauses: "GDPR art. 46(2)(c)"
    case .bindingRules: "GDPR art. 47"
    case .codeOfConduct: "GDPR art. 46(2)(e)"
    case .certification: "GDPR art. 46(2)(f)"
    case .derogation: "GDPR art. 49"
    }
  }
}

extension DataCategory {
  /// The shipped words that name special categories of data.
  public static let special: Set<String> = ["biometric", "health", "medical"]

  /// The category of California's law that a word falls under; nil for words it does not name.
  ///
  /// Cal. Civ. Code 1798.140(v)(1)(A) to (L), read 2026-11-30.
  public static func californian(_ word: String) -> String? {
    switch word {
    case "name", "email", "phone", "postal_address": "identifiers (A)"
    case "passport", "national_id", "ssn", "driver_license", "cpf":
      "identifiers (A), sensitive (L)"
    case "account_number", "bank_account", "card_number", "credentials", "password_hash",
      "financial":
      "customer records (B), sensitive (L)"
    case "dob", "children": "protected classifications (C)"
    case "orders": "commercial information (D)"
    case "biometric": "biometric information (E), sensitive (L)"
    case "traffic_data": "network activity (F)"
    case "payroll": "employment information (I)"
    case "health", "medical": "customer records (B), sensitive (L)"
    default: nil
    }
  }
}
