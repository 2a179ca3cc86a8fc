import Foundation
import TestSupport
import Testing

@testable import Exchange

private func messages(_ text: String, pieceSize: Int = .max) throws -> [String] {
  var reader = MailboxReader(MemorySource(Array(text.utf8), pieceSize: pieceSize))
  var found: [String] = []
  while let message = try reader.next() {
    #expect(message.number == found.count + 1)
    found.append(String(decoding: message.bytes, as: UTF8.self))
  }
  return found
}

private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

struct `A file of mail` {
  private static let one = "Subject: a\n\nFrom here on\n"
  private static let line = "From MAILER-DAEMON Thu Sep 18 17:54:04 2008\n"

  @Test(arguments: [
    ("", []), ("\n", []), (" ", []), (one, [one]), (one.replacing("\n", with: "\r\n"), [one]),
    (one.replacing("\n", with: "\r"), [one]), (one.replacing("\n", with: "\r\r\n"), [one]),
    ("Subject: a\n\nno end", ["Subject: a\n\nno end"]),
    (line + one, [one]), (line + one + "\n" + line + one, [one + "\n", one]),
    (line, []), (line + "\n" + line + one, [one]),
    // The RFC wants an empty line before the next one.
    (line + one + line, [one + line]),
    (line + "a: b\n\n>From x\n>>From y\n> From z\n", ["a: b\n\nFrom x\n>From y\n> From z\n"]),
    (
      line + "a: b\n\nFrom here\n\nFrom there to 2008\n",
      ["a: b\n\nFrom here\n\nFrom there to 2008\n"]
    ),
    ("a: b\n\n\(line)>From x\n", ["a: b\n\n\(line)>From x\n"]),
    ("\n\n" + line + one, [one]),
  ])
  func `is taken apart at the lines that begin a message`(text: String, parts: [String]) throws {
    for size in [Int.max, 1, 7] { #expect(try messages(text, pieceSize: size) == parts) }
  }

  @Test func `is cut where a message is longer than is kept, and goes on behind it`() throws {
    var limits = MailLimits()
    limits.maximumMessage = 40
    let long = Self.line + "a: b\n\n" + String(repeating: "0123456789\n", count: 9) + "\n"
    let source = MemorySource(Array((long + Self.line + Self.one).utf8))
    var reader = MailboxReader(source, limits: limits)
    let first = try #require(try reader.next())
    #expect(first.isCut && first.bytes.count == 39)
    let second = try #require(try reader.next())
    #expect(String(decoding: second.bytes, as: UTF8.self) == Self.one && !second.isCut)
  }

  @Test func `may be one line without an end`() throws {
    let long = String(repeating: "x", count: 3 << 20)
    #expect(try messages(long).map(\.count) == [3 << 20])
  }

  @Test func `is every message of a Maildir, and the mails and mailboxes of a folder`() throws {
    let folder = try TemporaryDirectory()
    for name in ["box/cur", "box/new", "box/tmp", "plain/deep"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    let names = [
      "box/cur/17.M1P2.host:2,S", "box/new/18.M1P2.host", "box/tmp/19.M1P2.host", "plain/a.eml",
      "plain/deep/b.MBOX", "plain/c.txt",
    ]
    for name in names {
      try Data("a: b\n\n".utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    }
    let found = MailFiles.expand([folder.file("box"), folder.file("plain"), "-"])
    #expect(
      found.files.map(\.path) == ["plain/a.eml", "plain/deep/b.MBOX"].map(folder.file) + ["-"]
        + ["box/cur/17.M1P2.host:2,S", "box/new/18.M1P2.host"].map(folder.file)
    )
    #expect(found.refused.isEmpty)
    #expect(
      MailFiles.expand([folder.file("box/tmp")]).refused.map(\.path) == [folder.file("box/tmp")]
    )
  }
}

struct `A message` {
  @Test func `has fields, folded or not, up to the first empty line`() {
    let part = MailPart(
      bytes("Subject: one\n two\n\tthree\nX-Empty:\nstray\nTo : a@b\n\nbody\n\nmore\n")
    )
    #expect(part.headers.plain("subject") == "one two three")
    #expect(part.headers.plain("x-empty") == "")
    #expect(part.headers.plain("to") == "a@b")
    #expect(part.body.text == "body\n\nmore\n")
    #expect(MailPart(bytes("no field at all\nbody")).body.text == "no field at all\nbody")
    #expect(MailPart([]).text == "")
  }

  @Test(arguments: [
    ("=?utf-8?Q?caf=C3=A9_noir?=", "café noir"),
    ("=?UTF-8?B?44Gr44KD44KT44GT?=", "にゃんこ"),
    ("=?iso-8859-1*fr?q?=E9t=E9?= =?iso-8859-1?q?s?=!", "étés!"),
    ("=?utf-8?B?w6k=?=\n =?utf-8?B?w6k=?=", "éé"),
    // Cut in the middle of a character.
    ("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"),
    ("a =?utf-8?Q?b?= c", "a b c"), ("=?utf-8?X?b?=", "=?utf-8?X?b?="),
    ("=?utf-8?Q?b", "=?utf-8?Q?b"),
    ("=?", "=?"), ("=??=", "=??="), ("=?iso-2022-jp?B?GyRCJEskYyQkGyhC?=", "にゃい"),
    ("=?no-such-set?Q?a=80?=", "a€"), ("caf\u{E9}", "café"),
  ])
  func `has encoded words in its fields`(value: String, text: String) {
    #expect(EncodedWords.decode(MailHeaders.unfold(bytes(value))) == text)
  }

