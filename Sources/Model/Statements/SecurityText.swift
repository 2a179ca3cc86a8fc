/// A `security.txt`: where weaknesses are reported, until when that holds (RFC 9116, read 2026-11-30).
public struct SecurityText: Codable, Sendable, Hashable {
  /// Where reports go, best first.
  public var contacts: [String]
  /// Until when it holds.
  public var expires: Instant
  /// The languages in which reports are read.
  public var languages: [String]
  /// Where it stands itself.
  public var canonical: [String]
  /// Where the policy stands.
  public var policies: [String]

  /// Makes a text.
  public init(
    contacts: [String],
    expires: Instant,
    languages: [String] = [],
    canonical: [String] = [],
    policies: [String] = []
  ) {
    (self.contacts, self.expires, self.languages) = (contacts, expires, languages)
    (self.canonical, self.policies) = (canonical, policies)
  }

  /// Makes the text of a version that is as of a day; it runs out as a day begins in the organisation's zone.
  public init(
    _ openness: Openness,
    date: DayNumber,
    in zone: Zone = .utc,
    ignoringExpiry: Bool = false
  ) {
    let day =
      (ignoringExpiry ? nil : openness.securityExpires) ?? DayNumber(count: date.count + 364)
    self.init(
      contacts: openness.securityContacts,
      expires: zone.instant(of: day.civil),
      languages: openness.securityLanguages,
      canonical: openness.securityAddress.isEmpty ? [] : [openness.securityAddress],
      policies: openness.securityPolicy.isEmpty ? [] : [openness.securityPolicy]
    )
  }

