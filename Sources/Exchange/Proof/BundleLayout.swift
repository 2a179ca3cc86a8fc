internal import Model

/// The files of a proof, and how what stands in them is written and read; writer and checker share
/// these functions.
enum BundleLayout {
  /// What the manifest says it is; another number is another format.
  static let format = "tocsin-proof/2"
  /// What proofs were that no entry of the journal closes: anything but states could be left out.
  static let openFormat = "tocsin-proof/1"
  static let manifest = "manifest.json"
  static let states = "states.csv"
  static let tallies = "tallies.csv"
  static let days = "days.csv"
  static let messages = "messages.csv"
  static let journal = "journal.jsonl"
  static let readme = "README.txt"
  /// The files that every proof has.
  static let always = [manifest, states, messages, tallies, days, journal, readme]

  static let stateColumns = [
    "number", "state", "jurisdiction", "language", "at", "channel", "text", "message", "person",
    "steps",
  ]
  static let messageColumns = ["number", "step", "id", "sha256"]
  static let tallyColumns = ["jurisdiction", "language", "state", "count"]
  static let dayColumns = ["day", "channel", "jurisdiction", "state", "count"]

  /// The file of a document.
  static func name(of kind: ProofDocument.Kind, _ name: String) -> String {
    switch kind {
    case .text: "texts/\(name).json"
    case .edition: "editions/\(name).json"
    case .batch: "batches/\(name).json"
    }
  }

  // MARK: Journal

  /// An entry as a line.
  static func line(_ entry: ProofEntry, hash: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    json(entry, hash: hash).write(to: &out)
    out.append(10)
    return out
  }

  private static func json(_ entry: ProofEntry, hash: [UInt8]) -> JSON {
    switch entry {
    case .other(let sequence, let link):
      return .members([
        "sequence": .integer(sequence), "state": .hex(link.state),
        "length": .integer(Int64(link.length)), "rest": .hex(link.rest), "hash": .hex(hash),
      ])
    case .own(let entry, let details):
      var claims = JSONObject()
      for (key, value) in entry.actor.claims.sorted(by: { $0.key < $1.key }) {
        claims[key] = .string(value)
      }
      return .members([
        "sequence": .integer(entry.sequence), "at": .integer(entry.at.milliseconds),
        "boot_clock": .integer(entry.bootClock), "boot": .string(entry.boot),
        "uid": .integer(Int64(entry.actor.uid)), "actor": .string(entry.actor.name),
        "claims": .object(claims), "origin": .string(entry.origin),
        "action": .string(entry.action), "kind": .string(entry.subject.kind.rawValue),
        "subject": .integer(entry.subject.id), "version": .integer(entry.version),
        "undoes": entry.undoes.map { .integer($0) } ?? .null,
        "commitment": .hex(entry.commitment), "previous": .hex(entry.previous),
        "hash": .hex(hash),
        "details": details.map { details in
          .members([
            "salt": .hex(details.salt), "change": .string(details.change),
            "inverse": details.inverse.map { .string($0) } ?? .null,
            "headline": .string(details.headline), "reference": .string(details.reference),
            "incident": details.incident.map { .integer($0) } ?? .null,
          ])
        } ?? .null,
      ])
    }
  }

  /// Reads an entry and the hash that stands beside it; nil where a field is missing or of another
  /// kind, and where there is one that no entry has.
  static func entry(_ json: JSON) -> (entry: ProofEntry, hash: [UInt8])? {
    guard let found = fields(json), self.json(found.entry, hash: found.hash) == json else {
      return nil
    }
    return found
  }

