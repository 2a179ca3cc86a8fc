import Model
import Testing

struct `A plan of sending` {
  @Test(arguments: [
    ("sender", "notices@example.org", "notices@example.org"), ("per-minute", "600", "600"),
    ("per-minute", "none", ""), ("quiet", "21:00-08:00", "21:00-08:00"), ("quiet", "", ""),
    ("zone", "Europe/Berlin", "Europe/Berlin"), ("batch", "200", "200"), ("parallel", "8", "8"),
    ("program", "/usr/bin/msmtp -C /etc/msmtprc", "/usr/bin/msmtp -C /etc/msmtprc"),
    ("program", #"["/opt/a program", "-x"]"#, "/opt/a program -x"),
    ("uncertain-status", "75,74,75", "74,75"), ("threshold", "1", "1"), ("timeout", "30", "30"),
    ("sender-name", "Lindgren & Vale", "Lindgren & Vale"), ("list-id", "a.example", "a.example"),
    ("return-path", "bounces@example.org", "bounces@example.org"),
  ])
  func `takes its settings by name`(name: String, value: String, shown: String) throws {
    var plan = SendingPlan()
    try plan.set(name, to: value)
    #expect(plan.named.first { $0.0 == name }?.1 == shown)
  }

  @Test(arguments: [
    (
      "speed", "1",
      "a plan has no speed; its settings are sender, sender-name, return-path, list-id, "
        + "per-minute, batch, parallel, quiet, zone, program, uncertain-status, threshold, timeout"
    ),
    ("batch", "0", "batch is a number from 1 to 1000"),
    ("batch", "many", "batch is a number, not many"),
    ("parallel", "17", "parallel is a number from 1 to 16"),
    ("per-minute", "0", "per-minute is a number from 1 to 1000000"),
    ("quiet", "20:00-09:00", "quiet hours are written 21:00-08:00 and last twelve hours at most"),
    ("quiet", "8-9", "quiet hours are written 21:00-08:00 and last twelve hours at most"),
    ("zone", "Mars/Olympus", "Mars/Olympus is no zone that this host knows"),
    ("program", "sendmail", "the mail program is named by its whole path"),
    ("program", "[1]", "the program is no JSON array of texts"),
    ("program", "", "a mail program is a path with at most 63 arguments"),
    ("uncertain-status", "0", "an exit status is a number from 1 to 255"),
    ("timeout", "-1", "timeout is a number, not -1"),
    ("sender", "no address", "sender is a plain mail address such as notices@example.org"),
    ("sender", "a@b@c", "sender is a plain mail address such as notices@example.org"),
    ("sender", "a..b@example.org", "sender is a plain mail address such as notices@example.org"),
    ("sender", "a@-b.example", "sender is a plain mail address such as notices@example.org"),
    ("sender", "A <a@b.example>", "sender is a plain mail address such as notices@example.org"),
    ("return-path", "x@y..z", "return-path is a plain mail address such as notices@example.org"),
    (
      "list-id", "notices",
      "list-id is words with dots between them, such as notices.example.org (RFC 2919)"
    ),
    (
      "list-id", "<a.b>",
      "list-id is words with dots between them, such as notices.example.org (RFC 2919)"
    ),
  ])
  func `says what a setting may be`(name: String, value: String, problem: String) {
    var plan = SendingPlan()
    #expect(throws: UnreadableSetting(description: problem)) { try plan.set(name, to: value) }
  }

  @Test(
    arguments: [
      (nil, 50, 2, 50), (60, 50, 2, 10), (6, 50, 2, 2), (600, 50, 2, 50), (600, 1000, 2, 100),
      (nil, 1, 4, 1),
    ] as [(Int?, Int, Int, Int)]
  )
  func `marks at once what its rate gives in ten seconds`(
    perMinute: Int?,
    batch: Int,
    lanes: Int,
    claim: Int
  ) {
    var plan = SendingPlan()
    (plan.perMinute, plan.batch, plan.lanes) = (perMinute, batch, lanes)
    #expect(plan.claim == claim)
  }

  @Test(arguments: [
    (["/m", "-i"], ["/m", "-i", "-f", "b@x", "--", "a@y"]),
    (["/m", "-i", "-t"], ["/m", "-i", "-t", "-f", "b@x"]),
  ])
  func `names the recipient to the program unless that reads the message`(
    program: [String],
    arguments: [String]
  ) {
    var plan = SendingPlan()
    plan.program = program
    #expect(plan.arguments(from: "b@x", to: "a@y") == arguments)
  }

  @Test func `makes ids in the domain of the sender`() throws {
    var plan = SendingPlan()
    try plan.set("sender", to: "notices@Example.ORG")
    #expect(plan.domain == "example.org")
    #expect(plan.bounceAddress == "notices@Example.ORG")
    #expect(plan.listID(of: "MLG-2026-0001") == "mlg-2026-0001.notices.example.org")
  }
}

struct `Quiet hours` {
  private let night = QuietHours("21:00-08:00")