  /// The file: lines ended by CR LF or LF; ours are LF.
  public var text: String {
    let lines =
      contacts.map { "Contact: \($0)" } + ["Expires: \(expires.rfc3339Seconds)"]
      + (languages.isEmpty ? [] : ["Preferred-Languages: \(languages.joined(separator: ", "))"])
      + canonical.map { "Canonical: \($0)" } + policies.map { "Policy: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is wrong with it, whatever the time.
  ///
  /// A value of several lines would be read as fields that nobody meant, so it is refused first.
  public var problems: [SecurityTextProblem] {
    let values = contacts + languages + canonical + policies
    guard !values.contains(where: \.holdsControls) else {
      return [
        SecurityTextProblem("line breaks and control characters stand in no value (section 4)")
      ]
    }
    return SecurityTextCheck(reading: text).problems
  }
}

extension String {
  /// Whether it holds a line break or another control character.
  var holdsControls: Bool {
    unicodeScalars.contains {
      switch $0.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}

/// Something that is wrong with a `security.txt`.
public struct SecurityTextProblem: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// The line, from 1; nil for the whole.
  public var line: Int?
  /// What is wrong, and by which section of the RFC.
  public var reason: String

  /// Makes a problem.
  public init(line: Int? = nil, _ reason: String) { (self.line, self.reason) = (line, reason) }

  /// Where and what.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}

/// Reads a `security.txt` as RFC 9116 has it, and says what is wrong with it.
public struct SecurityTextCheck: Sendable {
  /// The longest file that is read, in bytes.
  public static let limit = 32 << 10

  /// What was read, as far as it could be; nil where a contact or the end is missing.
  public private(set) var read: SecurityText?
  /// What is wrong.
  public private(set) var problems: [SecurityTextProblem] = []
  /// Whether it stands in an OpenPGP cleartext signature; the signature itself is not checked.
  public private(set) var isSigned = false

  private static let known: Set<String> = [
    "acknowledgments", "canonical", "contact", "encryption", "expires", "hiring", "policy",
    "preferred-languages",
  ]

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - now: The present; nil does not look whether it has run out.
  public init(reading text: String, at now: Instant? = nil) {
    guard text.utf8.count <= Self.limit else {
      problems = [SecurityTextProblem("longer than \(Self.limit >> 10) KiB")]
      return
    }
    var fields = Fields()
    var isArmour = false
    for (index, raw) in Self.lines(text).enumerated() {
      if raw.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----") {
        (isSigned, isArmour) = (true, true)
        continue
      }
      if raw.hasPrefix("-----BEGIN PGP SIGNATURE-----") { break }
      if isArmour {
        if raw.isEmpty { isArmour = false }
        continue
      }
      let line = isSigned && raw.hasPrefix("- ") ? String(raw.dropFirst(2)) : raw
      if line.isEmpty || line.hasPrefix("#") { continue }
      switch Self.field(line) {
      case .success(let field): fields.take(field.name, field.value, index + 1)
      case .failure(let problem):
        fields.problems.append(SecurityTextProblem(line: index + 1, problem.reason))
      }
    }
    problems = fields.problems + fields.missing(at: now)
    guard let expires = fields.expiries.first?.instant, !fields.contacts.isEmpty else { return }
    read = SecurityText(
      contacts: fields.contacts,
      expires: expires,
      languages: fields.languages,
      canonical: fields.canonical,
      policies: fields.policies
    )
  }

  /// The name and the value of a line.
  private static func field(_ line: String)
    -> Result<(name: Substring, value: String), SecurityTextProblem>
  {
    guard let colon = line.firstIndex(of: ":") else {
      return .failure(
        SecurityTextProblem("a field is a name, a colon and a value (section 2.1)")
      )
    }
    let name = line[..<colon]
    guard !name.isEmpty, name.utf8.allSatisfy({ (33...126).contains($0) }) else {
      return .failure(
        SecurityTextProblem("no name of a field stands before the colon (section 4)")
      )
    }
    let rest = line[line.index(after: colon)...]
    guard rest.first == " " else {
      return .failure(SecurityTextProblem("a blank stands behind the colon (section 4)"))
    }
    let value = String(rest.drop { $0 == " " })
    guard !value.isEmpty else { return .failure(SecurityTextProblem("\(name) says nothing")) }
    return .success((name, value))
  }

  /// What the fields say that were read so far.
  private struct Fields {
    var contacts: [String] = []
    var languages: [String] = []
    var canonical: [String] = []
    var policies: [String] = []
    var expiries: [(line: Int, instant: Instant?)] = []
    var languageLines = 0
    var problems: [SecurityTextProblem] = []

    mutating func take(_ name: Substring, _ value: String, _ line: Int) {
      var problem: String?
      switch name.lowercased() {
      case "contact":
        problem = SecurityTextCheck.contactProblem(value)
        if problem == nil { contacts.append(value) }
      case "expires":
        let instant = Instant(rfc3339: value)
        if instant == nil {
          problem = "Expires is a time such as 2027-05-01T00:00:00Z (section 2.5.5)"
        }
        expiries.append((line, instant))
      case "preferred-languages":
        languageLines += 1
        languages = value.split(separator: ",").map {
          String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if !languages.allSatisfy(SecurityTextCheck.isLanguage) {
          problem = "Preferred-Languages are tags such as en, de (section 2.5.8)"
        }
      case "canonical":
        problem = SecurityTextCheck.webProblem(value, "2.5.2")
        canonical.append(value)
      case "policy":
        problem = SecurityTextCheck.webProblem(value, "2.5.7")
        policies.append(value)
      case let other where SecurityTextCheck.known.contains(other):
        if let scheme = SecurityTextCheck.scheme(value) {
          problem = SecurityTextCheck.schemeProblem(scheme, "addresses", "2.5")
        }
      // What is not known is ignored: section 2.4.
      default: break
      }
      if let problem { problems.append(SecurityTextProblem(line: line, problem)) }
    }

    /// What is missing, stands there twice, or has run out.
    func missing(at now: Instant?) -> [SecurityTextProblem] {
      var missing: [SecurityTextProblem] = []
      if contacts.isEmpty, !problems.contains(where: { $0.reason.hasPrefix("Contact") }) {
        missing.append(SecurityTextProblem("Contact is missing (section 2.5.3)"))
      }
      if expiries.isEmpty {
        missing.append(SecurityTextProblem("Expires is missing (section 2.5.5)"))
      } else if expiries.count > 1 {
        missing.append(
          SecurityTextProblem(line: expiries[1].line, "Expires stands there twice (section 2.5.5)")
        )
      }
      if languageLines > 1 {
        missing.append(
          SecurityTextProblem("Preferred-Languages stands there twice (section 2.5.8)")
        )
      }
      guard let now, let first = expiries.first, let expires = first.instant else { return missing }
      if expires <= now {
        missing.append(SecurityTextProblem(line: first.line, "it ran out at \(expires)"))
      } else if expires > now + .seconds(366 * 86_400) {
        missing.append(
          SecurityTextProblem(line: first.line, "it should run out within a year (section 2.5.5)")
        )
      }
      return missing
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      String($0.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
  }

  private static func scheme(_ value: String) -> String? {
    guard let colon = value.firstIndex(of: ":") else { return nil }
    let scheme = value[..<colon].lowercased()
    guard let first = scheme.utf8.first, (97...122).contains(first),
      scheme.utf8.allSatisfy({
        (97...122).contains($0) || (48...57).contains($0) || [43, 45, 46].contains($0)
      })
    else { return nil }
    return scheme
  }

  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy {
      (33...126).contains($0) && ![34, 60, 62, 92, 94, 96, 123, 124, 125].contains($0)
    }
  }

  private static func contactProblem(_ value: String) -> String? {
    guard let scheme = scheme(value), isPlain(value) else {
      return "Contact is an address such as mailto:security@example.org (section 2.5.3)"
    }
    if let problem = schemeProblem(scheme, "Contact", "2.5.3") { return problem }
    if scheme == "mailto", !value.contains("@") {
      return "Contact names no mailbox (section 2.5.3)"
    }
    return nil
  }

  private static func webProblem(_ value: String, _ section: String) -> String? {
    guard let scheme = scheme(value), isPlain(value) else {
      return "an address such as https://example.org/... stands here (section \(section))"
    }
    return schemeProblem(scheme, "addresses", section)
  }

  /// What is wrong with a scheme: the web without protection, or what a browser would run.
  private static func schemeProblem(_ scheme: String, _ what: String, _ section: String) -> String?
  {
    switch scheme {
    case "http":
      what == "addresses"
        ? "addresses on the web begin with https:// (section \(section))"
        : "\(what) on the web begins with https:// (section \(section))"
    case "javascript", "vbscript", "data", "blob", "file":
      "\(what): \(scheme): is no place that anybody can be reached or read at (section \(section))"
    default: nil
    }
  }

  private static func isLanguage(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    return !parts.isEmpty && (2...8).contains(parts[0].utf8.count)
      && parts.allSatisfy { part in
        (1...8).contains(part.utf8.count)
          && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
      }
  }
}

extension Instant {
  /// The instant in UTC to the second: `2027-05-01T00:00:00Z`.
  fileprivate var rfc3339Seconds: String {
    let civil = CivilTime(self)
    return "\(civil.isoDate)T\(civil.isoTime)Z"
  }
}
