/// What somebody wants who uses a right over their data.
public enum RightsKind: String, Vocabulary {
  /// GDPR art. 15.
  case access
  /// GDPR art. 16.
  case rectification
  /// GDPR art. 17.
  case erasure
  /// GDPR art. 18.
  case restriction
  /// GDPR art. 20.
  case portability
  /// GDPR art. 21.
  case objection
  /// Cal. Civ. Code 1798.110 and 1798.115.
  case know
  /// Cal. Civ. Code 1798.105.
  case delete
  /// Cal. Civ. Code 1798.106.
  case correct
  /// Cal. Civ. Code 1798.121.
  case limit
  /// Cal. Civ. Code 1798.120.
  case optOut = "opt-out"

  /// The word as it is shown to people.
  public var label: String { self == .optOut ? "opt out of sale" : rawValue }

  /// Whether it must be known who asks before it is followed.
  ///
  /// To limit and to opt out no verification may be asked for: Cal. Code Regs. tit. 11, 7026(d), 7027(e).
  public var needsIdentity: Bool { self != .limit && self != .optOut }
}

/// By what a request came in, or an answer went out.
public enum RequestChannel: String, Vocabulary {
  case email, post, telephone, web
  case inPerson = "in-person"
  case agent, other

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .email: "e-mail"
    case .web: "web form"
    case .inPerson: "in person"
    case .agent: "authorised agent"
    default: rawValue
    }
  }
}

/// Why a request was not followed.
public enum RefusalGround: String, Vocabulary {
  /// GDPR art. 12(5); Cal. Civ. Code 1798.145(h)(3).
  case manifestlyUnfounded = "manifestly-unfounded"
  /// GDPR art. 12(5); Cal. Civ. Code 1798.145(h)(3).
  case excessive
  /// GDPR art. 12(2) and 11(2); Cal. Code Regs. tit. 11, 7024(a).
  case notIdentified = "not-identified"
  /// GDPR art. 17(3)(b); Cal. Civ. Code 1798.105(d)(8).
  case legalObligation = "legal-obligation"
  /// GDPR art. 17(3)(e), 21(1).
  case legalClaims = "legal-claims"
  /// GDPR art. 17(3)(a).
  case expression = "freedom-of-expression"
  /// GDPR art. 15(4), 20(4).
  case rightsOfOthers = "rights-of-others"
  /// GDPR art. 21(1).
  case compellingGrounds = "compelling-grounds"
  /// Cal. Civ. Code 1798.105(d)(1).
  case neededForContract = "needed-for-contract"
  /// Nothing is held of the person, or another has to answer.
  case notConcerned = "not-concerned"
  case other

  /// The word as it is shown to people.
  public var label: String { rawValue.replacing("-", with: " ") }

  /// The provisions.
  public var citation: String {
    switch self {
    case .manifestlyUnfounded, .excessive:
      "GDPR art. 12(5); Cal. Civ. Code 1798.145(h)(3)"
    case .notIdentified: "GDPR art. 11(2), 12(2); 11 CCR 7024(a)"
    case .legalObligation: "GDPR art. 17(3)(b); Cal. Civ. Code 1798.105(d)(8)"
    case .legalClaims: "GDPR art. 17(3)(e), 21(1)"
    case .expression: "GDPR art. 17(3)(a)"
    case .rightsOfOthers: "GDPR art. 15(4), 20(4)"
    case .compellingGrounds: "GDPR art. 21(1)"
    case .neededForContract: "Cal. Civ. Code 1798.105(d)(1)"
    case .notConcerned, .other: ""
    }
  }
}

/// Where a request stands.
public enum RequestState: String, Vocabulary {
  case open, answered, refused, withdrawn

  /// Whether it still has to be answered.
  public var isOpen: Bool { self == .open }
}

/// How far it is known that the person is who they say.
public enum IdentityState: String, Vocabulary {
  case unchecked
  /// Further information was asked for.
  case asked
  case verified
  /// It could not be found out.
  case failed
}
