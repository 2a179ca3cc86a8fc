import Testing

@testable import Exchange

/// A document as one line: what begins, text, what ends.
private func events(
  _ bytes: [UInt8],
  piece: Int = .max,
  limits: XMLLimits = XMLLimits()
) throws -> String {
  var reader = XMLReader(MemorySource(bytes, pieceSize: piece), limits: limits)
  var out: [String] = []
  while let event = try reader.next() {
    switch event {
    case .start(let tag):
      let attributes = tag.attributes.map { " \($0.name)=\($0.value)" }.joined()
      out.append("<\(tag.name)\(attributes)")
    case .text(let text): out.append("'\(text)'")
    case .end: out.append(">")
    }
  }
  return out.joined(separator: " ")
}

private func refusal(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) -> String {
  do {
    return "read: \(try events(bytes, limits: limits))"
  } catch {
    return "\(error)"
  }
}

private func skipping(_ bytes: [UInt8], piece: Int = .max) throws {
  var reader = XMLReader(MemorySource(bytes, pieceSize: piece))
  _ = try reader.next()
  try reader.skip()
  while try reader.next() != nil {}
}

struct `The XML reader` {
  @Test(arguments: [
    ("<a/>", "<a >"), ("<a></a>\n", "<a >"), ("\u{FEFF}<a>x</a>", "<a 'x' >"),
    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<a/>\n<!-- d --><?p i?>", "<a >"),
    ("<a b=\"1\" c='2'/>", "<a b=1 c=2 >"), ("<p:a p:b = '1' xmlns:p=\"urn:x\"/>", "<a b=1 >"),
    ("<a>x<!-- y -->z<b/> \n </a >", "<a 'xz' <b > >"),
    ("<a>\n <b> x </b>\n</a>", "<a <b ' x ' > >"),
    ("<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x41;&#x1F600;</a>", "<a '<&>\"'AA😀' >"),
    ("<a b=\"&lt;&#9;x\ty\nz\r\nw\"/>", "<a b=<\tx y z w >"),
    ("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<a '<b>&amp;]]>' >"),
    ("<a>1\r\n2\r3</a>", "<a '1\n2\n3' >"), ("<a b='>'>é漢]] ]</a>", "<a b=> 'é漢]] ]' >"),
    ("<é·ü/>", "<é·ü >"), ("<a><?x y?></a>", "<a >"),
  ])
  func `reads a document in pieces of any size`(document: String, expected: String) throws {
    for piece in [1, 2, 3, 5, .max] {
      #expect(try events(Array(document.utf8), piece: piece) == expected)
      try skipping(Array(document.utf8), piece: piece)
    }
  }