  /// 15 January 2026 in UTC, at such an hour.
  private func time(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: "2026-01-15T\(text):00Z"))
  }

  @Test(arguments: [
    ("EU-DE", "19:59", nil), ("EU-DE", "20:00", "07:00+1"), ("EU-DE", "06:59", "07:00"),
    ("EU-DE", "07:00", nil),
    // Lisbon is an hour behind Berlin, the Azores two.
    ("EU-PT", "08:30", "09:00"), ("EU-PT", "21:00", "09:00+1"),
    ("GB", "07:59", "08:00"), ("GB", "08:00", nil),
    ("US-CA", "15:59", "16:00"), ("US-CA", "16:00", nil),
    // Most of Texas is two hours ahead of California, El Paso one.
    ("US-TX", "14:30", "15:00"), ("US-TX", "15:00", nil), ("US-TX", "03:00", "15:00"),
    // From New York to Hawaii and the Aleutians: day for all from 18:00 UTC on.
    ("US", "17:59", "18:00"), ("US", "18:00", nil), ("US", "02:00", "18:00"),
    // Eleven zones: one hour in which it is day in all of them.
    ("RU", "08:00", nil), ("RU", "09:00", "06:00+1"),
    ("unknown", "21:00", "08:00+1"), ("unknown", "12:00", nil),
  ])
  func `hold in all zones in which people of a jurisdiction live`(
    jurisdiction: String,
    clock: String,
    end: String?
  ) throws {
    var plan = SendingPlan()
    plan.quiet = night
    let day: Duration = .seconds(86_400)
    let until = try end.map { end in
      end.hasSuffix("+1") ? try time(String(end.dropLast(2))) + day : try time(end)
    }
    #expect(plan.quietUntil(in: jurisdiction, at: try time(clock)) == until)
  }

  @Test func `end at the wall clock's time when it jumps in the night`() throws {
    var plan = SendingPlan()
    plan.quiet = night
    // 29 March 2026: Berlin goes from UTC+1 to UTC+2 at 02:00.
    let evening = try #require(Instant(rfc3339: "2026-03-28T23:00:00Z"))
    let morning = Instant(rfc3339: "2026-03-29T06:00:00Z")
    #expect(plan.quietUntil(in: "EU-DE", at: evening) == morning)
  }

  @Test(arguments: ["08:00-08:00", "08:00-21:00", "24:00-08:00", "08:60-09:00", "8:00-9:00", "a-b"])
  func `are a stretch of at most twelve hours`(text: String) {
    #expect(QuietHours(text) == nil)
  }

  @Test func `know a zone of every jurisdiction but uninhabited islands`() {
    var codes = Jurisdiction.countries
    codes.formUnion(Jurisdiction.states.map { "US-\($0)" })
    codes.formUnion(Jurisdiction.memberStates.map { "EU-\($0)" })
    codes.formUnion(Jurisdiction.associated.map { "EU-\($0)" })
    codes.insert("EU")
    let without = codes.filter { JurisdictionZones.zones(of: $0).isEmpty }
    #expect(without == ["BV", "HM"])
    #expect(JurisdictionZones.zones(of: "CH-ZH") == JurisdictionZones.zones(of: "CH"))
    #expect(JurisdictionZones.zones(of: "CA-ON").count == 3)
  }
}

struct `A return tag` {
  @Test(arguments: [
    "m7.r42.abcdefgh", "m7.r42.s123.abcdefgh", "m2147483647.r4294967295.234567ab",
  ])
  func `is read as it is written, in any case`(text: String) {
    #expect(ReturnTag(text)?.text == text)
    #expect(ReturnTag(text.uppercased())?.text == text)
  }

  @Test(arguments: [
    "", "m7.r42", "m7.r42.abcdefg", "m7.r42.abcdefg1", "m7.r42.abcdefghi", "m07.r42.abcdefgh",
    "m7.r0.abcdefgh", "m7.r4294967296.abcdefgh", "m2147483648.r1.abcdefgh", "m7.42.abcdefgh",
    "m7.r42.x1.abcdefgh", "m7.r42.s.abcdefgh", "m-7.r42.abcdefgh", "m7.r42.s1.abcdefgh.x",
    "m99999999999999999999.r1.abcdefgh", "m7 .r42.abcdefgh",
  ])
  func `is nothing else`(text: String) { #expect(ReturnTag(text) == nil) }

  @Test(
    arguments: [
      ("bounces+m7.r42.abcdefgh@example.org", 42), ("<b+x+m7.r42.abcdefgh@example.org>", 42),
      ("m7.r43.s5.abcdefgh@example.org", 43), ("<m7.r43.s5.abcdefgh@example.org>", 43),
      ("bounces@example.org", nil), ("m7.r42.abcdefgh", nil),
    ] as [(String, Int64?)]
  )
  func `is found in an address or an id`(text: String, number: Int64?) {
    #expect(ReturnTag(in: text)?.number == number)
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0, 0], "aaaaaaaa"), ([255, 255, 255, 255, 255], "77777777"),
      (Array("hello".utf8), "nbswy3dp"),
    ] as [([UInt8], String)]
  )
  func `ends in forty bits of base 32`(code: [UInt8], check: String) {
    #expect(ReturnTag.check(code) == check)
  }
}
