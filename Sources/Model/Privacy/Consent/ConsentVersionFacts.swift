/// What is known of a version of the notice that people read before they consented.
public struct ConsentVersionFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.consentVersion
  /// How the journal names its changes.
  public static let word = "consent-version"
  /// What people call it.
  public static let noun = "notice version"

  /// The purpose's reference, `PUR-0001`.
  public var purpose: String
  /// What files and people call it within the purpose: `2024-1`.
  ///
  /// Foreign text; not empty.
  public var label: String
  /// The language, such as `de`; empty where nobody said.
  public var language: String
  /// The text as people read it.
  ///
  /// Foreign text; not empty.
  public var text: String
  /// SHA-256 of the text in UTF-8; hexadecimal.
  public let digest: String
  /// From when it was shown.
  public var from: StatedTime
  /// Until when it was shown; nil while it is.
  public var until: StatedTime?
  /// The label of the version that came after it; empty where none did.
  public var successor = ""
  /// Why consents under it no longer hold what they say; nil where they do.
  public var flaw: ConsentFlaw?
  /// That reason in words.
  ///
  /// Foreign text.
  public var flawNote = ""

  /// Makes a version; the digest is made of the text.
  public init(purpose: String, label: String, language: String, text: String, from: StatedTime) {
    (self.purpose, self.label, self.language) = (purpose.uppercased(), label, language)
    (self.text, self.from) = (text, from)
    digest = Digest.sha256(Array(text.utf8))
  }

  /// What lists show of it.
  public var title: String { "\(purpose) \(label)" }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("purpose", purpose), ("version", label), ("language", language), ("sha-256", digest),
      ("from", from.plainWithZone), ("until", until?.plainWithZone ?? ""),
      ("superseded by", successor), ("no longer right", flaw?.label ?? ""), ("because", flawNote),
    ]
  }

  /// Whether it was shown at an instant, as far as its dates say.
  public func isShown(at instant: Instant) -> Bool {
    from.earliest <= instant && until.map { instant <= $0.latest } ?? true
  }
}

/// A version of a notice as the record keeps it.
public typealias ConsentVersion = KeptRecord<ConsentVersionFacts>
/// Adds a version of a notice.
public typealias AddConsentVersion = AddRecord<ConsentVersionFacts>
/// Replaces what is known of a version; a text that somebody consented to stays.
public typealias EditConsentVersion = EditRecord<ConsentVersionFacts>
/// Takes a version off the list.
public typealias RemoveConsentVersion = RemoveRecord<ConsentVersionFacts>
/// Puts a version back on the list.
public typealias RestoreConsentVersion = PutBackRecord<ConsentVersionFacts>
