internal import Model

/// Writes what a proof says of one person by name: the contact, all that happened, the texts as they were
/// sent, and what opens the person's place among the others.
struct BundlePerson {
  private let person: ProofPerson

  init(_ person: ProofPerson) { self.person = person }

  /// The name of the file that describes the person.
  static let description = "person.json"

  /// Writes all of it into a proof.
  ///
  /// - Throws: `UnwritableOutput`; `UnfitNotice` where a text cannot be filled in any more.
  func write(to bundle: BundleWriter) throws {
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
    for delivery in person.deliveries {
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
    var (texts, found) = (SentText(), [(name: String, at: Instant)]())
    for event in person.events {
      texts.take(event.after, over: event.channel, event.text)
      // The message was filled in when the person was marked for the hand-over.
      for name in texts.sent.dropFirst(found.count) {
        let marked = person.events.first { $0.after == .uncertain && $0.text == name }
        found.append((name, marked?.at ?? event.at))
      }
    }
    return found
  }

  /// The contact as it was at an instant; a code of support is the one that the person has.
  private func contact(at instant: Instant) -> RecipientContact? {
    guard var then = (person.contacts.last { $0.at <= instant } ?? person.contacts.first)?.contact
    else {
      return person.recipient.contact
    }
    if then.offer.isEmpty { then.offer = person.recipient.contact?.offer ?? "" }
    return then
  }

  /// A text as the person got it: an edition's version, filled in with its values and the person's.
  private func rendered(_ name: String, _ at: Instant) throws -> RenderedNotice? {
    for edition in person.editions {
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
    let marked = person.events.last {
      $0.after == .uncertain && $0.text == delivery.text && $0.at <= delivery.at
    }
    guard let plan = person.plan, let date = marked?.at,
      let address = contact(at: date)?.email,
      let notice = try rendered(delivery.text, date)
    else { return nil }
    let bytes = try? NoticeMail.message(
      subject: notice.subject,
      plain: notice.plain,
      html: notice.html,
      to: address,
      by: plan,
      of: person.mailing,
      id: delivery.messageID,
      date: date
    ).bytes()
    return bytes.flatMap { Digest.sha256($0) == delivery.digest ? $0 : nil }
  }

  private func json(_ texts: [JSON], _ messages: [JSON]) -> JSON {
    let contact = person.recipient.contact
    return .members([
      "number": .integer(person.recipient.number), "mailing": .integer(person.recipient.mailing),
      "reference": .string(contact?.reference ?? ""), "opening": .hex(person.opening),
      "state": .string(person.recipient.state.rawValue),
      "jurisdiction": .string(person.recipient.jurisdiction),
      "language": .string(person.recipient.language),
      "protection": .string(person.recipient.protection.label),
      "contact": .members([
        "name": .string(contact?.name ?? ""), "email": .string(contact?.email ?? ""),
        "phone": .string(contact?.phone ?? ""), "address": .string(contact?.address ?? ""),
        "categories": .string(contact?.categories ?? ""), "offer": .string(contact?.offer ?? ""),
      ]),
      "contacts": .array(
        person.contacts.map { version in
          .members([
            "at": .string(version.at.description), "by": .string(version.by),
            "reason": .string(version.reason),
            "name": .string(version.contact?.name ?? ""),
            "email": .string(version.contact?.email ?? ""),
            "phone": .string(version.contact?.phone ?? ""),
            "address": .string(version.contact?.address ?? ""),
          ])
        }
      ),
      "history": .array(
        person.events.map { event in
          .members([
            "at": .string(event.at.description), "by": .string(event.by),
            "state": .string(event.after.rawValue),
            "channel": event.channel.map { .string($0.rawValue) } ?? .null,
            "text": .string(event.text), "cause": .string(event.cause),
          ])
        }
      ),
      "bounces": .array(
        person.bounces.map { note in
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
  private let sums: BundleSums
  private let journal: BundleJournal

  /// The row that the person says is theirs, and what it must hold; nil where nobody is named.
  private(set) var row: BundlePeople.Named?
  private(set) var faults: [BundleFault] = []
  private static let file = "recipient/\(BundlePerson.description)"

  init(
    _ path: String,
    _ sums: BundleSums,
    _ journal: BundleJournal,
    isClosed: Bool
  ) throws {
    (self.path, self.sums, self.journal) = (path, sums, journal)
    guard sums.files[Self.file] != nil else {
      if let stray = sums.files.keys.sorted().first(where: { $0.hasPrefix("recipient/") }) {
        faults.append(BundleFault(stray, "", "nobody is named to whom it belongs"))
      }
      return
    }
    // One that is listed and gone was named by now.
    guard !sums.missing.contains(Self.file) else { return }
    let bytes = try BundleVerifier.bytes(path, Self.file, 16 << 20)
    guard let json = try? JSON(reading: bytes), let number = json["number"]?.integer,
      json["mailing"]?.integer == journal.mailing, let reference = json["reference"]?.text,
      let opening = json["opening"]?.hex, opening.count == 32, let state = json["state"]?.text,
      let history = json["history"]?.elements, let texts = json["texts"]?.elements,
      let messages = json["messages"]?.elements
    else {
      faults.append(BundleFault(Self.file, "", "it cannot be read"))
      return
    }
    let person = LedgerLayout.commitment(
      mailing: journal.mailing,
      number: number,
      reference: reference,
      opening: opening
    )
    row = BundlePeople.Named(
      number: number,
      person: HexText.text(person),
      state: state,
      jurisdiction: json["jurisdiction"]?.text ?? "",
      language: json["language"]?.text ?? "",
      history: history.map(Self.event),
      sent: isClosed ? texts.map { $0["text"]?.text ?? "" } : nil,
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
    contacts(json["contacts"]?.elements ?? [], of: number)
    let taken = Set(journal.bounces.map(\.description))
    for bounce in json["bounces"]?.elements ?? []
    where !taken.contains(bounce["taken_at"]?.text ?? "") {
      faults.append(BundleFault(Self.file, "", "no mail that came back was taken in then"))
    }
  }

  private static func event(_ json: JSON) -> BundlePeople.Named.Event {
    BundlePeople.Named.Event(
      at: json["at"]?.text ?? "",
      by: json["by"]?.text ?? "",
      state: json["state"]?.text ?? "",
      channel: json["channel"]?.text ?? "",
      text: json["text"]?.text ?? "",
      cause: json["cause"]?.text ?? ""
    )
  }

  /// Contacts that the person had: each behind the first was corrected in an entry that says so.
  private mutating func contacts(_ contacts: [JSON], of number: Int64) {
    let known = Set(
      journal.corrections.filter { $0.change.number.map { $0 == number } ?? true }
        .map { [$0.at.description, $0.by, $0.change.reason] }
    )
    for contact in contacts.dropFirst() {
      let said = ["at", "by", "reason"].map { contact[$0]?.text ?? "" }
      guard !known.contains(said) else { continue }
      faults.append(
        BundleFault(Self.file, "", "no entry of the journal has corrected the contact then")
      )
    }
  }

  /// A text as it was sent against its digest.
  private mutating func check(_ text: JSON) throws {
    func read(_ key: String) throws -> String? {
      guard let name = text[key]?.text, BundleName.isPlain(name), !name.contains("/"),
        sums.files["recipient/\(name)"] != nil, !sums.missing.contains("recipient/\(name)")
      else { return nil }
      let bytes = try BundleVerifier.bytes(path, "recipient/\(name)", 16 << 20)
      return String(validating: bytes, as: UTF8.self)
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
