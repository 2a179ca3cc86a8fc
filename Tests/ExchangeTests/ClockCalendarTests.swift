import Testing

@testable import Exchange
@testable import Model

/// A strict reader of RFC 5545: every line ends in CRLF, none is longer than 75 octets, components
/// nest, names and values have their shape.
private struct StrictCalendar {
  struct Component: Equatable {
    var name: String
    var properties: [String: String] = [:]
    var parts: [Component] = []
  }

  struct Wrong: Error {
    var reason: String
  }

  static func read(_ file: String) throws -> Component {
    let bytes = Array(file.utf8)
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 13, position + 1 < bytes.count, bytes[position + 1] == 10 {
        guard line.count <= 75 else { throw Wrong(reason: "\(line.count) octets") }
        guard String(validating: line, as: UTF8.self) != nil else { throw Wrong(reason: "UTF-8") }
        lines.append(line)
        line = []
        position += 2
        continue
      }
      guard byte >= 32 || byte == 9, byte != 127 else { throw Wrong(reason: "control \(byte)") }
      line.append(byte)
      position += 1
    }
    guard line.isEmpty else { throw Wrong(reason: "the last line has no end") }
    var unfolded: [[UInt8]] = []
    for line in lines {
      guard let first = line.first else { throw Wrong(reason: "an empty line") }
      if first == 32 || first == 9 {
        guard let last = unfolded.indices.last else { throw Wrong(reason: "a fold at the start") }
        unfolded[last] += line.dropFirst()
      } else {
        unfolded.append(line)
      }
    }
    var rest = unfolded.map { String(decoding: $0, as: UTF8.self) }[...]
    let root = try component(&rest)
    guard rest.isEmpty else { throw Wrong(reason: "something follows the end") }
    return root
  }

  private static func component(_ lines: inout ArraySlice<String>) throws -> Component {
    guard let (key, name) = try lines.popFirst().map(property), key == "BEGIN" else {
      throw Wrong(reason: "no BEGIN")
    }
    var found = Component(name: name)
    while let line = lines.first {
      let (key, value) = try property(line)
      switch key {
      case "BEGIN": found.parts.append(try component(&lines))
      case "END":
        guard value == name else { throw Wrong(reason: "END:\(value) in \(name)") }
        lines.removeFirst()
        return found
      default:
        guard found.properties.updateValue(value, forKey: key) == nil else {
          throw Wrong(reason: "\(key) twice")
        }
        lines.removeFirst()
      }
    }
    throw Wrong(reason: "\(name) has no END")
  }

  private static func property(_ line: String) throws -> (String, String) {
    // By scalars: a combining mark may follow the colon.
    let scalars = line.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":") else { throw Wrong(reason: "no colon: \(line)") }
    let key = String(scalars[..<colon])
    guard !key.isEmpty, key.utf8.allSatisfy({ (65...90).contains($0) || $0 == 45 }) else {
      throw Wrong(reason: "name \(key)")
    }
    return (key, String(scalars[scalars.index(after: colon)...]))
  }

  /// A text value as it was before it was escaped.
  static func text(_ value: String) throws -> String {
    var out = ""
    var isEscaped = false
    for character in value.unicodeScalars {
      if isEscaped {
        guard "\\;,nN".unicodeScalars.contains(character) else {
          throw Wrong(reason: "escape of \(character)")
        }
        out.unicodeScalars.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        guard character != ",", character != ";" else { throw Wrong(reason: "bare \(character)") }
        out.unicodeScalars.append(character)
      }
    }
    guard !isEscaped else { throw Wrong(reason: "a lone backslash") }
    return out
  }
}

private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

