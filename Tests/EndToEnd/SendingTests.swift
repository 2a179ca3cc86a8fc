import Foundation
import TestSupport
import Testing

/// Notices that go through real mail programs to a server on the loopback.
@Suite(.serialized, .timeLimit(.minutes(30))) struct `E-mails to everybody` {
  private static let program = "/usr/bin/msmtp"
  private static let hasMsmtp = FileManager.default.isExecutableFile(atPath: program)

  /// How many people; how many kills; the seed of where they come.
  private static func number(_ name: String, else usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
  }

  private var tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    tocsin.now = nil
  }

  /// Makes a mailing with an approved text, and sets how it is sent.
  private func prepare(_ people: Int, program: [String], _ settings: String...) async throws {
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(at: tocsin.store, people: people)
    let words = try String(decoding: JSONEncoder().encode(program), as: UTF8.self)
    var arguments = ["mailing", "send", "1", "--set", "sender=notices@example.org"]
    for setting in ["program=\(words)", "return-path=bounces@example.org"] + settings {
      arguments += ["--set", setting]
    }
    let result = try tocsin.run(arguments)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func msmtp(_ port: UInt16) throws -> [String] {
    let path = tocsin.directory.file("msmtprc")
    try Data(
      """
      account default
      host 127.0.0.1
      port \(port)
      tls off
      auth off
      domain sender.example

      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    return [Self.program, "-C", path, "-i", "-t"]
  }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let result = try tocsin.run(arguments + ["--json"])
    let value = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(value as? [String: Any], "\(arguments): \(result.errors)")
  }

  private func byState() throws -> [String: Int] {
    try #require(try object("mailing", "status", "1")["byState"] as? [String: Int])
  }

  /// The numbers of people in a state.
  private func numbers(_ state: String) throws -> Set<Int> {
    let list = try object(
      "mailing",
      "recipients",
      "1",
      "--filter",
      "state:\(state)",
      "--limit",
      "1000"
    )
    let rows = try #require(list["recipients"] as? [[String: Any]])
    return Set(rows.compactMap { $0["number"] as? Int })
  }

  /// The number of the made-up person who has an address.
  private static func number(of address: String) -> Int? {
    Int(address.dropFirst("person".count).prefix { $0 != "@" })
  }

  @Test(.enabled(if: hasMsmtp, "there is no msmtp: make test-programs"))
  func `reach each once or leave them uncertain, wherever the sender is killed`() async throws {
    let people = Self.number("TOCSIN_PEOPLE", else: 10_000)
    let kills = Self.number("TOCSIN_KILLS", else: 8)
    var random = Seeded(state: UInt64(Self.number("TOCSIN_SEED", else: 20_260_518)))
    let sink = try SMTPSink()
    defer { sink.close() }
    let batch = 20
    try await prepare(people, program: try msmtp(sink.port), "batch=\(batch)", "parallel=4")
    for kill in 1...kills {
      let running = try tocsin.start(["mailing", "send", "1"])
      // So many are never lost that the server would wait for a message that does not come.
      let most = people - kills * batch
      let start = min(sink.messages.count, most)
      let step = max(1, (most - start) / (kills - kill + 1))
      sink.wait(for: min(most, start + Int.random(in: 0...step, using: &random)))
      running.kill()
      #expect(try running.finish().status == 128 + 9)
    }
    let killed = try object("mailing", "send", "1", "--status")
    let uncertain = try #require(killed["uncertain"] as? Int)
    #expect(uncertain <= kills * batch)
    let end = try object("mailing", "send", "1")
    #expect(end["end"] as? String == "done")
    #expect(end["uncertain"] as? Int == uncertain)
    // Every tenth is a child, for whom no text is.
    let children = people / 10
    let states = try byState()
    #expect(states["handed-over"] == people - children - uncertain)
    #expect(states["uncertain", default: 0] == uncertain)
    #expect(states["pending", default: 0] == children)
    // What the server has: everybody who was handed over once, and of the uncertain some, once.
    let messages = sink.messages
    var copies: [Int: Int] = [:]
    for message in messages {
      #expect(message.recipients.count == 1)
      copies[Self.number(of: message.recipients.first ?? "") ?? 0, default: 0] += 1
      #expect(message.text.contains("Message-ID: <m1.r"))
      #expect(message.text.hasSuffix("--=_tocsin_alternative--\r\n"), "all of it, or none")
    }
    #expect(copies.values.allSatisfy { $0 == 1 })
    let inDoubt = try numbers("uncertain")
    #expect(inDoubt.count == uncertain)
    for number in 1...people where number % 10 != 0 && !inDoubt.contains(number) {
      #expect(copies[number] == 1, "person \(number)")
    }
    // By a person's word those are sent again, and no others.
    #expect(try tocsin("mailing", "send", "1", "--uncertain", "again").status == 0)
    #expect(try object("mailing", "send", "1")["handed_over"] as? Int == uncertain)
    #expect(try byState()["handed-over"] == people - children)
    #expect(sink.messages.count == messages.count + uncertain)
    #expect(try tocsin("verify").status == 0)
  }

  @Test(.enabled(if: PostfixServer.reason == nil, "Postfix is not there, or nobody is root"))
  func `come back from a real mail server to the right person`() async throws {
    let refused = Set([3, 7, 11, 19])
    let sink = try SMTPSink { address in
      Self.number(of: address).map(refused.contains) == true ? "550 5.1.1 no such user" : nil
    }
    defer { sink.close() }
    let postfix = try PostfixServer(relayPort: sink.port)
    defer { postfix.stop() }
    var tocsin = tocsin
    tocsin.environment.merge(postfix.environment) { $1 }
    try await prepare(20, program: postfix.sendmail)
    let result = try tocsin("mailing", "send", "1")
    #expect(result.status == 0, "\(result.errors)")
    // Eighteen who are no children: those who are taken, and a bounce for each of the others.
    sink.wait(for: 18)
    let bounces = sink.messages.filter(\.sender.isEmpty)
    #expect(bounces.count == refused.count, "\(postfix.log)")
    for bounce in bounces {
      let number = try #require(
        try await ApprovedMailing.number(tagged: bounce.recipients.first ?? "", at: tocsin.store)
      )
      #expect(refused.contains(number))
      #expect(bounce.text.contains("Final-Recipient: rfc822; person\(number)@example.org"))
      #expect(bounce.text.contains("\r\nStatus: 5.1.1\r\n"))
    }
    #expect(bounces.allSatisfy { !($0.recipients.first ?? "").contains("person") })
    // As they lie in the mailbox of the return path.
    let folder = tocsin.directory.file("mail/new")
    for name in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: tocsin.directory.file("mail/\(name)"),
        withIntermediateDirectories: true
      )
    }
    for (index, bounce) in bounces.enumerated() {
      let envelope = "Return-Path: <>\r\nDelivered-To: \(bounce.recipients[0])\r\n"
      try Data(Array(envelope.utf8) + bounce.bytes)
        .write(to: URL(fileURLWithPath: "\(folder)/\(index).mx"))
    }
    let imported = try tocsin("import", "bounces", tocsin.directory.file("mail"))
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try numbers("bounced-hard") == refused)
    #expect(try byState()["handed-over"] == 14)
  }

  @Test func `say what is missing before anything is sent`() async throws {
    try await prepare(3, program: ["/nowhere/sendmail"], "sender=none")
    let preview = try tocsin("mailing", "send", "1", "--dry-run")
    #expect(preview.status == 2)
    #expect(preview.output.hasPrefix("MLG-2026-0001: 3 would be sent, edition E1\n"))
    #expect(
      preview.errors == """
        missing: nobody said who writes: --set sender=ADDRESS
        missing: there is no program /nowhere/sendmail

        """
    )
    let result = try tocsin("mailing", "send", "1")
    #expect(result.status == 1)
    #expect(
      result.errors == """
        tocsin: MLG-2026-0001 cannot be sent: nobody said who writes: --set sender=ADDRESS

        """
    )
  }

  @Test func `stop when the mail program refuses, and show what it says`() async throws {
    let program = tocsin.directory.file("refusing")
    try makeProgram("#!/bin/sh\necho \"$5: relay access denied\" >&2\nexit 69\n", at: program)
    try await prepare(9, program: [program, "-i"], "threshold=2", "parallel=1")
    let result = try tocsin("mailing", "send", "1")
    #expect(result.status == 1)
    #expect(
      result.output == """
        MLG-2026-0001: stopped after 2 failures in a row; handed over 0, refused 2, without an \
        address 0, uncertain 0, still queued 9

        """
    )
    #expect(
      result.errors == """
        queued: 9
        last problem: the mail program ended with status 69 (service not available): p•••@•••: \
        relay access denied

        """
    )
    let status = try tocsin("mailing", "send", "1", "--status")
    #expect(status.output.contains("MLG-2026-0001: ended; process "))
    #expect(!status.output.contains("person"))
    let pause = try tocsin("mailing", "pause", "1")
    #expect(pause.errors == "tocsin: nobody is sending MLG-2026-0001 at the moment\n")
  }

  @Test func `wait, go on and end as another process says`() async throws {
    // The program says whose turn it is, and waits for a word.
    let turns = try NamedPipe(at: tocsin.directory.file("turns"))
    let words = try NamedPipe(at: tocsin.directory.file("words"))
    let program = tocsin.directory.file("waiting")
    try makeProgram(
      "#!/bin/sh\n/bin/cat >/dev/null\necho $5 > \(turns.path)\nread word < \(words.path)\n",
      at: program
    )
    try await prepare(9, program: [program, "-i"], "parallel=1")
    let running = try tocsin.start(["mailing", "send", "1"])
    for number in 1...4 {
      #expect(turns.line() == "person\(number)@example.org")
      if number < 4 { words.say("on") }
    }
    #expect(
      try tocsin("mailing", "pause", "1").output
        == "MLG-2026-0001: the sending pauses after the message in hand\n"
    )
    words.say("on")
    // It certainly comes to this, whenever.
    var sender: [String: Any] = [:]
    repeat {
      sender = try #require(
        try object("mailing", "send", "1", "--status")["sender"] as? [String: Any]
      )
    } while sender["activity"] as? String != "paused"
    #expect(try byState() == ["handed-over": 4, "queued": 5])
    let again = try tocsin("mailing", "send", "1")
    #expect(again.errors.hasPrefix("tocsin: MLG-2026-0001 is being sent already, by process "))
    #expect(try tocsin("mailing", "send", "1", "--resume").status == 0)
    #expect(turns.line() == "person5@example.org")
    #expect(
      try tocsin("mailing", "send", "1", "--stop").output
        == "MLG-2026-0001: the sending ends after the message in hand\n"
    )
    words.say("on")
    let end = try running.finish()
    #expect(
      end.output == """
        MLG-2026-0001: stopped, as it was asked to; handed over 5, refused 0, without an address \
        0, uncertain 0, still queued 4

        """
    )
    #expect(end.status == 2)
  }

  /// Random numbers that are the same each time (SplitMix64).
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
