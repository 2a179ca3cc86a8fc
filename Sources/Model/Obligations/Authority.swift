/// What somebody is who must be told.
public enum AuthorityRole: String, Vocabulary {
  case dataProtection = "data-protection"
  case cybersecurity, financial, consumer, health, sector, police
  case bureau, people, party, `public`, own

  /// The role as it is shown.
  public var label: String {
    switch self {
    case .dataProtection: "data protection authority"
    case .cybersecurity: "cybersecurity authority"
    case .financial: "financial supervisor"
    case .consumer: "attorney general or consumer authority"
    case .health: "health authority"
    case .sector: "regulator of a sector"
    case .police: "police or security authority"
    case .bureau: "consumer reporting agencies"
    case .people: "people affected"
    case .party: "party to a contract"
    case .public: "the public"
    case .own: "own record"
    }
  }
}

/// A body or a circle of people whom laws tell of a breach, as the rulebook names it.
///
/// It has no address: those rot. What an organisation knows of it stands in the record, as
/// `AuthorityContact`.
public struct Authority: Sendable, Equatable, Identifiable {
  /// Its name among authorities, such as `au-oaic`.
  public var key: String
  /// What it is called.
  public var name: String
  /// Whose laws name it, such as `AU`; empty for what many laws name, such as the people affected.
  public var jurisdiction: String
  /// What it is.
  public var role: AuthorityRole
  /// By what words laws name it, each as it stands in a rule's recipient.
  public var named: [String]

  /// Its key.
  public var id: String { key }

  /// Makes an authority.
  public init(
    key: String,
    name: String,
    jurisdiction: String,
    role: AuthorityRole,
    named: [String]
  ) {
    (self.key, self.name, self.jurisdiction) = (key, name, jurisdiction)
    (self.role, self.named) = (role, named)
  }

  /// Whether a text can be a key: small letters, digits and hyphens.
  public static func isKey(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (48...57).contains($0) || (97...122).contains($0)
      }
  }
}

/// What the organisation knows of somebody whom laws tell: how to reach them, and as whom.
public struct ContactFacts: Codable, Sendable, Hashable {
  /// Who it is for this organisation, where the law names a kind: `LDI NRW`.
  ///
  /// Foreign text, as all of these; each may be empty.
  public var body: String
  /// Where filings go in, by address on the web.
  public var portal: String
  /// The e-mail address.
  public var email: String
  /// The telephone number.
  public var phone: String
  /// The person to speak to.
  public var person: String
  /// The organisation's own number there.
  public var reference: String
  /// What else is worth knowing.
  public var note: String

  /// Makes the facts.
  public init(
    body: String = "",
    portal: String = "",
    email: String = "",
    phone: String = "",
    person: String = "",
    reference: String = "",
    note: String = ""
  ) {
    (self.body, self.portal, self.email, self.phone) = (body, portal, email, phone)
    (self.person, self.reference, self.note) = (person, reference, note)
  }

  /// The facts by name, in the order in which they are shown; empty ones too.
  public var named: [(name: String, value: String)] {
    [
      ("who", body), ("portal", portal), ("e-mail", email), ("phone", phone),
      ("person", person), ("our number", reference), ("note", note),
    ]
  }

  /// Whether nothing is known.
  public var isEmpty: Bool { named.allSatisfy(\.value.isEmpty) }
}

/// An entry of the organisation's contact book.
public struct AuthorityContact: Codable, Sendable, Equatable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The key of the authority in the rulebook.
  public var authority: String
  /// How often it has been altered.
  public var version: Version
  /// What is known.
  public var facts: ContactFacts
  /// When it was last altered.
  public var updatedAt: Instant

  /// Makes an entry.
  public init(
    id: RecordID,
    authority: String,
    version: Version,
    facts: ContactFacts,
    updatedAt: Instant
  ) {
    (self.id, self.authority, self.version) = (id, authority, version)
    (self.facts, self.updatedAt) = (facts, updatedAt)
  }
}

/// Asks for the organisation's contact book, by the authorities' keys.
public struct AuthorityContacts: Question {
  /// What comes back.
  public typealias Answer = [AuthorityContact]

  /// Makes the question.
  public init() {}
}

/// Sets what is known of an authority.
public struct SetAuthority: Alteration {
  /// What the journal calls it.
  public static let name = "authority.set"
  /// The entry's number; 0 where there was none.
  public var id: RecordID
  /// The key of the authority.
  public var authority: String
  /// The version that it was made for; 0 where there was no entry.
  public var basedOn: Version?
  /// What is known from now on.
  public var facts: ContactFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.authority, id) }
  /// What it does, in a few words.
  public var headline: String { "set contact: \(authority)" }

  /// Makes the change.
  public init(id: RecordID, authority: String, basedOn: Version?, facts: ContactFacts) {
    (self.id, self.authority, self.basedOn, self.facts) = (id, authority, basedOn, facts)
  }
}

/// Takes an authority's entry out of the contact book.
public struct RemoveAuthority: Alteration {
  /// What the journal calls it.
  public static let name = "authority.remove"
  /// The entry's number.
  public var id: RecordID
  /// The key of the authority.
  public var authority: String
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.authority, id) }
  /// What it does, in a few words.
  public var headline: String { "removed contact: \(authority)" }

  /// Makes the change.
  public init(id: RecordID, authority: String, basedOn: Version?) {
    (self.id, self.authority, self.basedOn) = (id, authority, basedOn)
  }
}

extension RulePack {
  /// Whom a rule tells, by the words of its recipient; empty where the book names nobody.
  public func authorities(for rule: Rule, of law: Law) -> [Authority] {
    authorities(named: rule.recipient, jurisdiction: law.jurisdiction)
  }

  /// Whom a law of a jurisdiction means by the words of a recipient.
  public func authorities(named recipient: String, jurisdiction: String) -> [Authority] {
    authorities.filter { authority in
      (authority.jurisdiction.isEmpty || authority.jurisdiction == jurisdiction)
        && authority.named.contains(recipient)
    }
  }

  /// The authority of a key.
  public func authority(_ key: String) -> Authority? { authorities.first { $0.key == key } }
}
