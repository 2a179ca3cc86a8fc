internal import Foundation
public import Model

/// What a proof says of one person by name: the contact, all that happened, the texts as they were sent,
/// and what opens the person's place among the others.
public struct BundlePerson: Sendable {
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
  /// The messages that were handed over, oldest first, and how they were written.
  public var mails: Mails

  /// Messages that were handed over, and what it takes to write them again.
  public struct Mails: Sendable {
    /// What was handed over, oldest first.
    public var deliveries: [Delivery]
    /// How the mailing is sent; nil where nobody has said.
    public var plan: SendingPlan?
    /// What people call the mailing.
    public var reference: String

    /// Makes messages.
    public init(deliveries: [Delivery] = [], plan: SendingPlan? = nil, reference: String = "") {
      (self.deliveries, self.plan, self.reference) = (deliveries, plan, reference)
    }
  }

  /// Makes what is said of a person.
  public init(
    recipient: Recipient,
    contacts: [ContactVersion] = [],
    events: [RecipientEvent],
    bounces: [BounceNote],
    opening: [UInt8],
    editions: [NoticeEdition],
    mails: Mails = Mails()
  ) {
    (self.recipient, self.contacts) = (recipient, contacts)
    (self.events, self.bounces) = (events, bounces)
    (self.opening, self.editions, self.mails) = (opening, editions, mails)
  }

  /// The name of the file that describes the person.
  static let description = "person.json"

  /// Writes all of it into a proof.
  ///
  /// - Throws: `UnwritableOutput`; `UnfitNotice` where a text cannot be filled in any more.
  public func write(to bundle: BundleWriter) throws {
    var texts: [JSON] = []
    for (name, at) in sent {
      guard let notice = try rendered(name, at) else {
        // Somebody named a text by hand that the mailing does not have.
        texts.append(.members(["text": .string(name), "digest": .null]))
        continue
      }
      let file = name.replacing("/", with: "-")
      try bundle.write(Array(notice.plain.utf8), forPerson: "\(file).txt")
      try bundle.write(Array(notice.html.utf8), forPerson: "\(file).html")
      texts.append(
        .members([
          "text": .string(name), "subject": .string(notice.subject),
          "digest": .string(notice.digest), "plain": .string("\(file).txt"),
          "html": .string("\(file).html"),
        ])
      )
    }
    var messages: [JSON] = []
    for delivery in mails.deliveries {
      let file = "message-\(delivery.step).eml"
      let bytes = try message(delivery)
      if let bytes { try bundle.write(bytes, forPerson: file) }
      messages.append(
        .members([
          "step": .integer(delivery.step), "text": .string(delivery.text),
          "id": .string(delivery.messageID), "sha256": .string(delivery.digest),
          "file": bytes == nil ? .null : .string(file),
        ])
      )
    }
    var bytes: [UInt8] = []
    json(texts, messages).write(to: &bytes, .indented)
    try bundle.write(bytes + [10], forPerson: Self.description)
  }

  /// The versions of texts that the person was sent, in their order, each once, and when first.
  private var sent: [(name: String, at: Instant)] {
    events.reduce(into: []) { found, event in
      guard !event.text.isEmpty, !found.contains(where: { $0.name == event.text }) else { return }
      found.append((event.text, event.at))
    }
  }

  /// The contact as it was at an instant; a code of support is the one that the person has.
  private func contact(at instant: Instant) -> RecipientContact? {
    guard var then = (contacts.last { $0.at <= instant } ?? contacts.first)?.contact else {
      return recipient.contact
    }
    if then.offer.isEmpty { then.offer = recipient.contact?.offer ?? "" }
    return then
  }

  /// A text as the person got it: an edition's version, filled in with its values and the person's.
  private func rendered(_ name: String, _ at: Instant) throws -> RenderedNotice? {
    for edition in editions {
      for part in edition.facts.parts where edition.reference(of: part.text) == name {
        guard let contact = contact(at: at) else { break }
        return try NoticeRenderer().render(part.text, MergeValues(part.fields, of: contact))
      }
    }
    return nil
  }

  /// A message as it was handed over; nil where it cannot be written again byte for byte, because the
  /// address or how the mailing is sent was altered since.
  private func message(_ delivery: Delivery) throws -> [UInt8]? {
    // The message's date is that of the mark in front of the hand-over.
    let marked = events.last {
      $0.after == .uncertain && $0.text == delivery.text && $0.at <= delivery.at
    }
    guard let plan = mails.plan, let date = marked?.at,
      let address = contact(at: date)?.email,
      let notice = try rendered(delivery.text, date)
    else { return nil }
    let bytes = try? NoticeMail.message(
      subject: notice.subject,
      plain: notice.plain,
      html: notice.html,
      to: address,
      by: plan,
      of: mails.reference,
      id: delivery.messageID,
      date: date
    ).bytes()
    return bytes.flatMap { Digest.sha256($0) == delivery.digest ? $0 : nil }
  }

