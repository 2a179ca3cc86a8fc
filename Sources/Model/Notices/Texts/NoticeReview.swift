/// What a machine sees of one thing that a law wants in a text, or does not want in it.
public struct NoticeSight: Hashable, Codable, Sendable {
  /// What was seen.
  public enum Kind: String, Vocabulary {
    /// A remark of the template marks text as this item.
    case mark
    /// There is text under the heading that the law wants for it.
    case heading
    /// A field of the record that says it is filled in.
    case field
    /// Words that usually say it.
    case words
  }

  /// What was seen.
  public var kind: Kind
  /// The mark, heading, field or words.
  public var what: String
  /// The line of the body, from 1.
  public var line: Int

  /// Makes a sight.
  public init(_ kind: Kind, _ what: String, line: Int) {
    (self.kind, self.what, self.line) = (kind, what, line)
  }

  /// What was seen, and where.
  public var text: String {
    switch kind {
    case .mark: "marked in line \(line)"
    case .heading: "text under \(what), line \(line)"
    case .field: "field \(what) in line \(line)"
    case .words: "the words \u{201C}\(what)\u{201D} in line \(line)"
    }
  }
}

/// One text against all that laws want of it.
public struct NoticeReview: Codable, Sendable, Equatable {
  /// One thing that a law wants, or does not want.
  public struct Item: Codable, Sendable, Equatable {
    /// How it stands.
    public enum State: String, Vocabulary {
      /// A person has confirmed it.
      case confirmed
      /// A person has said that the law does not ask for it here.
      case notApplicable = "not-applicable"
      /// A machine saw it; a person has to confirm it.
      case seen
      /// Nothing was seen of what must be there.
      case notSeen = "not-seen"
      /// Something was seen of what must not be there.
      case suspicious
      /// Nothing was seen of what must not be there; a person has to confirm it.
      case clear

      /// The state as it is shown.
      public var label: String {
        switch self {
        case .notApplicable: "does not apply"
        case .notSeen: "not seen"
        default: rawValue
        }
      }
    }

    /// Its name in the list of contents; behind `forbidden/` for what must not be said.
    public var id: String
    /// What it is, in own words.
    public var text: String
    /// The provision.
    public var citation: String
    /// Whether it must not be there.
    public var isForbidden: Bool
    /// What a machine saw of it, at most the first of each kind.
    public var sights: [NoticeSight]
    /// What a person has said of it.
    public var confirmation: NoticeConfirmation?

    /// Makes an item.
    public init(
      id: String,
      text: String,
      citation: String,
      isForbidden: Bool,
      sights: [NoticeSight],
      confirmation: NoticeConfirmation?
    ) {
      (self.id, self.text, self.citation) = (id, text, citation)
      (self.isForbidden, self.sights, self.confirmation) = (isForbidden, sights, confirmation)
    }

    /// How it stands.
    public var state: State {
      switch confirmation?.verdict {
      case .notApplicable?: .notApplicable
      // What speaks against what was seen needs a reason.
      case .holds? where !(isForbidden && !sights.isEmpty) || hasReason: .confirmed
      default:
        isForbidden ? (sights.isEmpty ? .clear : .suspicious) : (sights.isEmpty ? .notSeen : .seen)
      }
    }

    private var hasReason: Bool { confirmation?.reason.contains { !$0.isWhitespace } ?? false }

    /// Whether a person has settled it.
    public var isSettled: Bool { state == .confirmed || state == .notApplicable }
  }

  /// A list of contents that the text must fulfil.
  public struct Law: Codable, Sendable, Equatable {
    /// The list, such as `gdpr-34-2`.
    public var content: String
    /// What kind of notice it is.
    public var title: String
    /// The provision.
    public var citation: String
    /// The duties that ask for it.
    public var rules: [String]
    /// The jurisdictions of the people for whom they do.
    public var jurisdictions: [String]
    /// Its items; forbidden ones last.
    public var items: [Item]
    /// What is wrong with title and headings: exact, so nobody can confirm it away.
    public var faults: [String]

