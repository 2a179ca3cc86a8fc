import Exchange
import Formats
import Foundation
import Model
import Rulebook
import TestSupport
import Testing

/// The shipped files, but for laws, of which a few do: reading all takes its time.
private let shipped = Result {
  let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../Sources/Rulebook").standardized.path
  func texts(_ kind: String) throws -> [(text: String, file: String)] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)").sorted()
      .filter { $0.hasSuffix(".yaml") }
      .map { ("\(try String(contentsOfFile: "\(folder)/\(kind)/\($0)", encoding: .utf8))", $0) }
  }
  let names = ["eu-gdpr", "us-ca", "us-ma", "us-ny", "us-hipaa", "us-oh"]
  let laws = try texts("Laws").filter { names.contains(String($0.file.dropLast(5))) }
    .map { try LawFile(yaml: $0.text, file: $0.file).law }
  return (
    pack: RulePack(
      laws: laws,
      contents: try texts("Contents").map { try NoticeContent(yaml: $0.text, file: $0.file) }
    ),
    drafts: try texts("Templates").map { try NoticeDraft(yaml: $0.text, file: $0.file) }
  )
}

/// The review of a text for people of a place.
private func review(
  _ facts: NoticeTextFacts,
  _ place: String,
  duty: String,
  confirmations: [NoticeConfirmation] = [],
  incident: IncidentFacts = IncidentFacts(title: "Leak")
) throws -> NoticeReview {
  let text = NoticeText(
    id: 1,
    mailing: 1,
    number: 1,
    version: 1,
    facts: facts,
    writtenAt: Instant(seconds: 0),
    writtenBy: "meyer",
    confirmations: confirmations
  )
  var organisation = Organisation()
  (organisation.name, organisation.country) = ("Lindgren & Vale", "US")
  (organisation.contact, organisation.officer) = ("Call 1-800-555-0100", "officer@example.org")
  let edition = NoticeEditionFacts(
    date: "2026-03-13",
    mailing: MailingFacts(name: "All", obligations: [duty], channels: facts.channels),
    texts: [text],
    counts: [RecipientKind(jurisdiction: place, language: facts.language): 12],
    incident: Incident(
      id: 1,
      reference: "INC-2026-0001",
      version: 1,
      facts: incident,
      state: .triage,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0)
    ),
    organisation: organisation
  )
  let found = NoticeReviewer(try shipped.get().pack, organisation, duties: []).review(edition)
  return try #require(found.texts.first)
}

private func text(_ body: String, _ language: String = "en") -> NoticeTextFacts {
  NoticeTextFacts(language: language, subject: "Notice", body: body)
}

private func states(_ review: NoticeReview) -> [String: NoticeReview.Item.State] {
  var states: [String: NoticeReview.Item.State] = [:]
  for item in review.laws.flatMap(\.items) { states[item.id] = item.state }
  return states
}