  @Test(arguments: [
    ("text/plain; charset=utf-8", "text/plain", ["charset": "utf-8"]),
    (
      "Multipart/Report; BOUNDARY=\"a \\\"b; c\";\n report-type=x", "multipart/report",
      ["boundary": "a \"b; c", "report-type": "x"]
    ),
    ("multipart/mixed; boundary*0=ab; boundary*1=\"cd\"", "multipart/mixed", ["boundary": "abcd"]),
    ("text", "text/plain", [:]), ("", "text/plain", [:]), ("; ; =", "text/plain", [:]),
    ("text/html;charset", "text/html", [:]), ("a/b; c=\"unclosed", "a/b", ["c": "unclosed"]),
  ])
  func `has a type with parameters`(value: String, name: String, parameters: [String: String]) {
    let type = MailType(MailHeaders.unfold(bytes(value)))
    #expect((type.name, type.parameters) == (name, parameters))
  }

  @Test(arguments: [
    ("base64", "YWJj\nZGU=", "abcde"), ("base64", "YWJj!*ZA==ZQ==", "abcde"),
    ("BASE64 ", "YQ", "a"),
    ("base64", "", ""), ("quoted-printable", "a=3Db=\nc=20\n", "a=bc \n"),
    ("quoted-printable", "a= \t\nb=", "ab"), ("quoted-printable", "=4 =GG=", "=4 =GG"),
    ("8bit", "é", "é"), ("x-none", "=41", "=41"),
  ])
  func `has a body behind its transfer encoding`(encoding: String, body: String, text: String) {
    let part = MailPart(bytes("Content-Transfer-Encoding: \(encoding)\n\n\(body)"))
    #expect(part.text == text)
  }

  @Test(
    arguments: [
      ("iso-8859-1", [0x80, 0xE9], "€é"), ("windows-1252", [0x93, 0x81], "“\u{FFFD}"),
      ("iso-8859-15", [0xA4], "€"), ("koi8-r", [0xC1], "а"), ("shift_jis", [0x82, 0xA0], "あ"),
      ("euc-jp", [0xA4, 0xA2], "あ"), ("gb2312", [0xC4, 0xE3], "你"), ("big5", [0xA7, 0x41], "你"),
      ("utf-8", [0xC3, 0x28], "\u{FFFD}("), ("", [0xC3, 0xA9], "é"), ("", [0xE9], "é"),
      ("utf-16be", [0x00, 0x41, 0x26, 0x3A], "A☺"), ("utf-16", [0xFE, 0xFF, 0x00, 0x41], "A"),
      // The escape back to ASCII is lost; every line begins there again.
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 10, 0x61], "あ\na"),
      ("us-ascii", [0x41, 0xE9], "A\u{FFFD}"), ("/etc/passwd", [0x41, 0xE9], "Aé"),
      ("shift_jis", [0x82], "\u{FFFD}"), ("utf-16be", [0x00], "\u{FFFD}"),
    ] as [(String, [UInt8], String)]
  )
  func `has text in many character sets`(charset: String, raw: [UInt8], text: String) {
    #expect(MailCharset.text(raw[...], charset.isEmpty ? nil : charset) == text)
  }

  @Test func `has parts in parts, told from their neighbours with longer boundaries`() {
    let message = MailPart(
      bytes(
        """
        Content-Type: multipart/mixed; boundary="a"

        preamble
        --a
        Content-Type: multipart/alternative; boundary="ab"

        --ab

        plain
        --ab
        Content-Type: text/html

        <p>one&nbsp;<b>two</b><style>x</style><br>three &lt; four &unknown; <!-- five -->
        --ab--
        --a \t
        Content-Type: message/rfc822

        Subject: inner

        --a--
        epilogue
        --a

        none
        """
      )
    )
    #expect(
      message.all.map(\.type.name) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "message/rfc822",
      ]
    )
    #expect(message.all[2].text == "plain")
    #expect(message.all[3].text == "\none two\nthree < four &unknown; ")
    #expect(message.all[4].enclosed.headers.plain("subject") == "inner")
  }

  @Test func `is read to a depth and a number of parts, and no further`() {
    let deep = (0..<500).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }
    #expect(MailPart(bytes(deep.joined())).all.count == MailLimits().maximumDepth + 1)
    let wide =
      "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 5000)
    #expect(MailPart(bytes(wide)).all.count == MailLimits().maximumParts + 1)
    let same = String(repeating: "Content-Type: multipart/mixed; boundary=b\n\n--b\n", count: 300)
    #expect(MailPart(bytes(same)).all.count <= MailLimits().maximumParts + 1)
    let fields = String(repeating: "a: b\n", count: 5000)
    #expect(MailPart(bytes(fields)).headers.fields.count == MailLimits().maximumFields)
  }

  @Test(arguments: [
    ("<a@b.example>:", ["a@b.example"]),
    ("to a.b+c@d-e.example, f@g", ["a.b+c@d-e.example", "f@g"]),
    ("\"a b\"@c.example", ["\"a b\"@c.example"]), ("a@b.example...", ["a@b.example"]),
    ("a@[192.0.2.1] x", ["a@[192.0.2.1]"]), ("@", []), ("a@", []), ("@b", []), ("a @ b", []),
    ("<müller@bücher.example>", ["müller@bücher.example"]), ("用户@例子。", []),
    ("kijitora@example.jp您好", ["kijitora@example.jp"]), ("'a@b'", ["a@b"]), ("\"@x", []),
    ("a@b@c", ["a@b"]),
  ])
  func `names addresses in its words`(line: String, addresses: [String]) {
    #expect(MailAddresses.find(in: bytes(line)).map(\.address) == addresses)
  }
}
