import Drawing
import Testing

@testable import Terminal

struct `The decoder of keys` {
  /// Decodes pieces that were read one after another.
  private func decode(
    _ pieces: [String],
    table: KeyTable = KeyTable()
  ) -> (events: [InputEvent], waiting: InputDecoder.Waiting) {
    var decoder = InputDecoder(table: table)
    var events: [InputEvent] = []
    for piece in pieces { feed(piece, to: &decoder, &events) }
    return (events, decoder.waiting)
  }

  private func feed(
    _ piece: String,
    to decoder: inout InputDecoder,
    _ events: inout [InputEvent]
  ) {
    Array(piece.utf8).withUnsafeBufferPointer { decoder.feed($0, into: &events) }
  }

  /// Sequences of common terminals, with the key that they stand for.
  static let sequences: [(bytes: String, key: Key)] = [
    ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[1;2C", .right), ("\u{1B}[D", .left),
    ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}OH", .home), ("\u{1B}[4~", .end),
    ("\u{1B}[8~", .end), ("\u{1B}[F", .end), ("\u{1B}[2~", .insert), ("\u{1B}[3;5~", .delete),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
    ("\u{1B}[11~", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[17~", .function(6)),
    ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}[[A", .function(1)), ("\u{1B}[[E", .function(5)), ("\u{1B}OS", .function(4)),
    ("\u{1B}[1;3P", .function(1)), ("\u{1B}OM", .enter), ("\u{1B}Oq", .character("1")),
    ("\u{1B}Ok", .character("+")), ("\u{1B}[3$", .delete), ("\u{1B}[5^", .pageUp),
    ("\u{1B}[a", .up), ("\u{1B}Od", .left), ("\u{1B}\u{1B}[A", .up), ("\u{0}", .control("@")),
    ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")), ("\n", .enter),
  ]

  @Test(arguments: sequences)
  func `knows the keys of common terminals`(bytes: String, key: Key) {
    let (events, waiting) = decode([bytes])
    #expect(events == [.key(key)])
    #expect(waiting == .nothing)
  }

  @Test(arguments: sequences)
  func `knows them whatever pieces they come in`(bytes: String, key: Key) {
    let pieces = bytes.unicodeScalars.map { String($0) }
    #expect(decode(pieces).events == [.key(key)])
    #expect(decode([bytes + bytes + "x"]).events.count == 3)
  }

  @Test
  func `takes the sequences of a description before its own grammar`() {
    let table = KeyTable { name in
      ["kcuu1": Array("\u{1B}A".utf8), "kf1": Array("\u{1B}[192z".utf8), "khome": [0x08]][name]
    }
    #expect(decode(["\u{1B}A"], table: table).events == [.key(.up)])
    #expect(decode(["\u{1B}[192z"], table: table).events == [.key(.function(1))])
    #expect(decode(["\u{8}"], table: table).events == [.key(.backspace)])
  }

  @Test(arguments: [
    ("\u{1B}", InputDecoder.Waiting.escape), ("\u{1B}[", .sequence), ("\u{1B}[1;", .sequence),
    ("\u{1B}O", .sequence), ("\u{1B}]11;rgb", .sequence), ("\u{1B}[200~text", .paste),
    ("j", .nothing),
  ])
  func `says what it waits for`(bytes: String, waiting: InputDecoder.Waiting) {
    #expect(decode([bytes]).waiting == waiting)
  }

  @Test(arguments: [
    ("\u{1B}", [InputEvent.key(.escape)]), ("\u{1B}\u{1B}", [.key(.escape), .key(.escape)]),
    ("\u{1B}[", []), ("\u{1B}[<0;1", []), ("\u{1B}]11;", []), ("\u{1B}[200~half", [.paste("half")]),
  ])
  func `makes an end of what does not come`(bytes: String, ended: [InputEvent]) {
    var decoder = InputDecoder(table: KeyTable())
    var events: [InputEvent] = []
    feed(bytes, to: &decoder, &events)
    #expect(events == [])
    decoder.timeOut(into: &events)
    #expect(events == ended)
    feed("j", to: &decoder, &events)
    #expect(events == ended + [.key(.character("j"))])
  }

  @Test(arguments: ["[A", "[5~", "[1;5C", "OA", "[<0;3;4M", "[<65;30;40m"])
  func `swallows the tail of an Escape that came too early`(tail: String) {
    var decoder = InputDecoder(table: KeyTable())
    var events: [InputEvent] = []
    feed("\u{1B}", to: &decoder, &events)
    decoder.timeOut(into: &events)
    feed(tail, to: &decoder, &events)
    #expect(events == [.key(.escape)])
    feed("[", to: &decoder, &events)
    #expect(events.last == .key(.character("[")))
  }

  @Test
  func `takes typed brackets and an O for what they are`() {
    #expect(decode(["[", "A", "]", "O", "P", "[["]).events.count == 7)
  }

  @Test(arguments: [
    ("e\u{301}", 1), ("👩‍🚒", 1), ("🇩🇪", 1), ("日本", 2), ("ab", 2), ("\u{301}", 1),
  ])
  func `joins the scalars of one character`(text: String, keys: Int) {
    #expect(decode([text]).events.count == keys)
  }

  @Test
  func `keeps control characters in a paste and makes its ends of line one`() {
    let (events, _) = decode(["\u{1B}[200~a\r\nb\rc\nd\u{7}\u{1B}[31me\u{1B}[201~q"])
    #expect(events == [.paste("a\nb\nc\nd\u{7}\u{1B}[31me"), .key(.character("q"))])
  }

  @Test
  func `finds the end of a paste wherever it is cut`() {
    let bytes = "\u{1B}[200~paste\u{1B}[201~j"
    let pieces = bytes.unicodeScalars.map { String($0) }
    #expect(decode(pieces).events == [.paste("paste"), .key(.character("j"))])
  }

  @Test
  func `never stops, and turns no sequence into letters, whatever comes`() {
    var seed: UInt64 = 42
    func next() -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33)
    }
    for _ in 0..<2_000 {
      var body = "\u{1B}["
      for _ in 0..<(next() % 12) { body += String(Unicode.Scalar(UInt8(0x20 + next() % 32))) }
      body += String(Unicode.Scalar(UInt8(0x40 + next() % 62)))
      var decoder = InputDecoder(table: KeyTable())
      var events: [InputEvent] = []
      feed(body, to: &decoder, &events)
      decoder.timeOut(into: &events)
      let letters = events.filter { if case .key(.character) = $0 { true } else { false } }
      // rxvt's `$` ends a sequence early: what follows it is typed.
      #expect(letters.isEmpty || body.contains("$"), "\(body.dropFirst())")
    }
    for _ in 0..<2_000 {
      let noise = (0..<40).map { _ in UInt8(truncatingIfNeeded: next()) }
      var decoder = InputDecoder(table: KeyTable())
      var events: [InputEvent] = []
      noise.withUnsafeBufferPointer { decoder.feed($0, into: &events) }
      decoder.timeOut(into: &events)
      #expect(decoder.waiting == .nothing)
    }
  }
}
