/// What is known of a purpose that people consent to.
public struct PurposeFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.purpose
  /// How the journal names its changes.
  public static let word = "purpose"
  /// What people call it.
  public static let noun = "purpose"

  /// The short name that files and commands use: `newsletter`.
  public var slug: String
  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// What is done with the data, in the words that people are told.
  ///
  /// Foreign text.
  public var text = ""
  /// The reference of the activity that it belongs to, `ACT-0001`; empty where none is named.
  public var activity = ""
  /// When the purpose ended: from then on its consents are kept as long as the rule for them says.
  public var ended: StatedTime?
  /// When it was erased who consented; nil while it is known.
  public var erasedAt: Instant?

  /// Makes a purpose.
  public init(slug: String, name: String, text: String = "", activity: String = "") {
    (self.slug, self.name, self.text) = (slug.lowercased(), name, text)
    self.activity = activity.uppercased()
  }

  /// What lists show of it.
  public var title: String { name }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("slug", slug), ("name", name), ("what for", text), ("activity", activity),
      ("legal basis", LegalBasis.consent.label), ("ended", ended?.plainWithZone ?? ""),
      ("erased", erasedAt?.description ?? ""),
    ]
  }

  /// Whether a text can be a slug: 1 to 40 of a-z, 0-9, hyphen and dot, a letter or digit first.
  public static func isSlug(_ text: String) -> Bool {
    guard (1...40).contains(text.utf8.count), let first = text.utf8.first else { return false }
    func isWord(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    return isWord(first)
      && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
  }
}

/// A purpose as the record keeps it.
public typealias ConsentPurpose = KeptRecord<PurposeFacts>
/// Adds a purpose.
public typealias AddPurpose = AddRecord<PurposeFacts>
/// Replaces what is known of a purpose; ending it is setting its end.
public typealias EditPurpose = EditRecord<PurposeFacts>
/// Takes a purpose off the list.
public typealias RemovePurpose = RemoveRecord<PurposeFacts>
/// Puts a purpose back on the list.
public typealias RestorePurpose = PutBackRecord<PurposeFacts>