    /// Makes a law.
    public init(
      content: String,
      title: String,
      citation: String,
      rules: [String],
      jurisdictions: [String],
      items: [Item],
      faults: [String]
    ) {
      (self.content, self.title, self.citation) = (content, title, citation)
      (self.rules, self.jurisdictions) = (rules, jurisdictions)
      (self.items, self.faults) = (items, faults)
    }
  }

  /// The text.
  public var text: NoticeText
  /// How many people get it, over whatever channel.
  public var people: Int
  /// What the laws want.
  public var laws: [Law]
  /// What is wrong with the template: tags, open places, fields without a value.
  public var problems: [NoticeProblem]
  /// How hard it is to read; nil where nothing measures it.
  public var ease: ReadingEase?
  /// The personal fields that it cannot do without.
  public var needs: [MergeField]

  /// Makes a review.
  public init(
    text: NoticeText,
    people: Int,
    laws: [Law],
    problems: [NoticeProblem],
    ease: ReadingEase?,
    needs: [MergeField]
  ) {
    (self.text, self.people, self.laws) = (text, people, laws)
    (self.problems, self.ease, self.needs) = (problems, ease, needs)
  }

  /// What stops approval, in lines; empty where nothing does.
  public var stoppers: [String] {
    var found = problems.map { "\(text.name): \($0.description)" }
    for law in laws {
      found += law.faults.map { "\(text.name): \(law.content): \($0)" }
      for item in law.items where !item.isSettled {
        found.append("\(text.name): \(law.content)/\(item.id) is \(item.wanting)")
      }
    }
    return found
  }
}

extension NoticeReview.Item {
  /// What is wanting, as it follows on "is".
  fileprivate var wanting: String {
    switch state {
    case .notSeen: "not seen; write it, or say that it does not apply"
    case .suspicious: "forbidden, and \(sights.first?.text ?? "something") speaks of it"
    default: "to be confirmed by a person"
    }
  }
}

/// All texts of a mailing against the laws of those who get them.
public struct MailingReview: Codable, Sendable, Equatable {
  /// What would be put up for approval.
  public var facts: NoticeEditionFacts
  /// The texts, by number.
  public var texts: [NoticeReview]
  /// What an officer should know and may leave so.
  public var notes: [String]
  /// How many people lack what their text needs; nil where nobody looked.
  public var gaps: [RecipientGaps.Gap]?

  /// Makes a review.
  public init(
    facts: NoticeEditionFacts,
    texts: [NoticeReview],
    notes: [String],
    gaps: [RecipientGaps.Gap]? = nil
  ) {
    (self.facts, self.texts, self.notes, self.gaps) = (facts, texts, notes, gaps)
  }

  /// The people for whom no text is.
  public var uncovered: [NoticeEditionFacts.Share] { facts.shares.filter { !$0.isCovered } }

  /// The personal fields that each text cannot do without, by the text's name.
  public var needs: [String: [MergeField]] {
    Dictionary(texts.map { ($0.text.name, $0.needs) }) { first, _ in first }
  }

  /// What stops approval, in lines; empty where nothing does.
  ///
  /// People for whom no text is are no stopper: they stay pending, and are shown.
  public var stoppers: [String] {
    var found = texts.isEmpty ? ["there is no text"] : texts.flatMap(\.stoppers)
    for gap in gaps ?? [] {
      found.append(
        "\(gap.text): \(gap.count) \(gap.count == 1 ? "person lacks" : "people lack") "
          + gap.field.rawValue
      )
    }
    return found
  }

  /// What the texts were checked against and what came of it, for the record.
  public var record: [String] {
    texts.flatMap { review in
      review.laws.map { law in
        let states = Dictionary(grouping: law.items, by: \.state).mapValues(\.count)
        let counts = states.sorted { $0.key.rawValue < $1.key.rawValue }
          .map { "\($0.value) \($0.key.label)" }
        return "\(review.text.versionName): \(law.content): \(counts.joined(separator: ", "))"
      } + (review.ease.map { ["\(review.text.versionName): \($0.text)"] } ?? [])
    } + notes
  }
}