  private func json(_ texts: [JSON], _ messages: [JSON]) -> JSON {
    let contact = recipient.contact
    return .members([
      "number": .integer(recipient.number), "mailing": .integer(recipient.mailing),
      "reference": .string(contact?.reference ?? ""), "opening": .hex(opening),
      "state": .string(recipient.state.rawValue),
      "jurisdiction": .string(recipient.jurisdiction), "language": .string(recipient.language),
      "protection": .string(recipient.protection.label),
      "contact": .members([
        "name": .string(contact?.name ?? ""), "email": .string(contact?.email ?? ""),
        "phone": .string(contact?.phone ?? ""), "address": .string(contact?.address ?? ""),
        "categories": .string(contact?.categories ?? ""), "offer": .string(contact?.offer ?? ""),
      ]),
      "history": .array(
        events.map { event in
          .members([
            "at": .string(event.at.description), "by": .string(event.by),
            "state": .string(event.after.rawValue),
            "channel": event.channel.map { .string($0.rawValue) } ?? .null,
            "text": .string(event.text), "cause": .string(event.cause),
          ])
        }
      ),
      "bounces": .array(
        bounces.map { note in
          .members([
            "taken_at": .string(note.at.description), "kind": .string(note.kind.rawValue),
            "reason": .string(note.reason.rawValue), "status": .string(note.status),
            "matched_by": .string(note.match.rawValue), "outcome": .string(note.outcome.word),
          ])
        }
      ), "texts": .array(texts), "messages": .array(messages),
    ])
  }
}

/// Checks what a proof says of one person against the rest of it.
struct BundlePersonCheck {
  private let path: String
  private let mailing: RecordID

  /// The row that the person says is theirs, and what it must hold; nil where nobody is named.
  private(set) var row: BundlePeople.Named?
  private(set) var faults: [BundleFault] = []
  private static let file = "recipient/\(BundlePerson.description)"

  init(_ path: String, _ sums: BundleSums, mailing: RecordID) throws {
    (self.path, self.mailing) = (path, mailing)
    guard sums.files[Self.file] != nil else {
      if let stray = sums.files.keys.sorted().first(where: { $0.hasPrefix("recipient/") }) {
        faults.append(BundleFault(stray, "", "nobody is named to whom it belongs"))
      }
      return
    }
    let bytes = try InputFile("\(path)/\(Self.file)", isNamed: false).bytes(maximumBytes: 16 << 20)
    guard let json = try? JSON(reading: bytes), let number = json["number"]?.integer,
      json["mailing"]?.integer == mailing, let reference = json["reference"]?.text,
      let opening = json["opening"]?.hex, opening.count == 32, let state = json["state"]?.text,
      let history = json["history"]?.elements, let texts = json["texts"]?.elements,
      let messages = json["messages"]?.elements
    else {
      faults.append(BundleFault(Self.file, "", "it cannot be read"))
      return
    }
    let person = LedgerLayout.commitment(
      mailing: mailing,
      number: number,
      reference: reference,
      opening: opening
    )
    row = BundlePeople.Named(
      number: number,
      person: HexText.text(person),
      state: state,
      steps: history.count,
      messages: messages.map { $0["sha256"]?.text ?? "" }
    )
    for message in messages where message["file"] != .null {
      guard let file = message["file"]?.text,
        sums.files["recipient/\(file)"] == message["sha256"]?.text
      else {
        faults.append(BundleFault(Self.file, "", "a message is not the one that was handed over"))
        continue
      }
    }
    for text in texts where text["digest"] != .null { try check(text) }
  }

  /// A text as it was sent against its digest.
  private mutating func check(_ text: JSON) throws {
    func read(_ key: String) throws -> String? {
      guard let name = text[key]?.text, BundleName.isPlain(name), !name.contains("/") else {
        return nil
      }
      let file = InputFile("\(path)/recipient/\(name)", isNamed: false)
      return String(validating: try file.bytes(maximumBytes: 16 << 20), as: UTF8.self)
    }
    guard let subject = text["subject"]?.text,
      let plain = try read("plain"), let html = try read("html"),
      RenderedNotice(subject: subject, plain: plain, html: html).digest == text["digest"]?.text
    else {
      faults.append(
        BundleFault(Self.file, text["text"]?.text ?? "", "the text is not what its digest says")
      )
      return
    }
  }
}
