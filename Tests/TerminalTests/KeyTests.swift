import Pty
import Testing

struct `What is typed` {
  @Test(arguments: [
    ("j", "j"), ("\u{4}", "^D"), ("\r", "Enter"), ("\t", "Tab"), ("\u{7F}", "Backspace"),
    ("\u{8}", "Backspace"), ("ü", "ü"), ("日", "日"), ("e\u{301}", "e\u{301}"),
    ("\u{1B}[A", "Up"), ("\u{1B}OA", "Up"), ("\u{1B}[1;5C", "Right"), ("\u{1B}[5~", "PgUp"),
    ("\u{1B}[Z", "S-Tab"), ("\u{1B}OP", "F1"), ("\u{1B}[24~", "F12"), ("\u{1B}[H", "Home"),
    ("\u{1B}[<0;5;3M", "press@4,2"), ("\u{1B}[<32;300;120M", "drag@299,119"),
    ("\u{1B}[<0;5;3m", "release@4,2"), ("\u{1B}[<65;1;1M", "wheelDown@0,0"),
    ("\u{1B}[M !!", "press@0,0"),
  ])
  func `comes out as what is meant`(typed: String, shown: String) throws {
    let probe = try startProbe()
    try probe.type(typed)
    try probe.wait(forText: "last: \(shown)")
  }

  @Test(arguments: ["1b", "1b1b"])
  func `as Escape alone is an Escape after a moment`(hexadecimal: String) throws {
    let probe = try startProbe()
    try probe.type(String(repeating: "\u{1B}", count: hexadecimal.count / 2))
    let names = Array(repeating: "Esc", count: hexadecimal.count / 2).joined(separator: " ")
    try probe.wait(forText: "last: \(names)")
    try probe.type("j")
    try probe.wait(forText: "last: \(names) j")
  }

  @Test
  func `after an Escape that came apart from its tail is no letter`() throws {
    let probe = try startProbe()
    try probe.type("\u{1B}")
    try probe.wait(forText: "last: Esc")
    try probe.type("[A")
    try probe.type("j")
    try probe.wait(forText: "last: Esc j")
  }

  @Test(arguments: [
    "\u{1B}[?62;22c", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
    "\u{1B}[24;80R", "\u{1B}[99~", "\u{1B}[?2026;1$y", "\u{1B}[27;5;9~", "\u{1B}[97;5u",
    "\u{1B}x", "\u{1B}O~", "[<0;10;5M", "\u{1B}[<35;4;4M", "\u{1B}[200;1;1;1;1;1X",
    "\u{1B}]0;title\u{07}", "\u{1B}[[Z", "\u{85}",
  ])
  func `by nobody but the terminal itself is swallowed`(reply: String) throws {
    let probe = try startProbe()
    try probe.type(reply + "j")
    try probe.wait(forText: "last: j")
    #expect(probe.screen.text.contains("keys 1 "))
  }

  @Test
  func `as bytes that are no UTF-8 is swallowed`() throws {
    let probe = try startProbe()
    try probe.type(bytes: [0xFF, 0xC0, 0x80, 0xE2, 0x82, 0x6A])
    try probe.wait(forText: "last: j")
    #expect(probe.screen.text.contains("keys 1 "))
  }

  @Test
  func `two thousand times at once is all there, and drawn in few frames`() throws {
    let probe = try startProbe(["list"], waitFor: "row 1 of")
    probe.forgetOutput()
    try probe.type(String(repeating: "j", count: 2_000))
    try probe.wait(forText: "row 2001 of 1000000")
    #expect(probe.screen.text.contains("customer2001@example.com"))
    #expect(probe.output.count < 20_000)
  }

  @Test
  func `as a paste comes in one piece, with its lines and without being keys`() throws {
    let probe = try startProbe()
    try probe.paste("first\nsecond q\n")
    try probe.wait(forText: "last: paste15<first↵second q↵>")
    #expect(probe.screen.text.contains("keys 0 "))
    try probe.type("j")
    try probe.wait(forText: "keys 1 ")
  }

  @Test
  func `as a large paste is cut off at its limit and keeps the keys after it`() throws {
    let probe = try startProbe()
    try probe.paste(String(repeating: "0123456789", count: 120_000))
    try probe.type("j")
    try probe.wait(for: "paste and key") {
      $0.text.contains("keys 1 ") && $0.text.contains("paste1048576<")
    }
  }

  @Test
  func `while the mouse is released is no mouse`() throws {
    let probe = try startProbe()
    try probe.type("m")
    try probe.wait(for: "the release") { $0.modes.isDisjoint(with: [1002, 1006]) }
    try probe.type("\u{1B}[<0;5;3Mj")
    try probe.wait(forText: "last: m j")
    try probe.type("m")
    try probe.wait(for: "the capture") { $0.modes.isSuperset(of: [1002, 1006]) }
  }
}
