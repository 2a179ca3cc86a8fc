public import Model

/// A text as one person gets it by e-mail.
public struct SendingNotice: Sendable, Equatable {
  /// What it is about.
  public var subject: String
  /// The text.
  public var plain: String
  /// The same as HTML; nil for none.
  public var html: String?

  /// Makes a notice.
  public init(subject: String, plain: String, html: String? = nil) {
    (self.subject, self.plain, self.html) = (subject, plain, html)
  }
}

/// The approved texts, as a sender needs them.
public protocol SendingTexts: Sendable {
  /// The edition that must be in force as long as they are sent; nil for none.
  var edition: RecordID? { get }

  /// The version of the text that a person gets by e-mail, such as `E1/T3.2`; nil where none is for
  /// that person.
  func version(for recipient: Recipient) -> String?

  /// The text as a person gets it.
  ///
  /// - Throws: An error whose description quotes nothing of the person.
  func notice(_ version: String, for recipient: Recipient) throws -> SendingNotice
}
