/// A draft that is shipped: the beginning of a text, with gaps, and never fit to be sent as it is.
public struct NoticeDraft: Sendable, Equatable {
  /// Its name, such as `gdpr-34-de`.
  public var id: String
  /// What it is.
  public var title: String
  /// Which issue of it this is.
  public var version: Int
  /// The law or guidance that it follows, and where that stands.
  public var source: String
  /// When that was read, as `2026-11-30`.
  public var retrieved: String
  /// The lists of contents that it follows, such as `gdpr-34-2`.
  public var contents: [String]
  /// What its text begins as; channels none where it is sent to nobody of the ledger.
  public var facts: NoticeTextFacts
  /// What should be known of it; may be empty.
  public var notes: String

  /// Makes a draft.
  public init(
    id: String,
    title: String,
    version: Int,
    source: String,
    retrieved: String,
    contents: [String],
    facts: NoticeTextFacts,
    notes: String
  ) {
    (self.id, self.title, self.version, self.source) = (id, title, version, source)
    (self.retrieved, self.contents, self.facts) = (retrieved, contents, facts)
    self.notes = notes
  }
}
