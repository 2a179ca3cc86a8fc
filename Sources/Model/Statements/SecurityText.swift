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
    var (contacts, languages, canonical, policies) = (
      [String](), [String](), [String](), [String]()
    )
    var expiries: [(Int, Instant?)] = []
    var languageLines = 0
    guard text.utf8.count <= Self.limit else {
      problems = [SecurityTextProblem("longer than \(Self.limit >> 10) KiB")]
      return
    }
    var isArmour = false
    for (index, raw) in Self.lines(text).enumerated() {
      let number = index + 1
      func refuse(_ reason: String) { problems.append(SecurityTextProblem(line: number, reason)) }
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
      guard let colon = line.firstIndex(of: ":") else {
        refuse("a field is a name, a colon and a value (section 2.1)")
        continue
      }
      let name = line[..<colon]
      guard !name.isEmpty, name.utf8.allSatisfy({ (33...126).contains($0) }) else {
        refuse("no name of a field stands before the colon (section 4)")
        continue
      }
      guard line[line.index(after: colon)...].first == " " else {
        refuse("a blank stands behind the colon (section 4)")
        continue
      }
      let value = String(line[line.index(after: colon)...].drop { $0 == " " })
      guard !value.isEmpty else {
        refuse("\(name) says nothing")
        continue
      }
      switch name.lowercased() {
      case "contact":
        if let problem = Self.contactProblem(value) {
          refuse(problem)
        } else {
          contacts.append(value)
        }
      case "expires":
        let instant = Instant(rfc3339: value)
        if instant == nil {
          refuse("Expires is a time such as 2027-05-01T00:00:00Z (section 2.5.5)")
        }
        expiries.append((number, instant))
      case "preferred-languages":
        languageLines += 1
        languages = value.split(separator: ",").map {
          String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if !languages.allSatisfy(Self.isLanguage) {
          refuse("Preferred-Languages are tags such as en, de (section 2.5.8)")
        }
      case "canonical":
        if let problem = Self.webProblem(value, "2.5.2") { refuse(problem) }
        canonical.append(value)
      case "policy":
        if let problem = Self.webProblem(value, "2.5.7") { refuse(problem) }
        policies.append(value)
      case let other where Self.known.contains(other):
        if Self.scheme(value) == "http" {
          refuse("addresses on the web begin with https:// (section 2.5)")
        }
      // What is not known is ignored: section 2.4.
      default: break
      }
    }
    if contacts.isEmpty, !problems.contains(where: { $0.reason.hasPrefix("Contact") }) {
      problems.append(SecurityTextProblem("Contact is missing (section 2.5.3)"))
    }
    if expiries.isEmpty {
      problems.append(SecurityTextProblem("Expires is missing (section 2.5.5)"))
    } else if expiries.count > 1 {
      problems.append(
        SecurityTextProblem(line: expiries[1].0, "Expires stands there twice (section 2.5.5)")
      )
    }
    if languageLines > 1 {
      problems.append(
        SecurityTextProblem("Preferred-Languages stands there twice (section 2.5.8)")
      )
    }
    guard let first = expiries.first, let expires = first.1 else { return }
    let line = first.0
    if let now {
      if expires <= now {
        problems.append(SecurityTextProblem(line: line, "it ran out at \(expires)"))
      } else if expires > now + .seconds(366 * 86_400) {
        problems.append(
          SecurityTextProblem(line: line, "it should run out within a year (section 2.5.5)")
        )
      }
    }
    guard !contacts.isEmpty else { return }
    read = SecurityText(
      contacts: contacts,
      expires: expires,
      languages: languages,
      canonical: canonical,
      policies: policies
    )
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
    if scheme == "http" { return "Contact on the web begins with https:// (section 2.5.3)" }
    if scheme == "mailto", !value.contains("@") {
      return "Contact names no mailbox (section 2.5.3)"
    }
    return nil
  }

  private static func webProblem(_ value: String, _ section: String) -> String? {
    guard let scheme = scheme(value), isPlain(value) else {
      return "an address such as https://example.org/... stands here (section \(section))"
    }
    return scheme == "http" ? "addresses on the web begin with https:// (section \(section))" : nil
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
