import Model
import TestSupport
import Testing

/// A text in few words.
private func text(
  _ number: Int,
  _ language: String,
  _ jurisdictions: [String] = [],
  _ channels: [MailingChannel] = [.email],
  _ audience: NoticeAudience = .everyone,
  others: Bool = false,
  isRemoved: Bool = false
) -> NoticeText {
  NoticeText(
    id: RecordID(number),
    mailing: 1,
    number: number,
    version: 1,
    facts: NoticeTextFacts(
      channels: channels,
      language: language,
      jurisdictions: jurisdictions,
      audience: audience,
      takesOtherLanguages: others,
      subject: "S",
      body: "B"
    ),
    writtenAt: Instant(seconds: 0),
    writtenBy: "meyer",
    isRemoved: isRemoved
  )
}

struct `The text that a person gets` {
  private static let texts = NoticeTexts([
    text(1, "en", others: true),
    text(2, "de"),
    text(3, "en", ["US-MA"]),
    text(4, "en", ["US"]),
    text(5, "en", [], [.email], .child),
    text(6, "fr-ca", ["CA-QC"], [.post]),
    text(7, "de", ["EU-AT"], isRemoved: true),
    text(8, "en", [], []),
  ])

  @Test(
    arguments: [
      ("EU-DE", "de", RecipientProtection.none, MailingChannel.email, "T2"),
      // Austrian German: the language without its country fits.
      ("EU-AT", "de-at", .none, .email, "T2"),
      ("EU-IE", "en", .none, .email, "T1"),
      // No Italian text: the one that takes other languages.
      ("EU-IT", "it", .none, .email, "T1"),
      ("EU-DE", "", .none, .email, "T1"),
      // A state with a form of its own never gets the common one; its country's is behind it.
      ("US-MA", "en", .none, .email, "T3"),
      ("US-OH", "en", .none, .email, "T4"),
      ("US-MA", "es", .none, .email, nil),
      // Over another channel neither: Massachusetts has its text for e-mail alone.
      ("US-MA", "en", .none, .post, nil),
      ("EU-IE", "en", .child, .email, "T5"),
      ("EU-IE", "en", .deceased, .email, "T1"),
      // A child in Massachusetts: the law of the place comes before the words for a child.
      ("US-MA", "en", .child, .email, "T3"),
      ("CA-QC", "fr", .none, .post, "T6"),
      ("CA-QC", "fr", .none, .email, nil),
      ("EU-DE", "de", .none, .sms, nil),
    ] as [(String, String, RecipientProtection, MailingChannel, String?)]
  )
  func `is that of the place, then of the language, then for whom it is written`(
    place: String,
    language: String,
    protection: RecipientProtection,
    channel: MailingChannel,
    name: String?
  ) {
    let kind = RecipientKind(jurisdiction: place, language: language, protection: protection)
    #expect(Self.texts.text(for: kind, over: channel)?.name == name)
  }

  @Test func `is the first added where nobody knows a language and none takes others`() {
    let texts = NoticeTexts([text(2, "de"), text(1, "fr")])
    let kind = RecipientKind(jurisdiction: "EU-LU", language: "")
    #expect(texts.text(for: kind, over: .email)?.name == "T1")
  }
}

struct `The digest of a text` {
  @Test func `covers words, language, places, channels and for whom it is`() {
    let base = text(1, "de").facts
    var digests = [base.digest]
    var other = base
    other.subject = "T"
    digests.append(other.digest)
    other = base
    other.body = "C"
    digests.append(other.digest)
    for facts in [
      text(1, "en").facts, text(1, "de", ["EU-DE"]).facts, text(1, "de", [], [.post]).facts,
      text(1, "de", [], [.email], .child).facts, text(1, "de", others: true).facts,
    ] {
      digests.append(facts.digest)
    }
    #expect(Set(digests).count == digests.count)
    other = base
    other.draft = "gdpr-34-de"
    #expect(other.digest == base.digest)
  }
}

struct `An edition` {
  private func facts(
    _ texts: [NoticeText],
    _ counts: [RecipientKind: Int],
    channels: [MailingChannel] = [.email, .post],
    organisation name: String = "Lindgren & Vale",
    date: String = "2026-03-13"
  ) -> NoticeEditionFacts {
    var organisation = Organisation()
    organisation.name = name
    return NoticeEditionFacts(
      date: date,
      mailing: MailingFacts(name: "All", obligations: ["EU-GDPR-34-DS"], channels: channels),
      texts: texts,
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
      organisation: organisation
    )
  }
  private let german = RecipientKind(jurisdiction: "EU-DE", language: "de")
  private let italian = RecipientKind(jurisdiction: "EU-IT", language: "it")

