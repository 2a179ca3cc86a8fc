public import Model

/// Holds the texts of a mailing against the laws of those who get them.
///
/// A machine sees tags, titles, headings, marks, fields and words. It does not see what a sentence
/// says: so every item is for a person to confirm, and the review says what each of the two saw.
public struct NoticeReviewer: Sendable {
  private let pack: RulePack
  private let organisation: Organisation
  /// The duties that the incident puts on the organisation, as far as they are known.
  private let duties: [String]

  /// Makes a reviewer.
  ///
  /// - Parameters:
  ///   - pack: The rules.
  ///   - organisation: Who tells people.
  ///   - duties: The ids of the rules that apply to the incident.
  public init(_ pack: RulePack, _ organisation: Organisation, duties: [String]) {
    (self.pack, self.organisation, self.duties) = (pack, organisation, duties)
  }

  /// The review of what would be put up for approval.
  public func review(_ facts: NoticeEditionFacts) -> MailingReview {
    let laws = NoticeLaws(pack, seat: organisation.country)
    let asked = facts.obligations.isEmpty ? laws.tellingPeople(duties) : facts.obligations
    return MailingReview(
      facts: facts,
      texts: facts.parts.map { review($0, facts, laws, asked) },
      notes: notes(facts, laws, asked)
    )
  }

  /// The review of one text, for people of these jurisdictions.
  private func review(
    _ part: NoticeEditionFacts.Part,
    _ facts: NoticeEditionFacts,
    _ laws: NoticeLaws,
    _ duties: [String]
  ) -> NoticeReview {
    let text = part.text
    let shares = facts.shares.filter { $0.texts.contains { $0.text == text.name } }
    let places = Set(shares.map(\.kind.jurisdiction)).union(text.facts.jurisdictions).sorted()
    let tags = NoticeTags(reading: text.facts.body)
    let outline = NoticeOutline(text.facts.body, tags)
    var problems =
      Self.openPlaces(text.facts.subject, from: 0)
      + Self.openPlaces(text.facts.body, from: 1)
    var needs: [MergeField] = []
    var ease: ReadingEase?
    do throws(UnfitNotice) {
      let template = try NoticeTemplate(text.facts)
      needs = template.needs.sorted { $0.rawValue < $1.rawValue }
      for field in needs where !field.isPersonal && part.fields[field] == nil {
        problems.append(NoticeProblem("\(field.rawValue) has no value: \(field.label)"))
      }
      let (_, blocks) = template.laidOut(having: template.fields)
      ease = ReadingEase(Self.sentences(of: blocks), language: text.facts.language)
    } catch {
      problems += error.problems
    }
    return NoticeReview(
      text: text,
      people: shares.reduce(0) { $0 + $1.count },
      laws: text.facts.channels.isEmpty
        ? []
        : laws.contents(of: duties, for: places).map { law($0, text, tags, outline) },
      problems: problems,
      ease: ease,
      needs: needs.filter(\.isPersonal)
    )
  }

  private func law(
    _ wanted: NoticeLaws.Wanted,
    _ text: NoticeText,
    _ tags: NoticeTags,
    _ outline: NoticeOutline
  ) -> NoticeReview.Law {
    let content = wanted.content
    func item(_ item: NoticeContent.Item, _ isForbidden: Bool) -> NoticeReview.Item {
      let id = isForbidden ? "forbidden/\(item.id)" : item.id
      return NoticeReview.Item(
        id: id,
        text: item.text,
        citation: item.citation.isEmpty ? content.citation : item.citation,
        isForbidden: isForbidden,
        sights: sights(of: item, content.id, text.facts, tags, outline, isForbidden),
        confirmation: text.confirmations.first { $0.content == content.id && $0.item == id }
      )
    }
    return NoticeReview.Law(
      content: content.id,
      title: content.title,
      citation: content.citation,
      rules: wanted.rules,
      jurisdictions: wanted.jurisdictions,
      items: content.items.map { item($0, false) } + content.forbidden.map { item($0, true) },
      faults: Self.faults(content, outline)
    )
  }

  /// What a machine sees of an item.
  private func sights(
    of item: NoticeContent.Item,
    _ content: String,
    _ facts: NoticeTextFacts,
    _ tags: NoticeTags,
    _ outline: NoticeOutline,
    _ isForbidden: Bool
  ) -> [NoticeSight] {
    var found: [NoticeSight] = []
    let names = ["\(content)/\(item.id)", item.id]
    if let mark = tags.marks.first(where: { names.contains($0.item) }),
      outline.saysSomething(after: mark, tags.marks)
    {
      found.append(NoticeSight(.mark, mark.item, line: mark.line))
    }
    if let heading = item.heading, let line = outline.saysSomething(under: heading) {
      found.append(NoticeSight(.heading, heading, line: line))
    }
    for field in item.fills.compactMap(\.field) {
      if let line = outline.line(using: field) {
        found.append(NoticeSight(.field, field.rawValue, line: line))
        break
      }
    }
    for sign in item.signs[NoticeTexts.base(of: facts.language)] ?? [] {
      if let line = outline.line(saying: sign) {
        found.append(NoticeSight(.words, sign, line: line))
        break
      }
    }
    return found
  }

