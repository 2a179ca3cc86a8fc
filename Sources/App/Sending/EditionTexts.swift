public import Exchange
public import Model

/// The texts of an approved edition, as a sender needs them.
public struct EditionTexts: SendingTexts {
  private let approved: NoticeEdition
  private let texts: NoticeTexts
  private let renderer: NoticeRenderer

  /// Takes an edition that is in force.
  public init(_ edition: NoticeEdition, renderer: NoticeRenderer = NoticeRenderer()) {
    (approved, self.renderer) = (edition, renderer)
    texts = edition.facts.texts
  }

  /// The edition.
  public var edition: RecordID? { approved.id }

  /// The text that a person gets by e-mail.
  ///
  /// A child, somebody who has died or is represented gets a text that is written for them, or none.
  public func version(for recipient: Recipient) -> String? {
    texts.text(for: recipient, over: .email).map { approved.reference(of: $0) }
  }

  /// The text, filled in.
  public func notice(_ version: String, for recipient: Recipient) throws -> SendingNotice {
    guard let contact = recipient.contact,
      let text = texts.texts.first(where: { approved.reference(of: $0) == version })
    else { throw UnfitNotice([NoticeProblem("\(version) is no text of the approved edition")]) }
    let notice = try renderer.render(text, MergeValues(approved.values(for: text), of: contact))
    return SendingNotice(subject: notice.subject, plain: notice.plain, html: notice.html)
  }
}