  @Test func `says who gets what over which channel, and who gets nothing`() {
    let edition = facts([text(1, "de"), text(2, "de", [], [.post])], [german: 9, italian: 2])
    #expect(
      edition.shares == [
        .init(
          kind: german,
          count: 9,
          texts: [.init(channel: .email, text: "T1"), .init(channel: .post, text: "T2")]
        ), .init(kind: italian, count: 2, texts: []),
      ]
    )
    #expect(edition.byJurisdiction.map(\.listed) == [9, 2])
    #expect(edition.byJurisdiction.map(\.covered) == [9, 0])
    #expect(edition.parts[0].fields[.noticeDate] == "13. März 2026")
    #expect(edition.parts[0].fields[.organisationOfficer] == nil)
  }

  @Test func `is another one as soon as text, channel, value, people or day is another`() {
    let base = facts([text(1, "de")], [german: 9])
    var newer = text(1, "de")
    newer.version = 2
    let others: [(NoticeEditionFacts, [String])] = [
      (facts([newer], [german: 9]), ["text T1 was altered"]),
      (facts([text(1, "de"), text(2, "fr")], [german: 9]), ["text T2 was added"]),
      (facts([], [german: 9]), ["text T1 was removed"]),
      (
        facts([text(1, "de")], [german: 10]), ["the recipients were altered: 9, now 10"]
      ),
      (facts([text(1, "de")], [german: 9], channels: [.email]), ["the channels were altered"]),
      (
        facts([text(1, "de")], [german: 9], organisation: "L & V"),
        ["in T1 organisation.name was altered"]
      ),
      (
        facts([text(1, "de")], [german: 9], date: "2026-03-14"),
        ["in T1 notice.date was altered", "the day of the notice was altered"]
      ),
    ]
    for (other, words) in others {
      #expect(other.digest != base.digest)
      #expect(other.differences(from: base) == words)
    }
    #expect(facts([text(1, "de")], [german: 9]).digest == base.digest)
    #expect(base.differences(from: base) == [])
  }
}

struct `A date in a text` {
  @Test(
    arguments: [
      ("en", false, "13 March 2026"), ("en", true, "March 13, 2026"),
      ("de", false, "13. März 2026"),
      ("fr", false, "13 mars 2026"), ("es", false, "13 de marzo de 2026"),
      ("nl", false, "13 maart 2026"), ("ja", false, "2026-03-13"),
      ("pt-br", false, "13 de março de 2026"),
    ]
  )
  func `is written as people of the language write it`(
    language: String,
    american: Bool,
    expected: String
  ) {
    let writer = NoticeDate(language: language, isAmerican: american)
    #expect(writer.text(day: "2026-03-13") == expected)
  }

  @Test func `is never more exact than it is known`() {
    let writer = NoticeDate(language: "fr")
    #expect(StatedTime(year: 2026).map(writer.text) == "2026")
    #expect(StatedTime(year: 2026, month: 3).map(writer.text) == "mars 2026")
    #expect(StatedTime(year: 2026, month: 4, day: 1).map(writer.text) == "1er avril 2026")
    let late = StatedTime(
      zone: .utc,
      year: 2026,
      month: 3,
      day: 13,
      hour: 23,
      minute: 30
    )
    #expect(late.map(writer.text) == "13 mars 2026")
  }
}

struct `The reading ease of a text` {
  @Test func `is Flesch's, worked by hand`() {
    // 6 words, 1 sentence, 6 syllables: 206.835 - 1.015 x 6 - 84.6 x 1 = 116.145.
    let ease = ReadingEase(["The cat sat on the mat."], language: "en")
    #expect(ease?.words == 6)
    #expect(ease?.sentences == 1)
    #expect(ease?.score == 116.1)
    #expect(ease?.grade == .easy)
  }

  @Test func `is Amstad's for German, worked by hand`() {
    // 4 words, 1 sentence, 6 syllables (Wir, ha-ben, es, be-merkt): 180 - 4 - 58.5 x 1.5 = 88.25.
    let ease = ReadingEase(["Wir haben es bemerkt."], language: "de-at")
    #expect(ease?.formula == .amstad)
    #expect(ease?.score == 88.3)
  }

  @Test func `is LIX where a language has no formula of its own`() {
    // 5 words, 1 sentence, 2 longer than six letters: 5 + 100 x 2 / 5 = 45.
    let ease = ReadingEase(["Vi har upptäckt ett dataintrång."], language: "sv")
    #expect(ease?.formula == .lix)
    #expect(ease?.score == 45)
    #expect(ease?.grade == .hard)
  }

  @Test func `counts no sentence at the stop of a day or an abbreviation`() {
    let ease = ReadingEase(["Am 12. März, z. B. hier."], language: "de")
    #expect(ease?.sentences == 1)
    #expect(ReadingEase(["One. Two! Three?"], language: "en")?.sentences == 3)
  }

  @Test func `is none where words are not parted, or there are none`() {
    #expect(ReadingEase(["個人情報が漏えいしました。"], language: "ja") == nil)
    #expect(ReadingEase(["12 34"], language: "en") == nil)
  }

  @Test(
    arguments: [
      ("en", "make", 1), ("en", "needed", 2), ("en", "used", 1), ("en", "little", 2),
      ("en", "houses", 2), ("en", "information", 4), ("en", "agree", 2),
      ("de", "Datenschutzverletzung", 6), ("de", "Benachrichtigung", 5),
      ("fr", "données", 2), ("fr", "personnelles", 3), ("fr", "mesure", 2),
    ]
  )
  func `rests on syllables as they are spoken`(language: String, word: String, count: Int) {
    // One word is one sentence: the score tells its syllables.
    let ease = ReadingEase([word], language: language)
    let expected =
      switch language {
      case "en": 206.835 - 1.015 - 84.6 * Double(count)
      case "de": 180 - 1 - 58.5 * Double(count)
      default: 207 - 1.015 - 73.6 * Double(count)
      }
    #expect(abs((ease?.score ?? 0) - expected) < 0.06)
  }
}
