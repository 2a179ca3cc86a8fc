/// What a proof says of one person by name, of the same snapshot as the rest of it.
public struct ProofPerson: Sendable {
  /// The person, the contact as it is.
  public var recipient: Recipient
  /// The contacts that the person had, oldest first, as they are; none where there was only one.
  public var contacts: [ContactVersion]
  /// All that happened, oldest first.
  public var events: [RecipientEvent]
  /// What mails that came back said.
  public var bounces: [BounceNote]
  /// What opens the person's place.
  public var opening: [UInt8]
  /// The mailing's editions.
  public var editions: [NoticeEdition]
  /// The messages that were handed over, oldest first.
  public var deliveries: [Delivery]
  /// How the mailing is sent; nil where nobody has said.
  public var plan: SendingPlan?
  /// What people call the mailing.
  public var mailing: String

  /// Makes what is said of a person.
  public init(
    recipient: Recipient,
    contacts: [ContactVersion] = [],
    events: [RecipientEvent],
    bounces: [BounceNote],
    opening: [UInt8],
    editions: [NoticeEdition],
    deliveries: [Delivery],
    plan: SendingPlan?,
    mailing: String
  ) {
    (self.recipient, self.contacts) = (recipient, contacts)
    (self.events, self.bounces) = (events, bounces)
    (self.opening, self.editions) = (opening, editions)
    (self.deliveries, self.plan, self.mailing) = (deliveries, plan, mailing)
  }
}
