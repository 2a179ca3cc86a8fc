/// What one kind of notice must contain, and what it must not.
public struct NoticeContent: Sendable, Equatable {
  /// Its name, such as `gdpr-33-3`.
  public var id: String
  /// What kind of notice it is.
  public var title: String
  /// The provision.
  public var citation: String
  /// Where its text stands.
  public var source: String
  /// The title that the notice itself must bear; nil where the law fixes none.
  public var documentTitle: String?
  /// Whether a first notice with what is known is accepted.
  public var allowsPhases: Bool
  /// Whether it is written to the people affected.
  public var isForPeople: Bool
  /// What must be in it, in order.
  public var items: [Item]
  /// What must not be in it.
  public var forbidden: [Item]

  /// One thing that a notice must, or must not, say.
  public struct Item: Sendable, Equatable {
    /// Its name within the notice.
    public var id: String
    /// What it is, in own words.
    public var text: String
    /// The provision, where it has its own.
    public var citation: String
    /// The heading under which it must stand; nil where the law fixes none.
    public var heading: String?
    /// The facts of an incident that fill it.
    public var fills: [Fill]
    /// Words that usually say it, by language, in lower case; `#` stands for a number.
    public var signs: [String: [String]]

    /// Makes an item.
    public init(
      id: String,
      text: String,
      citation: String = "",
      heading: String? = nil,
      fills: [Fill] = [],
      signs: [String: [String]] = [:]
    ) {
      (self.id, self.text, self.citation) = (id, text, citation)
      (self.heading, self.fills, self.signs) = (heading, fills, signs)
    }
  }

  /// What of an incident can fill an item.
  public enum Fill: String, Vocabulary {
    case title, summary, kind, severity, occurred, discovered, aware, determined, contained
    case affected
    case categories = "data.categories"
    case encrypted = "data.encrypted"
    case assets, measures, consequences, contact
    case officerContact = "dpo_contact"
    case organisation
    case hold = "law_enforcement_hold"
    case reasons = "decision_reasons"
    case tasks, timeline
  }

  /// Makes a list of contents.
  public init(
    id: String,
    title: String,
    citation: String,
    source: String = "",
    documentTitle: String? = nil,
    allowsPhases: Bool = false,
    isForPeople: Bool = false,
    items: [Item],
    forbidden: [Item] = []
  ) {
    (self.id, self.title, self.citation, self.source) = (id, title, citation, source)
    (self.documentTitle, self.allowsPhases) = (documentTitle, allowsPhases)
    (self.isForPeople, self.items, self.forbidden) = (isForPeople, items, forbidden)
  }
}