struct `A text against GDPR article 34(2)` {
  @Test func `is seen to say each thing by a mark, a field or words, and left to a person`() throws
  {
    let found = try review(
      text(
        """
        {{! item: nature }}
        Somebody read your address in our shop.

        What are the consequences? You may get false letters.

        Our data protection officer is {{organisation.officer}}.
        """
      ),
      "EU-DE",
      duty: "EU-GDPR-34-DS"
    )
    #expect(
      states(found) == [
        "nature": .seen, "contact": .seen, "consequences": .seen, "measures": .notSeen,
        "advice": .notSeen,
      ]
    )
    let law = try #require(found.laws.first)
    #expect(law.items[0].sights.map(\.text) == ["marked in line 1"])
    #expect(
      law.items[1].sights.map(\.text) == [
        "field organisation.officer in line 6",
        "the words \u{201C}data protection officer\u{201D} in line 6",
      ]
    )
    #expect(found.people == 12)
    #expect(
      found.stoppers.contains(
        "T1: gdpr-34-2/measures is not seen; write it, or say that it does not apply"
      )
    )
    #expect(found.stoppers.contains("T1: gdpr-34-2/nature is to be confirmed by a person"))
  }

  @Test func `is settled by a person, item by item`() throws {
    let by = { (item: String, verdict: NoticeConfirmation.Verdict) in
      NoticeConfirmation(
        content: "gdpr-34-2",
        item: item,
        verdict: verdict,
        reason: verdict == .notApplicable ? "nothing to be done" : "",
        by: "meyer",
        at: Instant(seconds: 0)
      )
    }
    let found = try review(
      text("Hello {{organisation.name}}."),
      "EU-DE",
      duty: "EU-GDPR-34-DS",
      confirmations: [
        by("nature", .holds), by("contact", .holds), by("consequences", .holds),
        by("measures", .holds), by("advice", .notApplicable),
      ]
    )
    #expect(found.stoppers == [])
    #expect(states(found)["advice"] == .notApplicable)
  }

  @Test func `says nothing where a place still waits to be written`() throws {
    let found = try review(
      text("{{! item: nature }}\n[[say what happened]]\n\n[[Counsel: read this]]"),
      "EU-DE",
      duty: "EU-GDPR-34-DS"
    )
    #expect(states(found)["nature"] == .notSeen)
    #expect(
      found.problems.map(\.description) == [
        "line 2: is to be written: say what happened",
        "line 4: says that it is a draft that counsel must read; delete the line when counsel has",
      ]
    )
  }

  @Test func `reads German and French words`() throws {
    let german = try review(
      text("Was ist geschehen? Die Folgen sind klein. Wir raten zur Vorsicht.", "de"),
      "EU-DE",
      duty: "EU-GDPR-34-DS"
    )
    #expect(states(german)["nature"] == .seen)
    #expect(states(german)["consequences"] == .seen)
    #expect(states(german)["advice"] == .seen)
    let french = try review(
      text("Il y a eu une violation de données. Nous vous conseillons la prudence.", "fr"),
      "EU-FR",
      duty: "EU-GDPR-34-DS"
    )
    #expect(states(french)["nature"] == .seen)
    #expect(states(french)["advice"] == .seen)
  }

  @Test func `wants a value for every field that is the same for all`() throws {
    let found = try review(
      text("It was on {{incident.occurred}}. {{#incident.discovered}}x{{/incident.discovered}}"),
      "EU-DE",
      duty: "EU-GDPR-34-DS"
    )
    #expect(
      found.problems.map(\.description) == ["incident.occurred has no value: when it happened"]
    )
  }
}

struct `A text against California's title and headings` {
  private static let headings = [
    "What Happened", "What Information Was Involved", "What We Are Doing", "What You Can Do",
    "For More Information",
  ]

  private func body(
    title: String? = "Notice of Data Breach",
    _ headings: [String] = headings
  ) -> String {
    (title.map { "# \($0)\n\n" } ?? "Dear customer,\n\n")
      + headings.map { "## \($0)\n\nSome words stand here.\n" }.joined(separator: "\n")
  }

  private func faults(_ body: String) throws -> [String] {
    try #require(try review(text(body), "US-CA", duty: "US-CA-IND").laws.first).faults
  }

  @Test func `has all of them in their order, in any case of letters`() throws {
    #expect(try faults(body()) == [])
    #expect(try faults(body(title: "NOTICE OF DATA BREACH")) == [])
  }

  @Test func `misses what it misses, and nobody can confirm that away`() throws {
    #expect(
      try faults(body(title: "Notice of a Breach"))
        == ["the title must be \u{201C}Notice of Data Breach\u{201D}"]
    )
    #expect(
      try faults(body(title: nil)) == [
        "it must begin with the title \u{201C}Notice of Data Breach\u{201D}: # Notice of Data Breach"
      ]
    )
    #expect(
      try faults(body(Array(Self.headings.dropLast())))
        == ["the heading \u{201C}For More Information\u{201D} is missing"]
    )
    var swapped = Self.headings
    swapped.swapAt(0, 1)
    #expect(
      try faults(body(swapped))
        == ["the heading \u{201C}What Information Was Involved\u{201D} is not in its order"]
    )
    let empty = body().replacing(
      "## What You Can Do\n\nSome words stand here.",
      with: "## What You Can Do\n\n[[advice]]"
    )
    #expect(
      try faults(empty) == ["nothing stands under the heading \u{201C}What You Can Do\u{201D}"]
    )
  }
}

