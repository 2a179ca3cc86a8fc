import Foundation
import Pty
import TestSupport
import Testing

/// The whole program in a real pseudo-terminal.
struct `The dashboard in a terminal` {
  private let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  private func open(
    _ arguments: [String] = ["demo"],
    _ environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24
  ) throws -> PtyProcess {
    var all = tocsin.environment
    all["TERM"] = "xterm-256color"
    all["PATH"] = "/usr/bin:/bin"
    return try PtyProcess(
      tocsin.binary,
      arguments,
      environment: all.merging(environment) { _, new in new },
      columns: columns,
      rows: rows
    )
  }

  @Test func `shows the sample company, and gives the terminal back when it is left`() throws {
    let screen = try open()
    try screen.wait(forText: "Most pressing")
    try screen.type("q")
    try screen.wait(forText: "Quit Tocsin?")
    try screen.type("y")
    #expect(try screen.waitForEnd() == .exited(0))
    #expect(screen.leftovers.isEmpty)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `keeps what was being typed when it is ended, and offers it again`(signal: Int32) throws {
    let store = ["--store", tocsin.store]
    let first = try open(store)
    try first.wait(forText: "Most pressing")
    try first.type("2c")
    try first.wait(forText: "New incident")
    try first.type("Half a title")
    try first.wait(forText: "Half a title")
    first.signal(signal)
    _ = try first.waitForEnd()
    #expect(first.leftovers.isEmpty)
    let second = try open(store)
    try second.wait(forText: "unsaved draft")
    try second.type("2c")
    try second.wait(forText: "Half a title")
    try second.type("\u{18}")
    try second.wait(forText: "INC-")
    second.signal(SIGTERM)
    _ = try second.waitForEnd()
  }

  @Test func `shows what another process changed, without a key`() throws {
    let store = ["--store", tocsin.store]
    let screen = try open(store)
    try screen.wait(forText: "No incident yet")
    var other = tocsin
    other.now = nil
    #expect(try other("incident", "add", "--title", "From elsewhere").status == 0)
    try screen.wait(forText: "From elsewhere")
    screen.signal(SIGTERM)
    _ = try screen.waitForEnd()
  }

  @Test func `loses nothing when the editor dies`() throws {
    var other = tocsin
    other.now = nil
    #expect(try other("incident", "add", "--title", "Kept", "--summary", "As it was").status == 0)
    let screen = try open(["--store", tocsin.store], ["VISUAL": "", "EDITOR": "/bin/false"])
    try screen.wait(forText: "Kept")
    try screen.type("\r")
    try screen.wait(forText: "As it was")
    try screen.type("E")
    try screen.wait(forText: "the editor ended with status 1")
    try screen.wait(forText: "As it was")
    screen.signal(SIGTERM)
    _ = try screen.waitForEnd()
    #expect(screen.leftovers.isEmpty)
    #expect(try other("incident", "show", "INC-2026-0001").output.contains("As it was"))
  }

  @Test(arguments: [(20, 5), (40, 10), (400, 120)])
  func `starts and ends at any size`(columns: Int, rows: Int) throws {
    let screen = try open(columns: columns, rows: rows)
    try screen.wait(forText: "Tocsin")
    try screen.type("2")
    try screen.type(":q\r")
    #expect(try screen.waitForEnd() == .exited(0))
    #expect(screen.leftovers.isEmpty)
  }

  @Test(arguments: ["vt100", "linux", "screen", "xterm-no-such-thing"])
  func `starts and ends on any kind of terminal`(kind: String) throws {
    let screen = try open(["demo"], ["TERM": kind])
    try screen.wait(forText: "Tocsin")
    try screen.type(":q\r")
    #expect(try screen.waitForEnd() == .exited(0))
    #expect(screen.leftovers.isEmpty)
  }

  @Test func `sends nothing to the terminal that a hostile title would like it to`() throws {
    var other = tocsin
    other.now = nil
    let title = "Ada\u{1B}]0;pwned\u{07}\u{9B}31m\u{202E}Lovelace"
    #expect(try other("incident", "add", "--title", title).status == 0)
    let screen = try open(["--store", tocsin.store])
    try screen.wait(forText: "Ada^[")
    try screen.type("2\r")
    try screen.wait(forText: "[Facts]")
    try screen.type("9")
    try screen.wait(forText: "opened:")
    screen.signal(SIGTERM)
    _ = try screen.waitForEnd()
    #expect(screen.screen.violations.isEmpty)
    #expect(!screen.screen.deviceStrings.contains { $0.contains("pwned") })
  }
}

/// Tapes, recordings and pictures: without a terminal, the same bytes each time.
struct `A tape` {
  private let tocsin: Tocsin

  init() throws {
    var tocsin = try Tocsin()
    tocsin.now = "2026-11-23T14:40:00Z"
    self.tocsin = tocsin
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures/tapes").path

  private func play(_ tape: String, _ arguments: String...) throws -> Tocsin.Result {
    try tocsin.run(["demo", "--play", "\(Self.folder)/\(tape)"] + arguments)
  }

  @Test(arguments: ["2", "3"])
  func `records the same bytes each time`(version: String) throws {
    let files = ["a", "b"].map { tocsin.directory.file("\($0)\(version).cast") }
    for file in files {
      let result = try play("tour.tape", "--record", file, "--cast-version", version)
      #expect(result.status == 0, "\(result.errors)")
    }
    let recordings = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    #expect(recordings[0] == recordings[1])
    let text = String(decoding: recordings[0], as: UTF8.self)
    #expect(text.hasPrefix("{\"version\":\(version),"))
    #expect(text.contains("\"m\", \"Who did what\""))
    #expect(!text.contains(tocsin.directory.path))
    for line in text.split(separator: "\n") {
      #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil)
    }
  }

  @Test func `draws the picture of the README`() throws {
    let file = tocsin.directory.file("incidents.svg")
    #expect(try play("incidents.tape", "--svg", file).status == 0)
    let kept = URL(filePath: Self.folder).deletingLastPathComponent()
      .appending(path: "pictures/incidents.svg")
    let now = try String(contentsOfFile: file, encoding: .utf8)
    if ProcessInfo.processInfo.environment["TOCSIN_RECORD_SCREENS"] == "1" {
      try Data(now.utf8).write(to: kept)
    }
    #expect(now == (try String(contentsOf: kept, encoding: .utf8)))
  }

  @Test func `says with file and line what the screen does not show`() throws {
    let file = tocsin.directory.file("wrong.tape")
    try Data("Type \"2\"\nWait /no such text/\n".utf8).write(to: URL(fileURLWithPath: file))
    let result = try tocsin.run(["demo", "--play", file])
    #expect(result.status == 1)
    #expect(result.errors.contains("wrong.tape:2: the screen does not show \"no such text\""))
  }
}