  @Test(arguments: [
    ("", "line 1: the file is empty"), (" \n", "line 2: there is no element in it"),
    ("x", "line 1: text before the root"), ("<a/>x", "line 1: text behind the root"),
    ("&lt;<a/>", "line 1: text before the root"),
    ("<a/><b/>", "line 1: a second element follows the root"),
    ("<a>\n<b>", "line 2: the document ends inside <b>: it is cut off"),
    ("<a>text", "line 1: the document ends inside <a>: it is cut off"),
    ("<a", "line 1: the document ends inside a tag: it is cut off"),
    ("<a></a", "line 1: the document ends inside a tag: it is cut off"),
    ("<a><!-- ", "line 1: the document ends inside a comment: it is cut off"),
    ("<a><![CDATA[x", "line 1: the document ends inside CDATA: it is cut off"),
    ("<a><b></a></b>", "line 1: </a> where </b> should stand"),
    ("</a>", "line 1: </a> closes nothing"),
    ("<p:a></q:a>", "line 1: </q:a> where </p:a> should stand"),
    ("<a b='1' b='2'/>", "line 1: the attribute b stands here twice"),
    ("<a b=1/>", "line 1: an attribute's value without quotes"),
    ("<a b/>", "line 1: an attribute without a value"),
    ("<a b='<'/>", "line 1: a < inside an attribute's value"),
    ("<a b='1'c='2'/>", "line 1: no blank in front of an attribute"),
    ("<1/>", "line 1: no name begins like that"), ("< a/>", "line 1: a name should stand here"),
    ("<a:/>", "line 1: a name with a colon out of place"),
    ("<a>&nbsp;</a>", "line 1: &nbsp; is no character that is known here"),
    ("<a>&#0;</a>", "line 1: &#0; is no character that is known here"),
    ("<a>&#xD800;</a>", "line 1: &#xD800; is no character that is known here"),
    ("<a>&#27;</a>", "line 1: &#27; is no character that is known here"),
    ("<a>a & b</a>", "line 1: a & that begins no character; write &amp;"),
    ("<a>]]></a>", "line 1: ]]> in text"), ("<a><!-- -- --></a>", "line 1: -- inside a comment"),
    ("<a><?xml version='1.0'?></a>", "line 1: an XML declaration that is not at the beginning"),
    ("<![CDATA[x]]><a/>", "line 1: CDATA outside the root"),
    (
      "<?xml version='1.0' encoding='UTF-16'?><a/>",
      "line 1: the encoding UTF-16; only UTF-8 is read"
    ),
    (
      "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
      "line 1: the encoding ISO-8859-1; only UTF-8 is read"
    ),
    ("<!DOCTYPE a><a/>", "line 1: a document type (<!DOCTYPE), which is never read"),
    ("<!ENTITY a 'b'><a/>", "line 1: <! that begins neither a comment nor CDATA"),
  ])
  func `refuses what is not XML, whether it is read or skipped`(document: String, reason: String) {
    #expect(refusal(Array(document.utf8)) == reason)
    for piece in [1, 3, .max] {
      #expect(throws: UnreadableXML.self, "skipped in pieces of \(piece)") {
        try skipping(Array("<r>\(document)</r>".utf8), piece: piece)
        try skipping(Array(document.utf8), piece: piece)
      }
    }
  }

  @Test(arguments: [
    """
    <?xml version="1.0"?>
    <!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
    <lolz>&b;</lolz>
    """,
    "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<!-- c -->\n<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1/\">]><a>&x;</a>",
    "\n<!DOCTYPE a PUBLIC '-//x' 'http://127.0.0.1/x.dtd'><a/>",
  ])
  func `refuses every document type before its content is looked at`(document: String) {
    #expect(
      refusal(Array(document.utf8)) == "line 2: a document type (<!DOCTYPE), which is never read"
    )
  }

  @Test func `refuses bytes that are not UTF-8, wherever they stand`() {
    let bad: [[UInt8]] = [
      [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xFF],
      [0xC3],
    ]
    for bytes in bad {
      for (before, after) in [("<a>\n", "</a>"), ("<a>\n<!--", "--></a>"), ("<a b='\n", "'/>")] {
        let document = Array(before.utf8) + bytes + Array(after.utf8)
        #expect(refusal(document) == "line 2: bytes that are not UTF-8")
        #expect(throws: UnreadableXML.self) { try events(document, piece: 1) }
      }
    }
  }

  @Test func `refuses control characters, wherever they stand`() {
    for (before, after) in [("<a>\n", "</a>"), ("<a>\n<!--", "--></a>"), ("<a b='\n", "'/>")] {
      let (before, after) = (Array(before.utf8), Array(after.utf8))
      #expect(
        refusal(before + [0] + after) == "line 2: a NUL character, which no text may hold"
      )
      #expect(
        refusal(before + [0x1B] + after)
          == "line 2: the control character 0x1b, which XML does not allow"
      )
    }
  }

  @Test func `says of UTF-16 what it is`() {
    let reason = "line 1: this is UTF-16 or UTF-32; only UTF-8 is read"
    #expect(refusal([0xFF, 0xFE, 0x3C, 0, 0x61, 0]) == reason)
    #expect(refusal([0xFE, 0xFF, 0, 0x3C]) == reason)
    #expect(refusal([0, 0x3C, 0, 0x61]) == reason)
  }

  @Test func `stops at its limits`() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(refusal(Array(deep.utf8)) == "line 1: nested deeper than 256 elements")
    let limits = XMLLimits(maximumDepth: 9, maximumAttributes: 2, maximumTag: 40, maximumText: 8)
    #expect(
      refusal(Array("<a b='1' c='2' d='3'/>".utf8), limits: limits)
        == "line 1: more than 2 attributes"
    )
    let long = "<a b='\(String(repeating: "x", count: 50))'/>"
    #expect(refusal(Array(long.utf8), limits: limits) == "line 1: a tag of over 40 bytes")
    #expect(
      refusal(Array("<a>1234<!-- -->56789</a>".utf8), limits: limits)
        == "line 1: a text of over 8 bytes"
    )
  }

  @Test func `gives the text inside an element with the markup taken out`() throws {
    var reader = XMLReader(MemorySource(Array("<a>x <b>y</b><br/>z<p>w</p></a>".utf8)))
    _ = try reader.next()
    #expect(try reader.content() == "x y\nz\nw")
    #expect(try reader.next() == nil)
  }
}