struct `A calendar of clocks` {
  @Test func `has an event with alarms for each clock, soonest first`() throws {
    let now = try instant("2026-05-18T14:40:00Z")
    let calendar = ClockCalendar(
      events: [
        .init(
          reference: "INC-2026-0042",
          rule: "EU-NIS2-FIN",
          due: try instant("2026-06-18T23:59:59.750+02:00"),
          isProvisional: true
        ),
        .init(
          reference: "INC-2026-0042",
          rule: "EU-GDPR-33-SA",
          due: try instant("2026-05-21T14:40:00Z")
        ),
      ],
      reminderHours: [6, 48, 0, 48, -1]
    )
    let expected = """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Tocsin//Tocsin//EN
      CALSCALE:GREGORIAN
      METHOD:PUBLISH
      BEGIN:VEVENT
      UID:INC-2026-0042.EU-GDPR-33-SA@tocsin
      DTSTAMP:20260518T144000Z
      DTSTART:20260521T144000Z
      SUMMARY:EU-GDPR-33-SA INC-2026-0042
      CLASS:CONFIDENTIAL
      TRANSP:TRANSPARENT
      STATUS:CONFIRMED
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT48H
      DESCRIPTION:EU-GDPR-33-SA INC-2026-0042
      END:VALARM
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT6H
      DESCRIPTION:EU-GDPR-33-SA INC-2026-0042
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      UID:INC-2026-0042.EU-NIS2-FIN@tocsin
      DTSTAMP:20260518T144000Z
      DTSTART:20260618T215959Z
      SUMMARY:EU-NIS2-FIN INC-2026-0042 (provisional)
      CLASS:CONFIDENTIAL
      TRANSP:TRANSPARENT
      STATUS:TENTATIVE
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT48H
      DESCRIPTION:EU-NIS2-FIN INC-2026-0042 (provisional)
      END:VALARM
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT6H
      DESCRIPTION:EU-NIS2-FIN INC-2026-0042 (provisional)
      END:VALARM
      END:VEVENT
      END:VCALENDAR

      """
    let text = calendar.written(now: now)
    #expect(text == expected.replacing("\n", with: "\r\n"))
    let read = try StrictCalendar.read(text)
    #expect(read.parts.map(\.name) == ["VEVENT", "VEVENT"])
  }

  @Test(arguments: [
    ("2026-05-19T14:39:59Z", 2), ("2026-05-19T14:40:00Z", 1), ("2026-05-21T08:40:00Z", 0),
    ("2026-05-22T00:00:00Z", 0),
  ])
  func `has no alarm for a time that is over`(now: String, alarms: Int) throws {
    let event = ClockCalendar.Event(
      reference: "INC-2026-0042",
      rule: "EU-GDPR-33-SA",
      due: try instant("2026-05-21T14:40:00Z")
    )
    let text = ClockCalendar(events: [event], reminderHours: [48, 6])
      .written(now: try instant(now))
    #expect(text.split(separator: "TRIGGER:").count - 1 == alarms)
    #expect(try StrictCalendar.read(text).parts.map(\.name) == ["VEVENT"])
  }

  @Test func `keeps the UID of a clock whose deadline moves`() throws {
    let events = try ["2026-05-21T14:40:00Z", "2026-05-22T14:40:00Z"].map {
      ClockCalendar.Event(reference: "INC-2026-0042", rule: "EU-GDPR-33-SA", due: try instant($0))
    }
    let uids = try events.map {
      try StrictCalendar.read(
        ClockCalendar(events: [$0], reminderHours: []).written(now: Instant(seconds: 0))
      ).parts.first?.properties["UID"]
    }
    #expect(uids[0] != nil && uids[0] == uids[1])
  }

  @Test func `lists what is due, and neither what is held nor what has no date`() throws {
    let deadline = Obligation.Deadline(
      due: try instant("2026-05-21T14:40:00Z"),
      latest: try instant("2026-05-21T15:00:00Z"),
      provisional: false,
      clockStart: "events.aware_at"
    )
    let states: [Obligation.State] = [
      .due(deadline), .held(without: deadline),
      .noFixedDeadline(clockStart: nil, provisional: false), .clockNotStarted(missing: []),
    ]
    let rows = states.enumerated().map { index, state in
      let obligation = Obligation(
        id: "X-\(index)",
        jurisdiction: "EU",
        recipient: "Jane Doe",
        law: "s. 1",
        state: state,
        because: ["affected.EU-DE = 230"],
        confidence: .high,
        reckoning: nil,
        version: 1
      )
      return ClockList.Row(
        record: ObligationRecord(
          id: 1,
          incident: 1,
          obligation: obligation,
          computedAt: Instant(seconds: 0),
          cause: "facts changed"
        ),
        reference: "INC-2026-0042",
        title: "Stolen laptop of John Roe",
        severity: .high
      )
    }
    let text = ClockCalendar(rows, reminderHours: [1]).written(now: Instant(seconds: 0))
    let read = try StrictCalendar.read(text)
    #expect(read.parts.compactMap { $0.properties["SUMMARY"] } == ["X-0 INC-2026-0042"])
    #expect(!text.contains("Roe") && !text.contains("Doe") && !text.contains("230"))
  }

