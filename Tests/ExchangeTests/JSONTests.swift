import Testing

@testable import Exchange

private func read(_ text: String, _ limits: JSONLimits = JSONLimits()) throws -> JSON {
  try JSON(reading: Array(text.utf8), limits: limits)
}

private func refusal(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) -> UnreadableJSON? {
  do throws(UnreadableJSON) {
    _ = try JSON(reading: bytes, limits: limits)
    return nil
  } catch { return error }
}

struct `The JSON reader` {
  @Test(arguments: [
    ("null", JSON.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
    ("-0", .number("-0")), ("1.0", .number("1.0")), ("1E+2", .number("1E+2")),
    ("12000000000", .number("12000000000")), ("\"\"", .string("")), ("[]", .array([])),
    ("{}", .object(JSONObject())),
    (
      "[1,[2],{}]",
      .array([
        .number("1"), .array([.number("2")]), .object(JSONObject()),
      ])
    ),
    ("\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\\u0041\\ud83d\\ude00é\"", .string("a\n\t\"\\/\u{8}\u{C}\rA😀é")),
    ("{\"a\":1,\"b\":[true]}", .members(["a": .number("1"), "b": .array([.bool(true)])])),
    ("\u{FEFF}{\"a\":1}", .members(["a": .number("1")])),
  ])
  func `reads what RFC 8259 allows`(text: String, value: JSON) throws {
    #expect(try read(text) == value)
    #expect(try read(read(text).written()) == value)
    #expect(try read(read(text).written(.indented)) == value)
  }

  @Test(arguments: [
    ("", 1, 1, "$", "the text ends"), ("{", 1, 2, "$", "the text ends inside an object"),
    ("[1,]", 1, 4, "$[1]", "] does not begin a value"), ("[1 2]", 1, 4, "$", "2 where a comma"),
    ("{\"a\":1,}", 1, 8, "$", "} where a key"), ("{a:1}", 1, 2, "$", "a where a key"),
    ("{\"a\" 1}", 1, 6, "$", "1 where a colon"), ("1 2", 1, 3, "$", "something follows"),
    ("NaN", 1, 1, "$", "N does not begin a value"), ("{\"n\":-Infinity}", 1, 7, "$.n", "a digit"),
    ("01", 1, 1, "$", "a number does not begin with a zero"), ("+1", 1, 1, "$", "+ does not"),
    (".5", 1, 1, "$", ". does not"), ("1.", 1, 3, "$", "a digit"), ("1e", 1, 3, "$", "a digit"),
    ("1e999", 1, 1, "$", "a number too large"), ("nul", 1, 1, "$", "only true, false and null"),
    ("\"a", 1, 1, "$", "this string has no end"), ("\"\\x\"", 1, 2, "$", "\\x is no escape"),
    ("\"\\u12\"", 1, 2, "$", "\\u needs four"), ("\"\\ud800\"", 1, 2, "$", "half a surrogate"),
    ("\"\\udc00\"", 1, 2, "$", "half a surrogate"), ("\"\\u0000\"", 1, 2, "$", "a NUL"),
    ("\"\\ud83d\\u0041\"", 1, 2, "$", "half a surrogate"), ("'a'", 1, 1, "$", "' does not"),
    ("// x\n1", 1, 1, "$", "/ does not begin"), ("\"a\nb\"", 1, 3, "$", "byte 0x0a inside"),
    (
      "{\"a\":{\"b\":[0,\n  {\"c\":1, \"c\":2}]}}", 2, 11, "$.a.b[1].c",
      "this key stands here twice"
    ),
    ("{\"odd key\":[x]}", 1, 13, "$[\"odd key\"][0]", "x does not"),
  ])
  func `refuses everything else and says where`(
    text: String,
    line: Int,
    column: Int,
    path: String,
    reason: String
  ) throws {
    let error = try #require(refusal(Array(text.utf8)))
    #expect((error.line, error.column) == (line, column))
    #expect(error.path == path)
    #expect(error.reason.hasPrefix(reason), "\(error.reason)")
  }

  @Test func `finds a duplicate among many keys`() throws {
    let keys = (0..<400).map { "\"k\($0)\":0" } + ["\"k7\":1"]
    #expect(refusal(Array("{\(keys.joined(separator: ","))}".utf8))?.path == "$.k7")
    #expect(refusal(Array("{\(keys.dropLast().joined(separator: ","))}".utf8)) == nil)
  }

  @Test func `tells texts apart that only look the same`() throws {
    let value = try read("{\"\\u00e9\":1,\"e\\u0301\":2}")
    #expect(value["\u{E9}"] == .number("1"))
    #expect(value["e\u{301}"] == .number("2"))
    #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
  }

  @Test func `stops at its limits without crashing`() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(refusal(deep)?.reason == "nested deeper than 128 levels")
    let objects = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
    #expect(refusal(objects)?.reason == "nested deeper than 128 levels")
    let fits = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(refusal(Array(fits.utf8)) == nil)
    #expect(refusal(Array("\"123456\"".utf8), JSONLimits(maximumBytes: 7)) != nil)
    #expect(refusal(Array("\"12345\"".utf8), JSONLimits(maximumBytes: 7)) == nil)
    #expect(refusal([UInt8](repeating: UInt8(ascii: "9"), count: 401)) != nil)
  }

