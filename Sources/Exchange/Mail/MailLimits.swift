/// How much of a mail is looked at; what lies beyond is left out, never refused.
///
/// Bounces quote whole messages with all that was attached to them, so that refusing long ones would
/// lose what they say at their beginning.
public struct MailLimits: Sendable, Hashable {
  /// The most bytes that are kept of one message.
  public var maximumMessage = 8 << 20
  /// The most bytes of the header fields of a message or a part.
  public var maximumHeader = 256 << 10
  /// The most header fields of a message or a part.
  public var maximumFields = 1000
  /// The most parts of a message, at all depths.
  public var maximumParts = 200
  /// How deep parts may stand in each other.
  public var maximumDepth = 12
  /// The most bytes of a part that are decoded as text.
  public var maximumText = 256 << 10

  /// Makes the usual limits.
  public init() {}
}
