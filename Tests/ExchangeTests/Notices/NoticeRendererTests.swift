import Exchange
import Foundation
import Model
import Testing

/// Renders a body and subject with values.
private func render(
  _ body: String,
  subject: String = "S",
  language: String = "en",
  _ values: [MergeField: String] = [:]
) throws(UnfitNotice) -> RenderedNotice {
  try NoticeRenderer().render(
    NoticeTextFacts(language: language, subject: subject, body: body),
    MergeValues(values)
  )
}

/// What is between the tags of a document's body.
private func inner(_ html: String) -> String {
  let start = html.firstRange(of: "1.4\">\n").map(\.upperBound) ?? html.startIndex
  let end = html.firstRange(of: "</body>").map(\.lowerBound) ?? html.endIndex
  return String(html[start..<end])
}

struct `A text that is rendered` {
  @Test func `has headings, paragraphs and lists, as plain text and as HTML`() throws {
    let notice = try render(
      """
      # Notice

      Dear {{name}},
      we write to you.

      - One
      - Two, which
        goes on

      ## What happened
      It did.
      """,
      subject: "To {{name}}",
      [.name: "Ada"]
    )
    #expect(notice.subject == "To Ada")
    #expect(
      notice.plain == """
        Notice
        ======

        Dear Ada,
        we write to you.

        - One
        - Two, which goes on

        What happened
        -------------

        It did.

        """
    )
    #expect(
      inner(notice.html) == """
        <h1>Notice</h1>
        <p>Dear Ada,<br>
        we write to you.</p>
        <ul>
        <li>One</li>
        <li>Two, which goes on</li>
        </ul>
        <h2>What happened</h2>
        <p>It did.</p>

        """
    )
    #expect(notice.html.contains("<html lang=\"en\">"))
    #expect(notice.html.contains("font-size: 12pt"))
  }

  @Test(
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("{{organisation.name}}", "{{organisation.name}}"), ("{{{x}}} {{>y}}", "{{{x}}} {{&gt;y}}"),
      ("\" onload='x'", "&quot; onload=&#39;x&#39;"), ("# Heading", "# Heading"),
      ("- point", "- point"), ("[[open]]", "[[open]]"),
      ("\u{202E}gnp.exe", "gnp.exe"), ("A\u{200F}da\u{200E} Love\u{AD}lace", "Ada Lovelace"),
      ("\u{2066}x\u{2069}\u{FEFF}y", "xy"), ("نمی\u{200C}خواهم", "نمی\u{200C}خواهم"),
      ("\u{1B}[2J", "&lt;U+001B&gt;[2J"),
      ("\u{E000}name\u{E001}", "&lt;U+E000&gt;name&lt;U+E001&gt;"), ("&amp;", "&amp;amp;"),
    ]
  )
  func `lets no value become markup, a tag, a heading or a control`(
    value: String,
    shown: String
  ) throws {
    let notice = try render("{{name}}", [.name: value, .organisationName: "SECRET"])
    #expect(inner(notice.html) == "<p>\(shown)</p>\n")
    #expect(!notice.plain.contains("SECRET"))
    #expect(!notice.plain.contains("====") && !notice.plain.contains("\u{1B}"))
  }

  @Test(arguments: [
    "Ada\r\nBcc: all@example.org", "Ada\nBcc: all@example.org", "Ada\u{85}Bcc: x", "A\u{2028}B: x",
  ])
  func `keeps a subject on one line whatever a value holds`(value: String) throws {
    let notice = try render("B", subject: "To {{name}}", [.name: value])
    #expect(!notice.subject.contains { $0.isNewline })
    #expect(!notice.subject.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func `breaks lines where an address has several`() throws {
    let notice = try render(
      "{{name}}\n{{address}}\nEnd",
      [.name: "A", .address: "Street 1\n<b>City"]
    )
    #expect(notice.plain == "A\nStreet 1\n<b>City\nEnd\n")
    #expect(inner(notice.html) == "<p>A<br>\nStreet 1<br>\n&lt;b&gt;City<br>\nEnd</p>\n")
  }

  @Test func `has a part only where its field has a value`() throws {
    let body = """
      {{#offer}}
      Your code is {{offer}}.
      {{/offer}}
      {{^offer}}
      No code.
      {{/offer}}
      """
    #expect(try render(body, [.offer: "X-1"]).plain == "Your code is X-1.\n")
    #expect(try render(body).plain == "No code.\n")
    #expect(try render(body, [.offer: " \n"]).plain == "No code.\n")
  }

  @Test func `names what has no value, and what it cannot do without`() throws {
    let facts = NoticeTextFacts(
      language: "en",
      subject: "{{reference}}",
      body: "Hi {{#name}}{{name}}{{/name}},\n{{#offer}}{{offer}} for {{address}}{{/offer}}"
    )
    let template = try NoticeTemplate(facts)
    #expect(template.needs == [.reference, .address])
    #expect(template.fields == [.reference, .name, .offer, .address])
    let renderer = NoticeRenderer()
    #expect(throws: UnfitNotice([NoticeProblem(line: 0, "reference has no value")])) {
      try renderer.render(facts, MergeValues([.name: "Ada"]))
    }
    #expect(throws: UnfitNotice([NoticeProblem(line: 2, "address has no value")])) {
      try renderer.render(facts, MergeValues([.reference: "C-1", .offer: "X"]))
    }
    // Where there is no offer nobody's address is needed.
    #expect(try renderer.render(facts, MergeValues([.reference: "C-1"])).plain == "Hi ,\n")
  }

  @Test(
    arguments: [
      ("{{email}}", "there is no field email"), ("{{> other}}", "takes in no other file"),
      ("{{<layout}}{{/layout}}", "inherits from no other"),
      ("{{$block}}{{/block}}", "inherits from no other"),
      ("{{{name}}}", "values always stand as text"),
      ("{{&name}}", "values always stand as text"), ("{{=<% %>=}}", "the delimiters stay"),
      ("{{%CONTENT_TYPE:TEXT}}", "pragmas are not taken"),
      ("{{uppercased(name)}}", "functions are not taken"), ("{{.}}", "there is no field"),
      ("{{#name}}", "has no {{/name}}"), ("{{#name}}{{/offer}}", "closes nothing"),
      ("{{/name}}", "closes nothing"), ("{{name", "is not closed"), ("{{}}", "names no field"),
      ("a\n{{name\n}}", "stands on one line"), ("\u{E000}", "private use"),
      ("{{incident.summary}}", "there is no field incident.summary"),
    ]
  )
  func `has no tag that is not on the list`(body: String, words: String) {
    #expect {
      try render(body, [.name: "Ada"])
    } throws: { error in
      "\(error)".contains(words)
    }
  }

  @Test func `tells each fault with its line`() {
    let facts = NoticeTextFacts(
      language: "en",
      subject: "{{x}}",
      body: "one\n{{y}}\nthree {{>z}}"
    )
    #expect {
      try NoticeTemplate(facts)
    } throws: { error in
      (error as? UnfitNotice)?.problems.map(\.line) == [0, 2, 3]
    }
  }

  @Test func `is the same to the byte whenever it is rendered again`() throws {
    let renderer = NoticeRenderer()
    let facts = NoticeTextFacts(
      language: "de",
      subject: "S",
      body: "{{#name}}Guten Tag {{name}}{{/name}}"
    )
    let first = try renderer.render(facts, MergeValues([.name: "Ada"]))
    _ = try renderer.render(facts, MergeValues())
    #expect(try renderer.render(facts, MergeValues([.name: "Ada"])) == first)
    #expect(try NoticeRenderer().render(facts, MergeValues([.name: "Ada"])).digest == first.digest)
  }

  @Test func `runs from right to left where its language does`() throws {
    #expect(try render("x", language: "ar").html.contains("<html lang=\"ar\" dir=\"rtl\">"))
  }
}