  @Test func `keeps the order of keys and finds integers`() throws {
    let value = try read("{\"z\":1.0,\"a\":1e3,\"m\":0.5,\"q\":9223372036854775807}")
    #expect(value.object?.keys == ["z", "a", "m", "q"])
    #expect(value["z"]?.integer == 1)
    #expect(value["a"]?.integer == 1000)
    #expect(value["m"]?.integer == nil)
    #expect(value["q"]?.integer == .max)
    #expect(value == (try read("{\"a\":1e3,\"q\":9223372036854775807,\"z\":1.0,\"m\":0.5}")))
    #expect(value.written() == "{\"z\":1.0,\"a\":1e3,\"m\":0.5,\"q\":9223372036854775807}")
  }

  @Test(arguments: HostileString.corpus("json-doc"))
  func `refuses a hostile document, or gives it back exactly`(entry: HostileString) throws {
    let refused = Set(["001", "002", "003", "004", "005", "006", "009", "010", "011", "012", "015"])
    let error = refusal(entry.bytes)
    #expect((error != nil) == refused.contains(String(entry.id.suffix(3))), "\(entry.id)")
    guard error == nil else {
      #expect(error?.line == 1)
      return
    }
    let written = try JSON(reading: entry.bytes).written()
    #expect(try JSON(reading: Array(written.utf8)) == JSON(reading: entry.bytes))
    #expect(written.utf8.allSatisfy { (32...126).contains($0) })
  }

  @Test(arguments: HostileString.corpus("invalid-utf8", "c1-raw"))
  func `refuses bytes that are not UTF-8 and says at which byte`(entry: HostileString) throws {
    let error = try #require(refusal(Array("[\"ok\",\"".utf8) + entry.bytes + Array("\"]".utf8)))
    #expect(error.path == "$[1]")
    #expect(error.column >= 8)
  }

  @Test(arguments: HostileString.corpus())
  func `brings every hostile text through a document unharmed`(entry: HostileString) throws {
    guard let text = entry.text, !text.unicodeScalars.contains("\0"), text.utf8.count < 1 << 20
    else { return }
    let document = JSON.members([text: .string(text)])
    let written = document.written()
    #expect(try read(written) == document)
    #expect(try JSON(reading: document.canonical) == document)
    let acting = written.unicodeScalars.filter {
      $0.value < 32 || (127...159).contains($0.value) || (0x2028...0x202E).contains($0.value)
        || (0x2066...0x2069).contains($0.value) || (0xE0000...0xE007F).contains($0.value)
    }
    #expect(acting.isEmpty)
  }
}

