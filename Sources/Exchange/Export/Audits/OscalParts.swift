internal import Model

/// What OSCAL documents of ours have in common (NIST, OSCAL 1.1.2).
///
/// Nothing in them is random: what stands for a record has a UUID that follows from its reference
/// and the instant it was made, and a document's own UUID follows from all that it says, so that
/// the same record gives the same bytes.
enum OscalParts {
  /// The version of OSCAL that is written.
  static let version = "1.1.2"
  /// The space of names of our own properties and facets.
  static let space = "urn:tocsin:oscal"

  /// The UUID of something that is named by parts.
  static func uuid(_ parts: String...) -> String {
    NameUUID.of(parts.joined(separator: "\u{1F}"))
  }

  /// A document under its name, its UUID worked out from all the rest.
  static func document(_ name: String, _ body: JSONObject) -> JSON {
    var whole = JSONObject()
    whole["uuid"] = .string(NameUUID.of(JSON.object(body).canonical))
    for (key, value) in body.members { whole[key] = value }
    return .members([name: .object(whole)])
  }

  /// A document's head.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - modified: When what it says was altered last; it is also its version.
  ///   - people: Who took part, the roles among them.
  /// - Returns: The head as an object.
  static func metadata(_ title: String, modified: Instant, _ people: OscalPeople) -> JSON {
    var object = JSONObject()
    object["title"] = .string(line(title))
    object["last-modified"] = .string(modified.description)
    object["version"] = .string(modified.description)
    object["oscal-version"] = .string(version)
    object["roles"] = list(people.roles)
    object["parties"] = list(people.parties)
    object["responsible-parties"] = list(people.responsible)
    return .object(object)
  }

  /// A property of our own; nil where there is nothing to say.
  static func property(_ name: String, _ value: String?) -> JSON? {
    guard let value = value.map(SinkText.line), !value.isEmpty else { return nil }
    return .members(["name": .string(name), "ns": .string(space), "value": .string(value)])
  }

  /// A list, or nothing where it is empty: OSCAL has no empty lists.
  static func list(_ elements: [JSON?]) -> JSON? {
    let found = elements.compactMap { $0 }
    return found.isEmpty ? nil : .array(found)
  }

  /// One line of marked-up text: what would be markup is escaped.
  static func line(_ text: String) -> String { escaped(SinkText.line(text)) }

  /// Paragraphs of marked-up text; those of them that hold words, or what stands for none.
  static func prose(_ text: String, or other: String) -> String {
    let lines = SinkText.lines(text).filter { !$0.isEmpty }
    return lines.isEmpty ? line(other) : lines.map(escaped).joined(separator: "\n\n")
  }

  /// OSCAL's prose is a small Markdown; only what has a meaning in it is escaped, so that a reader
  /// who shows it plainly sees few marks.
  private static func escaped(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if "\\`*_[]<>~^".unicodeScalars.contains(scalar) { out.append("\\") }
      out.append(scalar)
    }
    if let first = out.first, "#-+|".unicodeScalars.contains(first) {
      out.insert("\\", at: out.startIndex)
    }
    return String(out)
  }

  /// A text as a reference to an address: what no address may have is written in percent.
  static func address(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
        || "-._~:/?#[]@!$&'()*+,;=%".unicodeScalars.contains(scalar)
      if isPlain {
        out.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return out
  }

  /// A piece of evidence as a resource of a document.
  static func resource(_ piece: Evidence) -> JSON {
    let facts = piece.facts
    var link = JSONObject()
    if facts.kind == .link {
      link["href"] = .string(address(facts.path))
    } else {
      let name = facts.path.split(separator: "/").last.map(String.init) ?? "evidence"
      link["href"] = .string(address(name.replacing(":", with: "_")))
      link["hashes"] = .array([
        .members(["algorithm": .string("SHA-256"), "value": .string(facts.sha256)])
      ])
    }
    var object = JSONObject()
    object["uuid"] = .string(uuid(of: piece))
    object["title"] = .string(line(facts.title))
    if !SinkText.line(facts.note).isEmpty {
      object["description"] = .string(prose(facts.note, or: ""))
    }
    object["props"] = list([
      property("evidence", String(piece.id)), property("kind", facts.kind.label),
      property("command", facts.run?.arguments.joined(separator: " ")),
      property("exit-status", facts.run.map { String($0.status) }),
      property("host", facts.run?.host),
      property("recorded", piece.recordedAt.description),
      property("expires", facts.dates?.expires?.latest.description),
    ])
    object["rlinks"] = .array([.object(link)])
    return .object(object)
  }

  /// The UUID of a piece of evidence.
  static func uuid(of piece: Evidence) -> String {
    uuid("evidence", String(piece.id), piece.recordedAt.description, piece.facts.sha256)
  }

  /// Evidence as what an observation rests on.
  static func relevant(_ pieces: [Evidence]) -> JSON? {
    list(
      pieces.map { piece in
        .members([
          "href": .string("#\(uuid(of: piece))"), "description": .string(line(piece.facts.title)),
        ])
      }
    )
  }

  /// How something was found out, as far as evidence and attestation tell.
  static func methods(_ pieces: [Evidence], isAttested: Bool) -> JSON {
    var methods: Set<String> = []
    for piece in pieces { methods.insert(piece.facts.kind == .command ? "TEST" : "EXAMINE") }
    if isAttested { methods.insert("INTERVIEW") }
    if methods.isEmpty { methods.insert("UNKNOWN") }
    return .array(methods.sorted().map { .string($0) })
  }
}

