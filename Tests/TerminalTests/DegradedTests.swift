import Glibc
import Pty
import Testing

struct `A poor terminal` {
  static let kinds = [
    "xterm-256color", "xterm", "vt100", "vt220", "linux", "screen", "screen-256color", "tmux",
    "tmux-256color", "rxvt", "rxvt-unicode-256color", "ansi", "cygwin", "Eterm", "xterm-mono",
    "sun", "cons25", "nonsense", "../../etc/passwd", "",
  ]

  @Test(arguments: kinds)
  func `of any kind is drawn on, and left as it was found`(kind: String) throws {
    let probe = try startProbe(environment: ["TERM": kind])
    try probe.type("x")
    try probe.wait(forText: "last: x")
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(!probe.leftovers.contains("stty"))
    let isStandard = !["sun", "cons25", "Eterm", "ansi", "cygwin"].contains(kind)
    if isStandard {
      #expect(probe.leftovers == [])
      #expect(probe.screen.violations == [])
    }
  }

  @Test
  func `that the host does not know is drawn as a common one, with one hint`() throws {
    let probe = try startProbe(environment: ["TERM": "xterm-ghostty"])
    #expect(probe.screen.text.contains("hint: This host does not know the terminal xterm-ghostty"))
    #expect(probe.screen.text.contains("xterm-256color indexed256 utf8 true"))
    #expect(probe.screen.modes.contains(1002))
  }

  @Test
  func `that cannot place text is refused in a sentence, and left as it was`() throws {
    let probe = try PtyProcess(
      Products.path(of: "terminal-probe"),
      environment: ["TERM": "dumb"]
    )
    #expect(try probe.waitForEnd() == .exited(1))
    #expect(probe.screen.text.contains("A terminal of the kind dumb cannot show a screen."))
    #expect(probe.leftovers == [])
    #expect(!probe.output.contains(0x1B))
  }

  @Test
  func `of an old kind is sent nothing that it cannot know`() throws {
    let probe = try startProbe(environment: ["TERM": "vt100"])
    #expect(probe.screen.modes.isDisjoint(with: [1000, 1002, 1006, 1049, 2004]))
    #expect(probe.screen.text.contains("vt100 mono"))
    try probe.type("q")
    try probe.waitForEnd()
    #expect(probe.leftovers == [])
    let last = probe.screen.cursor.row
    #expect(last == 23)
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], "mono"), (["NO_COLOR": ""], "indexed256"), (["TERM": "xterm"], "eight"),
    (["TERM": "xterm-mono"], "mono"), (["TERM": "linux"], "eight"),
  ])
  func `shows as many colours as it has and the officer wants`(
    environment: [String: String],
    depth: String
  ) throws {
    let probe = try startProbe(environment: environment)
    #expect(probe.screen.text.contains(" \(depth) utf8"))
    let danger = probe.screen.place(column: 0, row: 1).attributes
    #expect(danger.contains("1"))
    if depth == "mono" { #expect(danger == ["1"]) }
    if depth == "eight" { #expect(danger.contains { ("30"..."37").contains($0) }) }
    if depth == "indexed256" { #expect(danger.contains { $0.hasPrefix("38;5;") }) }
  }

  /// Locales, and whether the screen is then in UTF-8.
  static let locales: [(variables: [String: String], isUTF8: Bool)] = [
    (["LANG": "C"], true), (["LANG": ""], true), (["LANG": "de_XX.UTF-8"], true),
    (["LC_ALL": "C"], false), (["LC_CTYPE": "POSIX"], false), (["LANG": "de_DE.ISO-8859-1"], false),
  ]

  @Test(arguments: locales)
  func `without a UTF-8 locale gets UTF-8 where nobody asked for less, and else plain ASCII`(
    variables: [String: String],
    isUTF8: Bool
  ) throws {
    let probe = try startProbe(environment: variables)
    #expect(probe.screen.text.contains("utf8 \(isUTF8)"))
    let row = probe.screen.text(ofRow: 2)
    if isUTF8 {
      #expect(row.hasPrefix("┌──┬─┐ … ▶ Zürich 日本"))
    } else {
      #expect(row.hasPrefix("+--+-+ . > Zurich ?"))
      #expect(probe.output.allSatisfy { $0 < 0x80 })
      #expect(probe.screen.text.contains("hint: The locale is not UTF-8"))
    }
    #expect(probe.screen.violations == [])
  }

  @Test(arguments: [
    (20, 5), (40, 10), (400, 120), (1, 1), (2, 1), (1, 2), (3, 3), (500, 200), (0, 0),
    (65_535, 65_535), (1, 500), (1_000, 1),
  ])
  func `of any size starts, follows other sizes, and ends`(columns: Int, rows: Int) throws {
    let probe = try startProbe(
      columns: columns,
      rows: rows,
      waitFor: columns < 4 || rows < 2 ? "" : "end"
    )
    try probe.wait(for: "the screen", until: { $0.modes.contains(2004) })
    probe.resize(columns: 90, rows: 25)
    try probe.wait(for: "the new size") {
      $0.text.contains("size 90x25") && $0.text(ofRow: 24).hasSuffix("end")
    }
    probe.resize(columns: columns, rows: rows)
    let seen = (
      columns == 0 ? 80 : min(columns, 1_000), rows == 0 ? 24 : min(rows, 500)
    )
    try probe.wait(for: "the end") { screen in
      seen.0 < 14 || screen.text.contains("size \(seen.0)x\(seen.1) ")
    }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
    #expect(probe.screen.violations == [])
  }

  @Test
  func `with LINES and COLUMNS in the environment is still drawn in its own size`() throws {
    let probe = try startProbe(environment: ["LINES": "10", "COLUMNS": "20"])
    #expect(probe.screen.text.contains("size 80x24"))
  }

  @Test
  func `that changes its size a thousand times ends up right`() throws {
    let probe = try startProbe()
    for step in 0..<1_000 { probe.resize(columns: 20 + step % 97, rows: 5 + step % 31) }
    probe.resize(columns: 77, rows: 21)
    try probe.wait(for: "the last size") {
      $0.text.contains("size 77x21") && $0.text(ofRow: 20).hasSuffix("end")
    }
    #expect(probe.screen.violations == [])
  }

  @Test(arguments: [
    ([:], "screen"), (["TERM": "dumb"], "TERM=dumb has no screen"),
  ])
  func `that cannot show a screen is told so before anything is sent`(
    environment: [String: String],
    answer: String
  ) throws {
    let probe = try PtyProcess(
      Products.path(of: "terminal-probe"),
      ["facts"],
      environment: environment
    )
    try probe.waitForEnd()
    #expect(probe.screen.text.contains(answer))
    #expect(!probe.output.contains(0x1B))
  }
}
