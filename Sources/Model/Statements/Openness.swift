/// How the organisation shows itself to the public.
public struct Openness: Codable, Sendable, Hashable {
  /// The least number of people that is shown.
  public var leastNumber: Int
  /// Where the site of the statement stands: `https://www.example.org/privacy/`; may be empty.
  public var site: String
  /// How people ask for what they have a right to.
  ///
  /// Foreign text; may be empty.
  public var rights: String
  /// Where reports of weaknesses go, best first: `mailto:`, `tel:` or `https:`.
  public var securityContacts: [String]
  /// Where the policy on reports of weaknesses stands; may be empty.
  public var securityPolicy: String
  /// Where `security.txt` itself stands; may be empty.
  public var securityAddress: String
  /// The languages in which reports are read, by tags.
  public var securityLanguages: [String]
  /// The day on which `security.txt` runs out; nil is 364 days after the day of the version.
  public var securityExpires: DayNumber?

  /// What holds where the organisation has said nothing.
  ///
  /// Our own choice; ten is what statistical offices commonly ask for, no law sets it.
  public static let usual = Openness()
  /// The least that can be asked for: smaller numbers would tell of people.
  public static let leastOfAll = 3

  /// Makes a setting.
  public init(
    leastNumber: Int = 10,
    site: String = "",
    rights: String = "",
    securityContacts: [String] = [],
    securityPolicy: String = "",
    securityAddress: String = "",
    securityLanguages: [String] = ["en"],
    securityExpires: DayNumber? = nil
  ) {
    (self.leastNumber, self.site, self.rights) = (leastNumber, site, rights)
    (self.securityContacts, self.securityPolicy) = (securityContacts, securityPolicy)
    (self.securityAddress, self.securityLanguages) = (securityAddress, securityLanguages)
    self.securityExpires = securityExpires
  }

  /// The setting by name, as texts.
  public var named: [(String, String)] {
    [
      ("least number", "\(leastNumber)"), ("site", site), ("how to ask", rights),
      ("security contacts", securityContacts.joined(separator: ", ")),
      ("security policy", securityPolicy), ("security.txt at", securityAddress),
      ("security languages", securityLanguages.joined(separator: ", ")),
      ("security.txt until", securityExpires?.iso ?? ""),
    ]
  }

  /// The same names where nobody has said anything.
  public static var unsaid: [(String, String)] { usual.named.map { ($0.0, "") } }

  /// Why it cannot stand so; nil where it can.
  public var problem: String? {
    guard (Self.leastOfAll...100_000).contains(leastNumber) else {
      return "numbers are shown from \(Self.leastOfAll) or more people on"
    }
    if !site.isEmpty, !site.hasPrefix("https://") {
      return "the site's address begins with https://"
    }
    let lines =
      [site, securityPolicy, securityAddress] + securityContacts + securityLanguages
    guard !lines.contains(where: \.holdsControls) else {
      return "addresses, contacts and languages hold no line breaks or control characters"
    }
    guard !securityContacts.isEmpty else { return nil }
    return SecurityText(self, date: DayNumber(count: 0), ignoringExpiry: true).problems.first?
      .description
  }
}

extension Organisation {
  /// How it shows itself to the public, whether or not somebody has said so.
  public var opennessInForce: Openness { openness ?? .usual }
}
