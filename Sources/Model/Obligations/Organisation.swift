/// What the rules must know of the organisation that reports, and how it wants to work.
public struct Organisation: Codable, Sendable, Equatable {
  /// What it is called in notices.
  ///
  /// Foreign text; may be empty.
  public var name: String
  /// Its seat by ISO 3166-1 alpha-2; nil is not known.
  public var country: String?
  /// The zone in which its days are counted; nil is not known.
  public var zone: Zone?
  /// `controller`, `processor`, `joint` or `manufacturer`; nil is not known.
  public var role: String?
  /// Its trades, complete; nil is not known.
  public var sectors: [String]?
  /// Extra public holidays at its seat, as `2026-12-24`.
  public var holidays: [String]
  /// Yes or no to the questions that begin with `org.`, by key; absent is not known.
  public var answers: LegalAnswers
  /// Whom people and authorities ask: name, telephone, address.
  ///
  /// Foreign text.
  public var contact: String
  /// The data protection officer.
  ///
  /// Foreign text.
  public var officer: String
  /// Whether a decision needs a second person.
  public var needsSecondPerson: Bool
  /// How many hours before a deadline it wants to be reminded, longest first.
  public var reminderHours: [Int]
  /// In how many days findings are to be mended; nil is `FindingDays.usual`.
  public var findingDays: FindingDays?
  /// How data of staff are treated; nil is `StaffPrivacy.usual`.
  public var staffPrivacy: StaffPrivacy?
  /// In how many months a reason for holding data is looked at again; nil is
  /// `Justification.usualMonths`.
  public var justifyMonths: Int?
  /// How it shows itself to the public; nil is `Openness.usual`.
  public var openness: Openness?

  /// Makes an organisation of which nothing is known.
  public init() {
    (name, country, zone, role, sectors) = ("", nil, nil, nil, nil)
    (holidays, answers, contact, officer) = ([], LegalAnswers(), "", "")
    (needsSecondPerson, reminderHours) = (false, [48, 24, 6, 1])
  }
}

/// Sets what is known of the organisation.
public struct SetOrganisation: Alteration {
  /// What the journal calls it.
  public static let name = "organisation.set"
  /// The version that it was made for; 0 where there was none.
  public var basedOn: Version?
  /// What is known from now on.
  public var organisation: Organisation

  /// The record that it alters.
  public var subject: Subject { Subject(.organisation, 1) }
  /// What it does, in a few words.
  public var headline: String { "set the organisation" }

  /// Makes the change.
  public init(basedOn: Version?, organisation: Organisation) {
    (self.basedOn, self.organisation) = (basedOn, organisation)
  }
}

/// Asks for what is known of the organisation.
public struct CurrentOrganisation: Question {
  /// The organisation and how often it was set; 0 is never.
  public struct Answer: Codable, Sendable, Equatable {
    /// What is known.
    public var organisation: Organisation
    /// How often it was set.
    public var version: Version

    /// Makes the answer.
    public init(organisation: Organisation, version: Version) {
      (self.organisation, self.version) = (organisation, version)
    }
  }

  /// Makes the question.
  public init() {}
}
