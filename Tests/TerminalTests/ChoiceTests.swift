import Drawing
import Testing

@testable import Terminal

struct `What is chosen for a terminal` {
  /// Colours, what a terminal has, and what ncurses is told.
  static let colours: [(colour: Theme.Colour, depth: Theme.Depth, number: Int32, bright: Bool)] =
    [
      (.standard, .indexed256, -1, false), (.indexed(200), .mono, -1, false),
      (.indexed(200), .indexed256, 200, false), (.indexed(3), .eight, 3, false),
      (.indexed(11), .eight, 3, true), (.indexed(11), .sixteen, 11, false),
      (.indexed(196), .eight, 1, true), (.indexed(196), .sixteen, 9, false),
      (.rgb(255, 0, 0), .indexed256, 196, false), (.rgb(128, 128, 128), .indexed256, 244, false),
      (.rgb(1, 2, 3), .direct, 0x010203, false), (.rgb(0, 0, 5), .direct, 8, false),
      (.indexed(196), .direct, 0xFF0000, false), (.indexed(2), .direct, 2, false),
    ]

  @Test(arguments: colours)
  func `is the nearest colour that it has`(
    colour: Theme.Colour,
    depth: Theme.Depth,
    number: Int32,
    bright: Bool
  ) {
    let choice = Quantiser(depth: depth).choice(for: colour)
    #expect(choice == Quantiser.Choice(number: number, isBright: bright))
  }

  /// Environments and delays in milliseconds.
  static let delays: [(environment: [String: String], milliseconds: Int)] = [
    ([:], 25), (["SSH_TTY": "/dev/pts/1"], 75), (["SSH_CONNECTION": "a 1 b 2"], 75),
    (["ESCDELAY": "100", "SSH_TTY": "x"], 100), (["ESCDELAY": "-1"], 25), (["ESCDELAY": "x"], 25),
    (["ESCDELAY": "999999"], 25),
  ]

  @Test(arguments: delays)
  func `is how long an Escape waits`(environment: [String: String], milliseconds: Int) {
    #expect(Capabilities.escapeDelay(in: environment) == .milliseconds(milliseconds))
  }

  /// Kinds of terminal, environments, and the way to the clipboard.
  static let clipboards:
    [(kind: String, environment: [String: String], way: Capabilities.Clipboard)] = [
      ("xterm-256color", [:], .plain), ("dumb", [:], .none), ("", [:], .none),
      ("vt100", [:], .none), ("linux", [:], .none), ("tmux-256color", [:], .tmux),
      ("xterm", ["TMUX": "/tmp/a,1,0"], .tmux), ("screen-256color", ["TMUX": "/tmp/a"], .tmux),
      ("screen", [:], .screen), ("xterm", ["STY": "1.pts"], .screen),
      ("dumb", ["TMUX": "/tmp/a"], .none),
    ]

  @Test(arguments: clipboards)
  func `is the way to its clipboard`(
    kind: String,
    environment: [String: String],
    way: Capabilities.Clipboard
  ) {
    #expect(Capabilities.clipboard(kind: kind, in: environment) == way)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
    ("\u{1B}]ü", "G13DvA=="),
  ])
  func `is Base64 as RFC 4648 has it`(text: String, encoded: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == encoded)
  }

  @Test
  func `is cut for GNU screen so that no piece is too long`() throws {
    let long = String(repeating: "secret ", count: 1_000)
    let sequence = try #require(Clipboard.sequence(for: long, through: .screen))
    let pieces = sequence.split(separator: "\u{1B}\\")
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.count <= 256 })
    let joined = pieces.map { $0.dropFirst(2) }.joined()
    #expect(joined == Clipboard.sequence(for: long, through: .plain))
    #expect(Clipboard.sequence(for: "x", through: .none) == nil)
  }

  @Test(arguments: [
    (0, 0, 80, 24), (80, 24, 80, 24), (1, 1, 1, 1), (65_535, 65_535, 1_000, 500), (0, 50, 80, 50),
  ])
  func `is a size that can be drawn`(columns: Int, rows: Int, drawnColumns: Int, drawnRows: Int) {
    #expect(
      TerminalSession.sane(Size(columns: columns, rows: rows))
        == Size(columns: drawnColumns, rows: drawnRows)
    )
  }

  @Test(arguments: [
    ("─", "-"), ("│", "|"), ("┼", "+"), ("╭", "+"), ("█", "#"), ("░", "."), ("…", "."), ("▶", ">"),
    ("é", "e"), ("Ł", "L"), ("A", "A"), ("日", "?"), ("\u{A0}", " "), ("⣿", ":"),
  ])
  func `is a sign of ASCII for every other`(sign: Unicode.Scalar, plain: Unicode.Scalar) {
    #expect(PlainGlyphs.character(for: sign) == plain)
  }

  @Test
  func `is ASCII for every scalar there is`() {
    for value in UInt32(0x20)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value), value != 0x7F else { continue }
      let plain = PlainGlyphs.character(for: scalar).value
      #expect((0x20...0x7E).contains(plain))
    }
  }

  @Test
  func `is a farewell without marks for delays`() {
    let bytes = Array("\u{1B}[H$<50>\u{1B}[J$<5/>$x".utf8)
    #expect(TerminalModes.withoutDelays(bytes) == Array("\u{1B}[H\u{1B}[J$x".utf8))
  }

  @Test(arguments: ["../x", ".hidden", "a b", "", "x\u{1B}", String(repeating: "x", count: 65)])
  func `is never a file that TERM could point to`(kind: String) {
    #expect(!TerminalSession.isUsableName(kind))
  }

  @Test
  func `is text without control characters for what was captured`() {
    #expect(
      ErrorCapture.harmless("a\u{1B}[1m\tb\n\u{85}\u{202E}") == "a\u{FFFD}[1m\tb\n\u{FFFD}\u{FFFD}"
    )
  }
}
