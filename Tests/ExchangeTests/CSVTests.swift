import Testing

@testable import Exchange

private func rows(
  _ bytes: [UInt8],
  piece: Int = .max,
  limits: CSVLimits = CSVLimits(),
  own: Bool = false
) throws -> [CSVReader.Row] {
  var reader = CSVReader(
    MemorySource(bytes, pieceSize: piece),
    limits: limits,
    undoesNeutralising: own
  )
  var rows: [CSVReader.Row] = []
  while let row = try reader.next() { rows.append(row) }
  return rows
}

private func text(_ rows: [CSVReader.Row]) -> [String] {
  rows.map { row in
    switch row.cells {
    case .success(let cells): "\(row.line) \(cells.joined(separator: "|"))"
    case .failure(let error): "! \(error)"
    }
  }
}

struct `The CSV reader` {
  @Test(arguments: [
    ("", []), ("a,b\n", ["1 a|b"]), ("a,b\r\nc,d", ["1 a|b", "2 c|d"]), (",\n", ["1 |"]),
    ("\"a\"\"b\",\"c,d\"\n", ["1 a\"b|c,d"]), ("\"a\nb\",c\nd,e\n", ["1 a\nb|c", "3 d|e"]),
    ("\"a\r\nb\"\r\n", ["1 a\r\nb"]), ("\u{FEFF}a,b\n", ["1 a|b"]), ("a\n\n\nb\n", ["1 a", "4 b"]),
    ("\"\"\n", ["1 "]), ("a,\"\"", ["1 a|"]), ("é,漢\n", ["1 é|漢"]), ("a,b,", ["1 a|b|"]),
    ("\"a\nb\n", ["! line 1, column 1: this quote has no end"]),
    (
      "a\nx,\"b\"c\nd",
      [
        "1 a", "! line 2, column 2: something follows the closing quote; quotes inside are doubled",
        "3 d",
      ]
    ),
    ("a\"b\nc", ["! line 1, column 1: a quote inside a cell without quotes", "2 c"]),
    ("a\rb\nc", ["! line 1, column 1: a carriage return outside quotes", "2 c"]),
    ("a\0b\nc", ["! line 1, column 1: a NUL character, which no text may hold", "2 c"]),
  ])
  func `reads rows as RFC 4180 says, in pieces of any size`(file: String, expected: [String]) throws
  {
    for piece in [1, 2, 5, .max] {
      #expect(try text(rows(Array(file.utf8), piece: piece)) == expected)
    }
  }

  @Test func `stops at its limits`() throws {
    let limits = CSVLimits(maximumCell: 4, maximumColumns: 2)
    #expect(
      try text(rows(Array("abcde,f\na,b,c\nabcd,e\n\"vwxyz\"\n".utf8), limits: limits)) == [
        "! line 1, column 1: a cell of over 4 bytes", "! line 2: more than 2 cells", "3 abcd|e",
        "! line 4, column 1: a cell of over 4 bytes",
      ]
    )
  }

  @Test(arguments: HostileString.corpus("invalid-utf8", "c1-raw"))
  func `refuses rows that are not UTF-8 and goes on`(entry: HostileString) throws {
    let bytes = Array("head\nok,\"".utf8) + entry.bytes + Array("\"\nnext\n".utf8)
    let found = try rows(bytes)
    #expect(found.count == 3)
    guard case .failure(let error) = found[1].cells else {
      Issue.record("\(entry.id) was read")
      return
    }
    #expect((error.line, error.column) == (2, 2))
  }
}

struct `A CSV export` {
  @Test(arguments: HostileString.corpus())
  func `gives every hostile text back through our own import`(entry: HostileString) throws {
    guard let text = entry.text, text.utf8.count < 1 << 20 else { return }
    #expect(
      CSVCell.restored(CSVCell.neutralised(text)).unicodeScalars.elementsEqual(text.unicodeScalars)
    )
    guard !text.unicodeScalars.contains("\0") else { return }
    let file = CSVWriter().row(["first", text]) + CSVWriter().row([text, "last"])
    let found = try rows(Array(file.utf8), own: true).map { try $0.cells.get() }
    #expect(found == [["first", text], [text, "last"]])
  }

  @Test(arguments: HostileString.corpus("formula"))
  func `leaves nothing that a spreadsheet would run`(entry: HostileString) throws {
    let text = try #require(entry.text)
    let row = CSVWriter().row([text, "x"])
    let harmless = ["-17.50", "%0A=1+1", "\",\"=1+1", ";=1+1"]
    if !harmless.contains(text) || text == "%0A=1+1" {
      #expect(row.hasPrefix("\"'"), "\(entry.id): \(row)")
    }
    let written = row.replacing("'", with: "")
    let readable = text.replacing("\"", with: "\"\"").replacing("'", with: "")
    #expect(written.contains(readable), "still readable")
    // Some split at these whatever quotes stand around them.
    for part in row.unicodeScalars.split(whereSeparator: { $0 == ";" || $0 == "\t" })
    where part.startIndex > row.startIndex {
      #expect(!"=@".unicodeScalars.contains(part.first ?? "x"), "\(entry.id): \(row)")
    }
    // However a dialect splits the line, no cell begins with a formula.
    for separator in [",", ";", "\t"] where !row.hasPrefix("\"") {
      for cell in row.split(separator: separator) { #expect(!"=+@".contains(cell.first ?? "x")) }
    }
  }

  @Test(arguments: [
    ("=1", "\"'=1\""), ("'=1", "\"''=1\""), ("'tis", "'tis"), ("-5", "-5"), ("+5.25", "+5.25"),
    ("-5.", "\"'-5.\""), ("-", "\"'-\""), ("+49 30 901820", "\"'+49 30 901820\""),
    (" =1", "\"' =1\""), (";=1+1", "\";'=1+1\""),
    ("a; +1+1", "\"a;' +1+1\""), ("a;'=1", "\"a;''=1\""), ("a;-5;b", "\"a;-5;b\""),
    ("x\n- list", "\"x\n- list\""), ("x\t=1", "\"x\t'=1\""), ("a=1", "a=1"), ("a;b", "\"a;b\""),
    ("SEP=,", "\"'SEP=,\""),
    ("2026-05-18", "2026-05-18"), ("", ""),
  ])
  func `marks formulas and nothing else`(cell: String, written: String) {
    #expect(CSVWriter().row([cell, "x"]) == written + ",x\r\n")
  }

  @Test func `can leave formulas as they are when asked`() {
    #expect(CSVWriter(isRaw: true).row(["=1+1"]) == "=1+1\r\n")
  }
}
