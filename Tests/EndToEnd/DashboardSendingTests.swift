import Foundation
import Pty
import TestSupport
import Testing

/// Telling people from the dashboard, in a real terminal and through a real program.
@Suite(.timeLimit(.minutes(30))) struct `A mailing in a terminal` {
  private let tocsin: Tocsin

  init() throws {
    var tocsin = try Tocsin()
    tocsin.now = nil
    self.tocsin = tocsin
  }

  private static let people = 9

  /// A mailing whose text nobody has approved, and a program that says whose turn it is and waits.
  private func prepare(_ turns: NamedPipe, _ words: NamedPipe) async throws {
    _ = try tocsin("incident", "list")
    try await ApprovedMailing.make(at: tocsin.store, people: Self.people, isApproved: false)
    let program = tocsin.directory.file("waiting")
    try makeProgram(
      "#!/bin/sh\n/bin/cat >/dev/null\necho $5 > \(turns.path)\nread word < \(words.path)\n",
      at: program
    )
    let arguments = try JSONEncoder().encode([program, "-i"])
    var command = ["mailing", "send", "1"]
    for setting in [
      "sender=notices@example.org", "return-path=bounces@example.org", "batch=1", "parallel=1",
      "program=\(String(decoding: arguments, as: UTF8.self))",
    ] { command += ["--set", setting] }
    let set = try tocsin.run(command)
    #expect(set.status == 0, "\(set.errors)")
  }

  private func byState() throws -> [String: Int] {
    let status = try tocsin("mailing", "status", "1", "--json").output
    let value = try JSONSerialization.jsonObject(with: Data(status.utf8)) as? [String: Any]
    return try #require(value?["byState"] as? [String: Int])
  }

  @Test func `is approved, sent, held, gone on with, and reaches everybody once`() async throws {
    let turns = try NamedPipe(at: tocsin.directory.file("turns"))
    let words = try NamedPipe(at: tocsin.directory.file("words"))
    try await prepare(turns, words)
    var environment = tocsin.environment
    environment["TERM"] = "xterm-256color"
    environment["PATH"] = "/usr/bin:/bin"
    let screen = try PtyProcess(
      tocsin.binary,
      ["--store", tocsin.store],
      environment: environment,
      columns: 100,
      rows: 30
    )
    func shows(_ text: String) throws { try screen.wait(forText: text) }

    try shows("Most pressing")
    try screen.type("5")
    try shows("All customers")
    try screen.type("\r]]")
    try shows("nothing stops approval")
    // The word that approves is the beginning of the hash that is shown.
    try screen.type("xa")
    try shows("SHA-256")
    let shown = try #require(screen.screen.text.split(separator: "SHA-256").dropFirst().first)
    try screen.type("\(shown.drop { $0 == " " }.prefix(6))\r")
    try shows("E1 in force")
    try screen.type("]]")
    try shows("Ready to be sent")
    try screen.type("xs")
    try shows("cannot be taken back")
    try screen.type("\(Self.people)\r")

    for number in 1...3 {
      #expect(turns.line() == "person\(number)@example.org")
      words.say("on")
    }
    #expect(turns.line() == "person4@example.org")
    try shows("3 of 9")
    try screen.type("xp")
    try shows("pausing  by")
    words.say("on")
    try shows("paused  by")
    #expect(try byState() == ["handed-over": 4, "queued": 5])
    try screen.type("xr")
    for number in 5...Self.people {
      #expect(turns.line() == "person\(number)@example.org")
      words.say("on")
    }
    try shows("ended  by")
    try shows("all told")
    try screen.type("[[[[")
    try shows("[Coverage]")
    #expect(try byState() == ["handed-over": Self.people])
    #expect(try tocsin("verify").status == 0)
    screen.signal(SIGTERM)
    _ = try screen.waitForEnd()
    #expect(screen.leftovers.isEmpty)
  }
}
