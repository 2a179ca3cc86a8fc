/// What a text can have filled in: these fields, and nothing else.
///
/// An incident's own title and summary are not among them: they are written for colleagues.
public enum MergeField: String, Vocabulary {
  /// The person's name.
  case name
  /// The organisation's name for the person, such as a customer number.
  case reference
  /// The person's postal address.
  case address
  /// Which of the person's data were exposed, as the file of recipients has it.
  case categories
  /// The code of the support that is offered to the person.
  case offer
  /// What the organisation is called.
  case organisationName = "organisation.name"
  /// Whom people ask.
  case organisationContact = "organisation.contact"
  /// The data protection officer.
  case organisationOfficer = "organisation.officer"
  /// What the incident is called, so that those who call can name it.
  case incidentReference = "incident.reference"
  /// When it happened, as far as it is known.
  case incidentOccurred = "incident.occurred"
  /// When it was discovered.
  case incidentDiscovered = "incident.discovered"
  /// The day of the notice.
  case noticeDate = "notice.date"

  /// Whether each person has a value of their own.
  public var isPersonal: Bool {
    switch self {
    case .name, .reference, .address, .categories, .offer: true
    default: false
    }
  }

  /// What it is, for lists.
  public var label: String {
    switch self {
    case .name: "the person's name"
    case .reference: "our name for the person, such as a customer number"
    case .address: "the person's postal address"
    case .categories: "which of the person's data were exposed"
    case .offer: "the code of the support that is offered"
    case .organisationName: "what the organisation is called"
    case .organisationContact: "whom people ask"
    case .organisationOfficer: "the data protection officer"
    case .incidentReference: "what the incident is called"
    case .incidentOccurred: "when it happened"
    case .incidentDiscovered: "when it was discovered"
    case .noticeDate: "the day of the notice"
    }
  }

  /// A person's own value; nil for what is the same for all.
  public func value(of contact: RecipientContact) -> String? {
    switch self {
    case .name: contact.name
    case .reference: contact.reference
    case .address: contact.address
    case .categories: contact.categories
    case .offer: contact.offer
    default: nil
    }
  }
}

/// What fills the fields of a text for one person.
///
/// All of it is foreign text: no value becomes markup, a header or a tag.
public struct MergeValues: Hashable, Sendable {
  private var values: [MergeField: String]

  /// Makes values that are the same for all.
  public init(_ shared: [MergeField: String] = [:]) { values = shared }

  /// Makes the values of one person.
  ///
  /// - Parameters:
  ///   - shared: What is the same for all who get the text: `NoticeEdition.values(for:)`.
  ///   - contact: The person's contact, as it is or masked.
  ///   - offer: The code that the person gets from a pool; nil for the one in the contact.
  public init(_ shared: [MergeField: String], of contact: RecipientContact, offer: String? = nil) {
    values = shared
    for field in MergeField.allCases {
      if let value = field.value(of: contact) { values[field] = value }
    }
    if let offer { values[.offer] = offer }
  }

  /// A value; nil where there is none: an empty one, or nothing but blanks, is none.
  public subscript(field: MergeField) -> String? {
    guard let value = values[field], value.contains(where: { !$0.isWhitespace }) else { return nil }
    return value
  }
}