  /// What is wrong with title and headings, which a law fixes word by word.
  private static func faults(_ content: NoticeContent, _ outline: NoticeOutline) -> [String] {
    var faults: [String] = []
    if let title = content.documentTitle {
      if let first = outline.headings.first, outline.lines.first?.depth != nil {
        if !NoticeOutline.same(first.title, title) {
          faults.append("the title must be \u{201C}\(title)\u{201D}")
        }
      } else {
        faults.append("it must begin with the title \u{201C}\(title)\u{201D}: # \(title)")
      }
    }
    var wanted: [String] = []
    for heading in content.items.compactMap(\.heading) where !wanted.contains(heading) {
      wanted.append(heading)
    }
    var last = 0
    for heading in wanted {
      guard let place = outline.headings.first(where: { NoticeOutline.same($0.title, heading) })
      else {
        faults.append("the heading \u{201C}\(heading)\u{201D} is missing")
        continue
      }
      if outline.saysSomething(under: heading) == nil {
        faults.append("nothing stands under the heading \u{201C}\(heading)\u{201D}")
      }
      if place.line < last {
        faults.append("the heading \u{201C}\(heading)\u{201D} is not in its order")
      }
      last = max(last, place.line)
    }
    return faults
  }

  /// Places that wait to be written, `[[...]]`, and the word that a draft needs counsel.
  private static func openPlaces(_ text: String, from first: Int) -> [NoticeProblem] {
    var found: [NoticeProblem] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      var rest = line
      while let start = rest.firstRange(of: "[[") {
        let end = rest[start.upperBound...].firstRange(of: "]]")
        let place = rest[start.upperBound..<(end?.lowerBound ?? rest.endIndex)]
        let isCounsel = place.lowercased().hasPrefix("counsel")
        found.append(
          NoticeProblem(
            line: first + index,
            isCounsel
              ? "says that it is a draft that counsel must read; delete the line when counsel has"
              : "is to be written: \(SinkText.line(String(place.prefix(60))))"
          )
        )
        rest = end.map { rest[$0.upperBound...] } ?? ""
      }
    }
    return found
  }

  /// The sentences that are measured: paragraphs and points, fields as a short word.
  private static func sentences(of blocks: [NoticeBlock]) -> [String] {
    func words(_ runs: [NoticeRun]) -> String {
      runs.map { run in
        switch run {
        case .text(let text): text
        case .field: "it"
        }
      }.joined()
    }
    return blocks.flatMap { block -> [String] in
      switch block {
      case .heading: []
      case .paragraph(let lines): [lines.map(words).joined(separator: " ")]
      case .list(let points): points.map(words)
      }
    }
  }

  /// What an officer should know and may leave so.
  private func notes(
    _ facts: NoticeEditionFacts,
    _ laws: NoticeLaws,
    _ asked: [String]
  ) -> [String] {
    var notes: [String] = []
    func count(_ shares: [NoticeEditionFacts.Share]) -> Int { shares.reduce(0) { $0 + $1.count } }
    let texts = Dictionary(facts.parts.map { ($0.text.name, $0.text.facts) }) { first, _ in first }
    if facts.obligations.isEmpty {
      notes.append(
        asked.isEmpty
          ? "the mailing names no obligation and none to tell people is known: nothing was checked"
          : "the mailing names no obligation; checked against \(asked.joined(separator: ", "))"
      )
    } else {
      for duty in laws.tellingPeople(duties) where !facts.obligations.contains(duty) {
        notes.append("\(duty) applies to the incident and is none of the mailing's obligations")
      }
    }
    let places = Set(facts.shares.map(\.kind.jurisdiction)).sorted()
    let open = places.filter { !laws.someReach($0, of: asked) }
    if !open.isEmpty, !asked.isEmpty {
      notes.append("no obligation reaches people in \(open.joined(separator: ", "))")
    }
    let covered = facts.shares.filter(\.isCovered)
    let foreign = covered.filter { share in
      !share.kind.language.isEmpty
        && share.texts.contains { cover in
          texts[cover.text].map {
            NoticeTexts.base(of: $0.language) != NoticeTexts.base(of: share.kind.language)
          } ?? false
        }
    }
    for (language, shares) in Dictionary(grouping: foreign, by: \.kind.language)
      .sorted(by: { $0.key < $1.key })
    {
      notes.append("\(count(shares)) people of language \(language) get a text in another")
    }
    let silent = covered.filter(\.kind.language.isEmpty)
    if !silent.isEmpty, Set(facts.parts.map(\.text.facts.language)).count > 1 {
      let names = Set(silent.flatMap { $0.texts.map(\.text) }).sorted()
      notes.append(
        "\(count(silent)) people of whom no language is known get \(names.joined(separator: ", "))"
      )
    }
    for protection in RecipientProtection.allCases where protection != .none {
      let common = covered.filter { share in
        share.kind.protection == protection
          && share.texts.contains { texts[$0.text]?.audience == .everyone }
      }
      guard !common.isEmpty else { continue }
      notes.append("\(count(common)) people marked \(protection.label) get the common text")
    }
    for channel in facts.channels where channel != .publicNotice {
      let without = covered.filter { share in !share.texts.contains { $0.channel == channel } }
      guard !without.isEmpty else { continue }
      notes.append("\(count(without)) people have no text over \(channel.label)")
    }
    return notes
  }
}

extension NoticeContent.Fill {
  /// The field of a text that says it.
  fileprivate var field: MergeField? {
    switch self {
    case .occurred: .incidentOccurred
    case .discovered: .incidentDiscovered
    case .contact: .organisationContact
    case .officerContact: .organisationOfficer
    case .organisation: .organisationName
    case .categories: .categories
    default: nil
    }
  }
}