struct `A text against Massachusetts chapter 93H` {
  private func forbidden(
    _ body: String,
    reason: String? = nil
  ) throws -> [String: NoticeReview.Item.State] {
    let said = ["forbidden/nature", "forbidden/number"].map { item in
      NoticeConfirmation(
        content: "us-ma-93h-residents",
        item: item,
        verdict: .holds,
        reason: reason ?? "",
        by: "meyer",
        at: Instant(seconds: 0)
      )
    }
    let found = try review(
      text(body),
      "US-MA",
      duty: "US-MA-IND",
      confirmations: reason == nil ? [] : said
    )
    return states(found).filter { $0.key.hasPrefix("forbidden/") }
  }

  @Test(
    arguments: [
      "A hacker gained access to our servers.", "Our files were stolen.",
      "On March 3 ransomware struck.", "Someone read a misdirected e-mail.",
      "An unauthorized person saw your data.",
    ]
  )
  func `must not describe the nature of the breach`(body: String) throws {
    #expect(try forbidden(body)["forbidden/nature"] == .suspicious)
  }

  @Test(arguments: ["It concerns 1,204 Massachusetts residents.", "You are one of 12 people."])
  func `must not give the number of residents`(body: String) throws {
    #expect(try forbidden(body)["forbidden/number"] == .suspicious)
  }

  @Test func `is clear where no such words stand, and still for a person to confirm`() throws {
    let body = "You have the right to a police report. Call 1-888-378-4329 to freeze your file."
    #expect(
      try forbidden(body) == ["forbidden/nature": .clear, "forbidden/number": .clear]
    )
    #expect(try forbidden(body, reason: "")["forbidden/nature"] == .confirmed)
  }

  @Test func `may hold such a word where a person says why it does not describe the breach`() throws
  {
    let body = "If your card was stolen, tell the police."
    #expect(try forbidden(body, reason: "")["forbidden/nature"] == .suspicious)
    #expect(try forbidden(body, reason: "advice only")["forbidden/nature"] == .confirmed)
  }
}

struct `What should be known of a mailing's texts` {
  private func notes(
    _ texts: [NoticeTextFacts],
    _ counts: [RecipientKind: Int],
    obligations: [String],
    duties: [String] = []
  ) throws -> [String] {
    let facts = NoticeEditionFacts(
      date: "2026-03-13",
      mailing: MailingFacts(name: "All", obligations: obligations, channels: [.email, .post]),
      texts: texts.enumerated().map { index, facts in
        NoticeText(
          id: RecordID(index + 1),
          mailing: 1,
          number: index + 1,
          version: 1,
          facts: facts,
          writtenAt: Instant(seconds: 0),
          writtenBy: "meyer"
        )
      },
      counts: counts,
      incident: Incident(
        id: 1,
        reference: "INC-2026-0001",
        version: 1,
        facts: IncidentFacts(title: "Leak"),
        state: .triage,
        openedAt: Instant(seconds: 0),
        updatedAt: Instant(seconds: 0)
      ),
      organisation: Organisation()
    )
    return NoticeReviewer(try shipped.get().pack, Organisation(), duties: duties).review(facts)
      .notes
  }

