import Drawing
public import Model

/// A text as one person gets it.
public struct NoticeSample: Sendable {
  /// The text's name in its version, and whose eyes it is seen with.
  public var title: String
  /// Subject and text.
  public var notice: RenderedNotice
  /// Whether it holds a person's data unmasked.
  public var isPersonal: Bool

  /// Makes a sample.
  public init(title: String, notice: RenderedNotice, isPersonal: Bool = false) {
    (self.title, self.notice, self.isPersonal) = (title, notice, isPersonal)
  }

  /// The sample as it is read.
  var lines: [Line] {
    let role: Role = isPersonal ? .personal : .text
    let plain = notice.plain.split(separator: "\n", omittingEmptySubsequences: false)
    return [
      Line([
        Span("Subject  ", .textMuted),
        Span(Untrusted(notice.subject), isPersonal ? .personal : .textStrong),
      ]),
      Line(""),
    ] + plain.map { Line(Untrusted(String($0)), role) } + [
      Line(""), Line([Span("SHA-256  ", .textMuted), Span(notice.digest, .textMuted)]),
    ]
  }
}

/// What is done with texts outside of the record: checking, filling in, approving.
public enum NoticeErrand<Action: Sendable>: Sendable {
  /// Reads the drafts that are shipped or the organisation's own.
  case drafts(then: @Sendable (Result<[NoticeDraft], ErrandFailure>) -> Action)
  /// Holds all texts of a mailing against the laws of those who get them.
  case review(Mailing, then: @Sendable (Result<MailingReview, ErrandFailure>) -> Action)
  /// Fills a text in for a person, or for one of those who get it; masked as the person came.
  ///
  /// The mailing is needed where no person is named. It is called by its edition where one has it.
  case sample(
    Mailing?,
    NoticeText,
    NoticeEditionFacts,
    Recipient?,
    named: String,
    then: @Sendable (Result<NoticeSample, ErrandFailure>) -> Action
  )
  /// Approves what was seen, by its digest and day: the texts, then those whom they cover.
  case approve(
    Mailing,
    digest: String,
    date: String,
    then: @Sendable (Result<ApprovalOutcome, ErrandFailure>) -> Action
  )

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> NoticeErrand<Outer> {
    switch self {
    case .review(let mailing, let then): .review(mailing, then: { wrap(then($0)) })
    case .drafts(let then): .drafts(then: { wrap(then($0)) })
    case .sample(let mailing, let text, let facts, let person, let name, let then):
      .sample(mailing, text, facts, person, named: name, then: { wrap(then($0)) })
    case .approve(let mailing, let digest, let date, let then):
      .approve(mailing, digest: digest, date: date, then: { wrap(then($0)) })
    }
  }
}

/// What came of an approval.
public struct ApprovalOutcome: Sendable, Equatable {
  /// The edition, waiting for a second person or in force.
  public var edition: NoticeEdition
  /// Who went to approved; nil while a second person is wanted.
  public var release: EditionRelease.Outcome?

  /// Makes an outcome.
  public init(edition: NoticeEdition, release: EditionRelease.Outcome?) {
    (self.edition, self.release) = (edition, release)
  }
}