  @Test func `says of an exercise that it is one`() throws {
    let event = ClockCalendar.Event(
      reference: "INC-2026-0042",
      rule: "EU-GDPR-33-SA",
      due: try instant("2026-05-21T14:40:00Z"),
      isDrill: true
    )
    let text = ClockCalendar(events: [event], reminderHours: [1])
      .written(now: event.due - .seconds(7200))
    let read = try #require(try StrictCalendar.read(text).parts.first)
    let summary = "[DRILL] EU-GDPR-33-SA INC-2026-0042"
    #expect(read.properties["SUMMARY"] == summary)
    #expect(read.parts.first?.properties["DESCRIPTION"] == summary)
  }

  @Test func `without clocks is still a calendar with a component`() throws {
    let text = ClockCalendar(events: [], reminderHours: [1]).written(now: Instant(seconds: 0))
    #expect(try StrictCalendar.read(text).parts.map(\.name) == ["VTIMEZONE"])
  }

  @Test(arguments: [
    ("a,b;c\\d", "a\\,b\\;c\\\\d"), ("a\nb\r\nc\rd", "a\\nb\\nc\\nd"),
    ("a\u{0}\u{1B}[2Jb", "a[2Jb"),
    ("a\tb", "a\tb"), ("a\u{2028}b\u{85}c", "a\\nb\\nc"), ("\\n", "\\\\n"), ("", ""),
  ])
  func `escapes text`(text: String, escaped: String) {
    #expect(ContentLine.escaped(text) == escaped)
  }

  @Test(arguments: HostileString.corpus())
  func `carries any text unbroken through escaping and folding`(entry: HostileString) throws {
    guard let text = entry.text, text.utf8.count < 20_000 else { return }
    for length in [0, 60, 61, 62, 63, 64, 65, 66, 67, 68] {
      let whole = String(repeating: "x", count: length) + text
      let line = ContentLine.folded("SUMMARY:\(ContentLine.escaped(whole))")
      let read = try StrictCalendar.read("BEGIN:X\r\n\(line)END:X\r\n")
      let value = try StrictCalendar.text(try #require(read.properties["SUMMARY"]))
      #expect(value.unicodeScalars.elementsEqual(plain(whole).unicodeScalars), "\(entry.id)")
    }
  }

  /// The text as escaping leaves it: one kind of line break, no controls.
  private func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if "\r\n\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar) {
        if scalar != "\n" || last != "\r" { out.append("\n") }
      } else if scalar == "\t" || scalar.properties.generalCategory != .control {
        out.append(scalar)
      }
      last = scalar
    }
    return String(out)
  }

  @Test(arguments: [0, 1, 66, 67, 68, 141, 142, 500])
  func `folds so that no line is longer than 75 octets`(count: Int) throws {
    for letter in ["x", "é", "語", "😀"] {
      let text = String(repeating: letter, count: count)
      let line = ContentLine.folded("SUMMARY:\(text)")
      let pieces = line.split(separator: "\r\n", omittingEmptySubsequences: true)
      #expect(pieces.allSatisfy { $0.utf8.count <= 75 })
      #expect(pieces.dropFirst().allSatisfy { $0.hasPrefix(" ") })
      // As full as the letters allow: no piece but the last has room for another one.
      #expect(pieces.dropLast().allSatisfy { $0.utf8.count + letter.utf8.count > 75 })
      let read = try StrictCalendar.read("BEGIN:X\r\n\(line)END:X\r\n")
      #expect(read.properties["SUMMARY"] == text)
    }
  }
}
