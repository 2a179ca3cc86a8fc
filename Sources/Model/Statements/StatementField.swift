/// What can be filled into a line of a statement: these, and nothing else.
///
/// Each comes from the record; none is ever typed.
public enum StatementField: String, Vocabulary {
  /// What the organisation is called.
  case organisationName = "organisation.name"
  /// Whom people ask.
  case organisationContact = "organisation.contact"
  /// The data protection officer.
  case organisationOfficer = "organisation.officer"
  /// The day of the version.
  case statementDate = "statement.date"
  /// How many activities stand in the statement.
  case activities = "figure:activities"
  /// How many categories of data these hold.
  case categories = "figure:data-categories"
  /// How many others process data for the organisation.
  case processors = "figure:processors"
  /// Into how many countries outside data go.
  case countries = "figure:transfer-countries"
  /// How many retention rules cover what stands in the statement.
  case retention = "figure:retention-rules"
  /// How many measures are in force.
  case measures = "figure:measures"
  /// How many incidents are public.
  case incidents = "figure:incidents"
  /// How many people these affected.
  case affected = "figure:people-affected"
  /// How many of them were told.
  case told = "figure:people-told"
  /// How many requests came in within twelve months.
  case requestsReceived = "figure:requests-received"
  /// How many of these were answered.
  case requestsAnswered = "figure:requests-answered"
  /// How many of these were refused.
  case requestsRefused = "figure:requests-refused"

  /// What it is, for lists.
  public var label: String {
    switch self {
    case .organisationName: "what the organisation is called"
    case .organisationContact: "whom people ask"
    case .organisationOfficer: "the data protection officer"
    case .statementDate: "the day of the version"
    case .activities: "activities in the statement"
    case .categories: "categories of data that these hold"
    case .processors: "who processes data for us"
    case .countries: "countries outside to which data go"
    case .retention: "retention rules of these activities"
    case .measures: "measures in force"
    case .incidents: "public incidents"
    case .affected: "people affected by public incidents"
    case .told: "people told of public incidents"
    case .requestsReceived: "requests of the last twelve months"
    case .requestsAnswered: "of these, answered"
    case .requestsRefused: "of these, refused"
    }
  }

  /// From what of the record it is worked out.
  public var source: String {
    switch self {
    case .organisationName, .organisationContact, .organisationOfficer: "organisation"
    case .statementDate: "day of the version"
    case .activities, .categories, .processors, .countries: "privacy register: activities"
    case .retention: "privacy register: retention rules"
    case .measures: "signed audits, activities"
    case .incidents, .affected: "incidents marked public"
    case .told: "mailings of incidents marked public"
    case .requestsReceived, .requestsAnswered, .requestsRefused: "requests by people"
    }
  }

  /// Whether it is a number, and not words.
  public var isFigure: Bool { rawValue.hasPrefix("figure:") }
}

/// A part of a statement that is derived as a whole; it stands alone on its line.
public enum StatementPart: String, Vocabulary {
  /// What is done with data: purposes, legal basis, recipients, transfers.
  case activities
  /// How long data are kept.
  case retention
  /// Which measures were found in force.
  case measures
  /// Which incidents are public.
  case incidents
  /// What people can ask, and how.
  case rights
  /// Whom to ask.
  case contact

  /// What it is, for lists.
  public var label: String {
    switch self {
    case .activities: "what is done with data, activity by activity"
    case .retention: "how long data are kept, rule by rule"
    case .measures: "measures in force: signed audits, activities"
    case .incidents: "incidents that are marked public"
    case .rights: "what people can ask, and how"
    case .contact: "contact, data protection officer, security contact"
    }
  }
}