  @Test func `are those without a law, in another language, protected, or without a channel`()
    throws
  {
    var english = text("x")
    english.takesOtherLanguages = true
    let found = try notes(
      [english],
      [
        RecipientKind(jurisdiction: "EU-IT", language: "it"): 3,
        RecipientKind(jurisdiction: "EU-IE", language: "en", protection: .child): 2,
        RecipientKind(jurisdiction: "JP", language: "en"): 1,
      ],
      obligations: ["EU-GDPR-34-DS"],
      duties: ["EU-GDPR-34-DS", "EU-GDPR-33-SA", "US-CA-IND"]
    )
    #expect(
      found == [
        "US-CA-IND applies to the incident and is none of the mailing's obligations",
        "no obligation reaches people in JP", "3 people of language it get a text in another",
        "2 people marked child get the common text", "6 people have no text over post",
      ]
    )
  }

  @Test func `is that nothing was checked where no duty is known`() throws {
    #expect(
      try notes([], [:], obligations: []) == [
        "the mailing names no obligation and none to tell people is known: nothing was checked"
      ]
    )
  }
}

struct `A shipped draft` {
  private static let drafts = (try? shipped.get().drafts) ?? []

  @Test func `is there for each law of the list, in English, German and French for the GDPR`() {
    let names = Set(Self.drafts.map(\.id))
    let wanted: Set<String> = [
      "gdpr-34-en", "gdpr-34-de", "gdpr-34-fr", "us-ca-en", "us-hipaa-en", "us-ny-en", "us-ma-en",
      "us-state-en", "neutral-en", "public-notice-en", "regulator-en", "call-centre-en",
    ]
    #expect(wanted.isSubset(of: names))
  }

  @Test(arguments: drafts)
  func `compiles, and says in itself that counsel must read it until that is edited out`(
    draft: NoticeDraft
  ) throws {
    _ = try NoticeTemplate(draft.facts)
    let found = try review(draft.facts, "EU-DE", duty: "EU-GDPR-34-DS")
    #expect(found.problems.count { $0.reason.contains("counsel must read") } == 1)
    #expect(!found.stoppers.isEmpty)
    #expect(draft.facts.draft == draft.id)
  }

  /// Which law each follows, for whom.
  private static let laws = [
    ("gdpr-34-en", "EU-IE", "EU-GDPR-34-DS"), ("gdpr-34-de", "EU-DE", "EU-GDPR-34-DS"),
    ("gdpr-34-fr", "EU-FR", "EU-GDPR-34-DS"), ("us-ca-en", "US-CA", "US-CA-IND"),
    ("us-ma-en", "US-MA", "US-MA-IND"), ("us-ny-en", "US-NY", "US-NY-IND"),
    ("us-hipaa-en", "US-OH", "US-HIPAA-IND"), ("us-state-en", "US-OH", "US-OH-IND"),
  ]

  @Test(arguments: laws)
  func `has, once its places are filled in, all that its law wants and nothing that it forbids`(
    name: String,
    place: String,
    duty: String
  ) throws {
    let draft = try #require(Self.drafts.first { $0.id == name })
    var facts = draft.facts
    // Whoever fills a place in writes a sentence there; counsel's line goes.
    facts.body = facts.body.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.lowercased().hasPrefix("[[counsel") }.joined(separator: "\n")
      .replacing(/\[\[[^\]]*\]\]/, with: "Here is what we have to say.")
    let found = try review(
      facts,
      place,
      duty: duty,
      incident: IncidentFacts(
        title: "Leak",
        instants: [
          .occurred: try #require(StatedTime(year: 2026, month: 3, day: 3)),
          .discovered: try #require(StatedTime(year: 2026, month: 3, day: 9)),
        ]
      )
    )
    #expect(found.problems == [])
    let law = try #require(found.laws.first { draft.contents.contains($0.content) })
    #expect(law.faults == [])
    let open = law.items.filter { $0.state != .seen && $0.state != .clear }.map(\.id)
    // Form, method and plain language are no words of the text.
    #expect(Set(open).isSubset(of: ["form", "language", "method"]))
    let ease = try #require(found.ease)
    #expect(ease.grade == .easy || ease.grade == .standard, "\(ease.text)")
  }
}