  private static func fields(_ json: JSON) -> (entry: ProofEntry, hash: [UInt8])? {
    guard let sequence = json["sequence"]?.integer, let hash = json["hash"]?.hex, hash.count == 32
    else { return nil }
    guard json["action"] != nil else {
      guard let state = json["state"]?.hex, let rest = json["rest"]?.hex,
        let length = json["length"]?.integer.flatMap({ Int(exactly: $0) }),
        let link = JournalLink(state: state, length: length, rest: rest)
      else { return nil }
      return (.other(sequence, link), hash)
    }
    guard let at = json["at"]?.integer, let bootClock = json["boot_clock"]?.integer,
      let boot = json["boot"]?.text, let actor = actor(json), let origin = json["origin"]?.text,
      let action = json["action"]?.text,
      let kind = json["kind"]?.text.flatMap({ Subject.Kind(rawValue: $0) }),
      let subject = json["subject"]?.integer, let version = json["version"]?.integer,
      let commitment = json["commitment"]?.hex, let previous = json["previous"]?.hex
    else { return nil }
    var details: JournalDetails?
    if let found = json["details"], found != .null {
      guard let salt = found["salt"]?.hex, let change = found["change"]?.text,
        let headline = found["headline"]?.text, let reference = found["reference"]?.text
      else { return nil }
      details = JournalDetails(
        salt: salt,
        change: change,
        inverse: found["inverse"]?.text,
        headline: headline,
        reference: reference,
        incident: found["incident"]?.integer
      )
    }
    let entry = JournalEntry(
      sequence: sequence,
      at: Instant(milliseconds: at),
      bootClock: bootClock,
      boot: boot,
      actor: actor,
      origin: origin,
      action: action,
      subject: Subject(kind, subject),
      version: version,
      undoes: json["undoes"]?.integer,
      commitment: commitment,
      previous: previous
    )
    return (.own(entry, details), hash)
  }

  private static func actor(_ json: JSON) -> Actor? {
    guard let uid = json["uid"]?.integer.flatMap({ UInt32(exactly: $0) }),
      let name = json["actor"]?.text, let members = json["claims"]?.object?.members
    else { return nil }
    var claims: [String: String] = [:]
    for (key, value) in members {
      guard let value = value.text else { return nil }
      claims[key] = value
    }
    return Actor(uid: uid, name: name, claims: claims)
  }

  // MARK: Steps

  /// Steps as a cell: `12:0 55:1`, each with the number of the state that it led to.
  static func append(_ steps: [ProofRow.Step], to out: inout [UInt8]) {
    for (index, step) in steps.enumerated() {
      if index > 0 { out.append(32) }
      append(step.step, to: &out)
      out.append(58)
      append(Int64(step.state.code), to: &out)
    }
  }

  /// Reads such a cell; nil where it is none.
  static func steps(_ cell: String) -> [ProofRow.Step]? {
    var steps: [ProofRow.Step] = []
    var (number, step): (Int64, Int64?) = (0, nil)
    var hasDigit = false
    func end() -> ProofRow.Step? {
      guard hasDigit, let step, let state = RecipientState(code: Int(truncatingIfNeeded: number))
      else { return nil }
      return .init(step, state)
    }
    for byte in cell.utf8 {
      switch byte {
      case 48...57:
        guard number < 1 << 50 else { return nil }
        (number, hasDigit) = (number * 10 + Int64(byte - 48), true)
      case 58 where step == nil && hasDigit: (step, number, hasDigit) = (number, 0, false)
      case 32:
        guard let found = end() else { return nil }
        steps.append(found)
        (step, number, hasDigit) = (nil, 0, false)
      default: return nil
      }
    }
    guard let found = end() else { return nil }
    return steps + [found]
  }

  /// Appends a number's digits.
  static func append(_ number: Int64, to out: inout [UInt8]) {
    if number < 0 { out.append(45) }
    var digits: [UInt8] = []
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    out.append(contentsOf: digits.reversed())
  }
}

extension JSON {
  /// Bytes as lower-case hexadecimal digits.
  static func hex(_ bytes: [UInt8]) -> JSON { .string(HexText.text(bytes)) }

  /// The bytes that a text's digits stand for.
  var hex: [UInt8]? { text.flatMap(HexText.bytes) }
}

/// Lower-case hexadecimal digits.
enum HexText {
  private static let digits = Array("0123456789abcdef".utf8)

  static func append(_ bytes: [UInt8], to out: inout [UInt8]) {
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
  }

  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    append(bytes, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes; nil for anything but pairs of lower-case digits.
  static func bytes(_ text: String) -> [UInt8]? {
    var (bytes, high): ([UInt8], UInt8?) = ([], nil)
    for byte in text.utf8 {
      guard !(65...90).contains(byte), let digit = byte.hexDigit else { return nil }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }
}