/// The people and organisations of an OSCAL document.
struct OscalPeople {
  private let organisation: String
  private let auditor: String
  private let reviewers: [String]

  /// Names who took part; what is empty is left out.
  init(organisation: String, auditor: String = "", reviewers: [String] = []) {
    self.organisation = SinkText.line(organisation)
    self.auditor = SinkText.line(auditor)
    var known: Set<String> = []
    self.reviewers = reviewers.map(SinkText.line).filter {
      !$0.isEmpty && known.insert($0).inserted
    }
  }

  /// Who says so: the auditor, else the organisation.
  var actor: String { auditor.isEmpty ? own : person(auditor) }

  var parties: [JSON] {
    var object = JSONObject()
    object["uuid"] = .string(own)
    object["type"] = .string("organization")
    if !organisation.isEmpty { object["name"] = .string(organisation) }
    let people = ([auditor].filter { !$0.isEmpty } + reviewers)
    var known: Set<String> = []
    return [.object(object)]
      + people.filter { known.insert($0).inserted }.map { name in
        .members([
          "uuid": .string(person(name)), "type": .string("person"), "name": .string(name),
        ])
      }
  }

  var roles: [JSON] {
    func role(_ id: String, _ title: String) -> JSON {
      .members(["id": .string(id), "title": .string(title)])
    }
    return (auditor.isEmpty ? [] : [role("assessor", "Auditor")])
      + (reviewers.isEmpty ? [] : [role("reviewer", "Reviewer")])
  }

  var responsible: [JSON] {
    func party(_ id: String, _ names: [String]) -> JSON {
      .members(["role-id": .string(id), "party-uuids": .array(names.map { .string(person($0)) })])
    }
    return (auditor.isEmpty ? [] : [party("assessor", [auditor])])
      + (reviewers.isEmpty ? [] : [party("reviewer", reviewers)])
  }

  private var own: String { OscalParts.uuid("organisation", organisation) }

  private func person(_ name: String) -> String { OscalParts.uuid("person", organisation, name) }
}

/// Names of requirements as OSCAL allows them: letters, digits, `.`, `-` and `_`, no digit first.
struct OscalTokens {
  private var used: Set<String> = []

  /// The token of a requirement; no two that are asked for are the same.
  ///
  /// An identifier that is a token stays, as those of OSCAL catalogues do; else the reference is
  /// taken, its other signs as dashes.
  mutating func token(identifier: String, reference: String) -> String {
    let short = identifier.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? identifier
    let token =
      OscalTokens.isToken(identifier)
      ? identifier : OscalTokens.made(of: reference.isEmpty ? short : reference)
    var (unique, count) = (token, 1)
    while !used.insert(unique).inserted {
      count += 1
      unique = "\(token)-\(count)"
    }
    return unique
  }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && made(of: text).unicodeScalars.elementsEqual(text.unicodeScalars)
  }

  private static func made(of text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in SinkText.line(text).unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic
      let isDigit = scalar.properties.numericType == .decimal
      if out.isEmpty, !isLetter, scalar != "_" { out.append("_") }
      if isLetter || isDigit || "._-".unicodeScalars.contains(scalar) {
        out.append(scalar)
      } else if out.last != "-" {
        out.append("-")
      }
    }
    while out.last == "-", out.count > 1 { out.removeLast() }
    return out.isEmpty ? "_" : String(out)
  }
}