struct `The canonical form` {
  @Test func `is shared by equal documents and by no others`() throws {
    let one = try read("{ \"b\" : [1, 2],\n \"a\":\"\\u00e9\\u202e\" }")
    let two = try read("{\"a\":\"é\u{202E}\",\"b\":[1,2]}")
    #expect(one.canonical == two.canonical)
    #expect(one.canonical == Array("{\"a\":\"é\u{202E}\",\"b\":[1,2]}".utf8))
    #expect(try read("{\"a\":1}").canonical != read("{\"a\":1.0}").canonical)
  }
}

struct `A value at a path` {
  @Test func `is set by making the objects on the way, and removed with those it empties`() throws {
    var value = try read("{\"a\":{\"b\":{\"c\":1}},\"d\":2}")
    #expect(value[path: ["a", "b", "c"]] == .number("1"))
    value[path: ["x", "y"]] = .bool(true)
    value[path: ["a", "b", "c"]] = nil
    #expect(value.written() == "{\"d\":2,\"x\":{\"y\":true}}")
  }
}

struct `A stream of JSON elements` {
  private static func all(
    _ text: String,
    piece: Int = .max,
    limits: JSONLimits = JSONLimits()
  ) throws -> [String] {
    var stream = JSONStream(MemorySource(Array(text.utf8), pieceSize: piece), limits: limits)
    var out: [String] = []
    while let element = try stream.next() {
      switch element.value {
      case .success(let value): out.append("\(element.line) \(value.written())")
      case .failure(let error): out.append("\(element.line) ! \(error.path) \(error.reason)")
      }
    }
    return out
  }

  @Test(arguments: [
    ("[]", []), (" [ ] ", []), ("[{\"a\":1}, 2,\n \"],\"]", ["1 {\"a\":1}", "1 2", "2 \"],\""]),
    ("{\"a\":\n[1,\n2]}", ["1 {\"a\":[1,2]}"]),
    ("{\"a\":1}\n\n{\"b\":\"}\"}\r\n", ["1 {\"a\":1}", "3 {\"b\":\"}\"}"]),
    ("\u{FEFF}{\"a\":1}\n{\"b\":2}", ["1 {\"a\":1}", "2 {\"b\":2}"]),
    ("{\n\"a\":1}\n{\n\"b\":2}", ["1 {\"a\":1}", "3 {\"b\":2}"]),
    ("", ["1 ! $ the file is empty"]),
    ("hello", ["1 ! $ neither { nor [ at the beginning: this is no JSON file"]),
    (
      "{\"a\":1}\n{\"b\":\n{\"c\":3}",
      [
        "1 {\"a\":1}", "2 ! $.b the text ends where a value should stand", "3 {\"c\":3}",
      ]
    ),
    ("[1,,2]", ["1 1", "1 ! $[1] the text ends where a value should stand", "1 2"]),
    ("[1", ["1 1", "1 ! $[1] the array has no end"]),
    ("[1] 2", ["1 1", "1 ! $[1] something follows the end of the array"]),
    ("[{\"a\":[0,{\"b\":1,\"b\":2}]},3]", ["1 ! $[0].a[1].b this key stands here twice", "1 3"]),
    ("{\"a\":1} x", ["1 ! $ something follows the end of the document"]),
  ])
  func `gives each with its line, in pieces of any size`(text: String, expected: [String]) throws {
    for piece in [1, 2, 3, 7, .max] {
      #expect(try Self.all(text, piece: piece) == expected)
    }
  }

  @Test func `refuses one element that is too long and goes on`() throws {
    let long = "\"\(String(repeating: "x", count: 200))\""
    let found = try Self.all("[1,\(long),2]", limits: JSONLimits(maximumBytes: 100))
    #expect(found == ["1 1", "1 ! $[1] longer than 100 bytes", "1 2"])
    let lines = try Self.all(
      "{\"a\":1}\n{\"b\":\(long)}\n{\"c\":1}",
      limits: JSONLimits(maximumBytes: 100)
    )
    #expect(lines == ["1 {\"a\":1}", "2 ! $ longer than 100 bytes", "3 {\"c\":1}"])
  }
}
