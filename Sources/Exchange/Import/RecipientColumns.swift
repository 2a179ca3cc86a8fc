internal import Model

/// Which column of a file of recipients means what.
public struct RecipientColumns: Sendable, Hashable {
  /// What a column can mean.
  public enum Meaning: String, Sendable, CaseIterable, ColumnName {
    case reference, name, email, phone, address, categories, offer
    case jurisdiction, language, protection

    /// What columns that mean this are called, in lower case without spaces and marks.
    var names: Set<String> {
      switch self {
      case .reference:
        ["reference", "ref", "id", "customerid", "customernumber", "customer", "kundennummer"]
      case .name: ["name", "fullname"]
      case .email: ["email", "mail", "emailaddress"]
      case .phone: ["phone", "telephone", "phonenumber", "tel", "mobile"]
      case .address: ["address", "postaladdress"]
      case .categories: ["categories", "datacategories", "data", "exposed"]
      case .offer: ["offer", "offercode", "supportcode", "support"]
      case .jurisdiction: ["jurisdiction", "country", "countrycode"]
      case .language: ["language", "lang", "locale"]
      case .protection: ["protection", "protected", "protectedperson"]
      }
    }

    /// The field of the contact that it goes to; nil for what is not sealed.
    var field: RecipientField? {
      switch self {
      case .reference: .reference
      case .name: .name
      case .email: .email
      case .phone: .phone
      case .address: .address
      case .categories: .categories
      case .offer: .offer
      case .jurisdiction, .language, .protection: nil
      }
    }
  }

  /// The columns that were named for a meaning; the others go by their names.
  public var named: [Meaning: String]
  /// The jurisdiction of rows that state none, such as `EU-DE`; nil for `unknown`.
  public var jurisdiction: String?
  /// The language of rows that state none; nil where nobody knows.
  public var language: String?

  /// Makes a mapping.
  public init(
    named: [Meaning: String] = [:],
    jurisdiction: String? = nil,
    language: String? = nil
  ) {
    (self.named, self.jurisdiction, self.language) = (named, jurisdiction, language)
  }

  /// The place of each meaning's column in a header.
  ///
  /// - Throws: `UnreadableCSV` in words that quote no cell of a person.
  func places(in header: [String], line: Int) throws(UnreadableCSV) -> [Meaning: Int] {
    let places = try ColumnPlaces.find(Meaning.self, named: named, in: header, line: line)
    guard places[.reference] != nil else {
      throw UnreadableCSV(
        line: line,
        column: 0,
        reason: "no column is called reference or id; say which column names a person with "
          + "--map reference=COLUMN"
      )
    }
    return places
  }

  /// All of it as text, so that an import that broke off is gone on with in the same way.
  var text: String {
    let named = named.map { "\($0.key.rawValue)=\($0.value)" }.sorted()
    return (named + ["jurisdiction:\(jurisdiction ?? "")", "language:\(language ?? "")"])
      .joined(separator: "\n")
  }
}
