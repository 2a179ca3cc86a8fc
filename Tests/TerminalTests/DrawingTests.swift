import Glibc
import Pty
import Testing

struct `The screen` {
  @Test
  func `shows wide, combined and joined signs in their columns`() throws {
    let probe = try startProbe()
    #expect(probe.screen.text(ofRow: 2) == "┌──┬─┐ … ▶ Zürich 日本 e\u{301}té 🇩🇪 👩 ❤ |")
    let bar = (0..<80).first { probe.screen.place(column: $0, row: 2).text == "|" }
    #expect(bar == 35)
    #expect(probe.screen.violations == [])
  }

  @Test
  func `has the colours of the theme, and the cursor where the canvas wants it`() throws {
    let probe = try startProbe()
    #expect(
      probe.screen.place(column: 0, row: 1).attributes == ["1", "38;5;202", "48;5;236"]
    )
    #expect(probe.screen.place(column: 8, row: 1).attributes == ["38;5;244"])
    #expect(probe.screen.place(column: 0, row: 0).attributes == [])
    #expect(probe.screen.cursor == (0, 7))
    #expect(!probe.screen.modes.contains(25))
  }

  @Test
  func `changes with the theme although the canvas says the same`() throws {
    let probe = try startProbe()
    try probe.type("t")
    try probe.wait(for: "the other ground") {
      $0.place(column: 0, row: 1).attributes == ["1", "38;5;202", "44"]
        || $0.place(column: 0, row: 1).attributes == ["1", "38;5;202", "48;5;4"]
    }
  }

  @Test
  func `costs no more bytes for a row down than two rows of text`() throws {
    let probe = try startProbe(["list"], waitFor: "row 1 of")
    for row in 2...20 {
      probe.forgetOutput()
      try probe.type("j")
      try probe.wait(forText: "row \(row) of")
      try probe.wait(for: "the cursor") { $0.cursor == (0, row - 1) }
      #expect(probe.output.count <= 200)
    }
  }

  @Test
  func `shows a list that scrolls as it is, downwards and upwards`() throws {
    let probe = try startProbe(["list"], rows: 12, waitFor: "row 1 of")
    for (keys, first) in [("jjjjjjjjjjjjj", 4), ("kkkkkkkkkkkk", 2), ("j", 2), ("k", 2), ("k", 1)] {
      for key in keys {
        try probe.type(String(key))
      }
      let rows = (first..<(first + 11)).map { "customer\($0)@" }
      try probe.wait(for: "rows \(first) and on") { screen in
        rows.enumerated().allSatisfy { screen.text(ofRow: $0).contains($1) }
      }
    }
    #expect(probe.screen.violations == [])
  }

  @Test
  func `costs nothing when nothing changes`() throws {
    let probe = try startProbe(["list"], waitFor: "row 1 of")
    try probe.type("j")
    try probe.wait(for: "the cursor") { $0.cursor == (0, 1) && $0.text.contains("row 2 of") }
    probe.forgetOutput()
    try probe.type("?????")
    try probe.type("k")
    try probe.wait(for: "the cursor") { $0.cursor == (0, 0) && $0.text.contains("row 1 of") }
    #expect(probe.output.count <= 200)
  }

  @Test
  func `is drawn from scratch when asked`() throws {
    let probe = try startProbe(["list"], waitFor: "row 1 of")
    let before = probe.screen.text
    probe.forgetOutput()
    try probe.type("\u{C}")
    try probe.wait(for: "a full screen") { _ in probe.output.count > 1_000 }
    try probe.wait(for: "the same") { $0.text == before }
  }

  @Test
  func `gets a bell, a title without tricks, and text for its clipboard`() throws {
    let probe = try startProbe()
    try probe.type("b")
    try probe.wait(for: "the bell") { $0.bells == 1 }
    try probe.type("i")
    try probe.wait(for: "the title") { $0.commands.contains("2;In^[]0;x^Gcident <U+202E>7") }
    try probe.type("c")
    try probe.wait(forText: "copy sent")
    #expect(probe.screen.commands.contains("52;c;c2VjcmV0LCBub3Q="))
    try probe.type("C")
    try probe.wait(forText: "copy tooLong(limit: 56244)")
    #expect(probe.screen.violations == [])
  }

  @Test
  func `names its window until it is left, also while it is stopped`() throws {
    let probe = try startProbe(["jobs"])
    try probe.type("i")
    try probe.wait(for: "the title") { $0.title.hasPrefix("In") }
    try probe.type("\u{1A}")
    try probe.wait(forText: "JOB STOPPED")
    #expect(probe.screen.title == "" && probe.screen.keptTitles == [])
    try probe.type("\n")
    try probe.wait(for: "the title again") { $0.title.hasPrefix("In") }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.screen.title == "" && probe.screen.keptTitles == [])
    #expect(probe.screen.violations == [])
  }

  @Test(arguments: [
    ["TERM": "vt100"], ["TERM": "linux"], ["TERM": "screen-256color", "STY": "1.x"],
  ])
  func `without a title that it gives back is not named`(environment: [String: String]) throws {
    let probe = try startProbe(environment: environment)
    try probe.type("ib")
    try probe.wait(for: "the bell") { $0.bells == 1 }
    #expect(probe.screen.title == "" && probe.screen.keptTitles == [])
  }

  @Test(arguments: [(["TERM": "vt100"], "unavailable"), (["TERM": "linux"], "unavailable")])
  func `without a clipboard says so`(environment: [String: String], answer: String) throws {
    let probe = try startProbe(environment: environment)
    try probe.type("c")
    try probe.wait(forText: "copy \(answer)")
    #expect(probe.screen.commands == [])
  }

  @Test
  func `inside tmux sends its text to tmux and through it`() throws {
    let probe = try startProbe(environment: ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"])
    try probe.type("c")
    try probe.wait(forText: "copy sent")
    #expect(probe.screen.commands.contains("52;c;c2VjcmV0LCBub3Q="))
    #expect(probe.output.contains(Array("\u{1B}Ptmux;\u{1B}\u{1B}]52;c;".utf8)))
  }

  @Test
  func `is given to an editor and taken back, whatever the editor did`() throws {
    let probe = try startProbe(environment: [
      "PROBE_EDITOR": "/bin/stty -echo -icanon raw"
    ])
    try probe.type("e")
    try probe.wait(for: "the screen again") {
      $0.text.contains("editor 0") && $0.modes.isSuperset(of: [1049, 1002, 2004])
    }
    try probe.type("j")
    try probe.wait(forText: "last: e j")
    try probe.type("q")
    try probe.waitForEnd()
    #expect(probe.leftovers == [])
    #expect(probe.screen.violations == [])
  }

  @Test(arguments: [
    ("/bin/false", "editor 1"), ("/nonexistent/vi", "could not be started"),
    // The shell's own kill, for /bin/kill is not on every Debian; tabs, since spaces part words.
    ("/bin/sh -c kill\t-9\t0", "editor 137"),
  ])
  func `comes back from an editor that dies or is not there`(
    editor: String,
    note: String
  ) throws {
    let probe = try startProbe(environment: ["PROBE_EDITOR": editor])
    try probe.type("e")
    try probe.wait(forText: note)
    try probe.type("j")
    try probe.wait(forText: "last: e j")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }

  @Test
  func `belongs to the editor while it runs, with the line as it was found`() throws {
    let probe = try startProbe(environment: ["PROBE_EDITOR": "/bin/cat"])
    let group = probe.foreground
    try probe.type("e")
    try probe.wait(for: "the editor") { _ in
      probe.foreground != group && probe.leftovers == []
    }
    try probe.type("hello editor\n")
    try probe.wait(forText: "hello editor\nhello editor")
    try probe.type("\u{3}")
    try probe.wait(forText: "editor 130")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
  }

  @Test
  func `is left when the program must end while an editor runs, and no editor stays`() throws {
    let probe = try startProbe(environment: ["PROBE_EDITOR": "/bin/cat"])
    let group = probe.foreground
    try probe.type("e")
    try probe.wait(for: "the editor") { _ in
      probe.foreground != group && probe.leftovers == []
    }
    probe.signal(SIGTERM)
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }

  @Test
  func `is left to the shell when the editor stops, and comes back with it`() throws {
    let probe = try startProbe(["jobs"], environment: ["PROBE_EDITOR": "/bin/cat"])
    let group = probe.foreground
    try probe.type("e")
    try probe.wait(for: "the editor") { _ in
      probe.foreground != group && probe.leftovers == []
    }
    try probe.type("\u{1A}")
    try probe.wait(forText: "JOB STOPPED")
    try probe.type("\n")
    try probe.type("back in the editor\n")
    try probe.wait(forText: "back in the editor\nback in the editor")
    try probe.type("\u{4}")
    try probe.wait(forText: "editor 0")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }
}
