internal import Foundation
internal import GRDB
internal import Model

extension RequestIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard
      person.name.utf8.count + person.contact.utf8.count + person.words.utf8.count
        <= RequestPerson.limit
    else {
      throw StoreError.refused(
        "name, contact and words have at most \(RequestPerson.limit >> 10) KiB together"
      )
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      var (facts, person) = (facts, person)
      facts.state = .open
      (facts.end, facts.delay, facts.erasedAt, facts.matter) = (nil, nil, nil, "")
      var mailing: Mailing?
      if let matter {
        let taken = try RequestMatter.take(matter, context, in: db)
        (mailing, person) = (taken.mailing, taken.person)
        facts.matter = "\(taken.mailing.reference)/\(matter.number)"
        (facts.receivedAt, facts.channel) = (taken.receivedAt, taken.channel)
      }
      guard [person.name, person.contact].contains(where: { $0.contains { !$0.isWhitespace } })
      else { throw StoreError.refused("say who makes the request: a name or a contact") }
      let id = try KeptTable<RequestFacts>.nextID(in: db)
      let data = MailingKey.newData(context.randomBytes)
      let sealed = try RequestKey(data: data, request: id)
        .seal(Array(try JSON.text(person).utf8), as: .person)
      facts.sealed = Digest.sha256(sealed)
      let key = try context.keys.forSealing(in: db)
      let wrapped = try key.wrap(data, forRequest: id)
      let reference = try KeptTable.insert(
        facts,
        with: [
          ("wrappedKey", Data(wrapped).databaseValue),
          ("wrappedBy", key.id.databaseValue), ("sealed", Data(sealed).databaseValue),
        ],
        id: id,
        context,
        in: db
      ).reference
      _ = try journal.append(
        LogRequest(facts, key: OpenMailing.Key(by: key.id, digest: Digest.sha256(wrapped))),
        Performed(
          subject: Subject(.request, id),
          version: 1,
          reference: reference,
          incident: mailing?.incident,
          inverse: nil
        )
      )
      if let matter {
        let change = HandOverMatter(
          mailing: matter.mailing,
          number: matter.number,
          handedTo: reference
        )
        _ = try journal.append(change, try change.perform(in: db, context))
      }
      return Outcome(id: id, reference: reference)
    }
  }
}

/// Takes a matter of a mailing over into a request.
private enum RequestMatter {
  struct Taken {
    var mailing: Mailing
    var person: RequestPerson
    var receivedAt: StatedTime
    var channel: RequestChannel
  }

  static func take(
    _ matter: RequestIntake.Matter,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Taken {
    let (mailing, key) = try MatterRecord.key(matter.mailing, context.keys, in: db)
    let found = try MatterRecord.existing(matter.number, of: mailing, in: db)
    guard found.matter.kind == .rightsRequest else {
      throw StoreError.refused(
        "matter \(matter.number) of \(mailing.reference) is a \(found.matter.kind.label), no request"
      )
    }
    guard let bytes = key.open(found.sealed, as: .matter, matter.number) else {
      throw StoreError.refused(
        "matter \(matter.number) was altered: what is sealed does not open; see tocsin verify"
      )
    }
    var person = RequestPerson(
      name: "",
      contact: "",
      words: String(decoding: bytes, as: UTF8.self)
    )
    if let number = found.matter.recipient,
      let contact = try LedgerReader(matter.mailing, context.keys, in: db)
        .stored(LedgerID.recipient(matter.mailing, number))
    {
      person.name = contact.name
      person.contact = [contact.email, contact.phone, contact.address]
        .filter { !$0.isEmpty }.joined(separator: "; ")
    }
    if person.name.isEmpty, person.contact.isEmpty {
      person.name = "see matter \(matter.number) of \(mailing.reference)"
    }
    let channels: [MailingChannel: RequestChannel] = [
      .email: .email, .post: .post, .telephone: .telephone, .sms: .other,
      .publicNotice: .other,
    ]
    return Taken(
      mailing: mailing,
      person: person,
      receivedAt: found.matter.receivedAt,
      channel: channels[found.matter.channel] ?? .other
    )
  }
}

extension RequestAnswer: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard text.utf8.count <= RequestPerson.limit else {
      throw StoreError.refused(
        "the text of an answer has at most \(RequestPerson.limit >> 10) KiB; keep it as evidence"
      )
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      var end = end
      end.sealed = ""
      if text.contains(where: { !$0.isWhitespace }) {
        guard let key = try RequestVault.key(id, context.keys, in: db) else {
          throw StoreError.refused("who made the request was erased")
        }
        let sealed = try key.seal(Array(text.utf8), as: .answer)
        try db.run("UPDATE request SET answer = ? WHERE id = ?", [Data(sealed), id])
        end.sealed = Digest.sha256(sealed)
      }
      let change = MoveRequest(
        id: id,
        basedOn: basedOn,
        step: end.ground == nil ? .answer(end) : .refuse(end)
      )
      return try journal.append(change, try change.perform(in: db, context)).version
    }
  }
}

extension RequestReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to read who made a request, say why")
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      let entry = try KeptTable<RequestFacts>.existing(id, in: db)
      guard let key = try RequestVault.key(id, context.keys, in: db) else {
        throw StoreError.refused("who made \(entry.reference) was erased")
      }
      let sealed = try RequestVault.sealed(id, in: db)
      func open(_ data: Data, _ kind: RequestKey.Kind) throws -> String {
        guard let bytes = key.open(data, as: kind) else {
          throw StoreError.refused(
            "\(entry.reference) was altered: what is sealed does not open; see tocsin verify"
          )
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      let person: RequestPerson = try JSON.value(try open(sealed.person, .person))
      let answer =
        try entry.facts.end?.sealed.isEmpty == false
        ? sealed.answer.map { try open($0, .answer) } : nil
      _ = try journal.append(
        RevealRequest(id: id, reason: reason),
        Performed(
          subject: Subject(.request, id),
          version: entry.version,
          reference: entry.reference,
          incident: nil,
          inverse: nil
        )
      )
      return Outcome(person: person, answer: answer)
    }
  }
}

extension RequestErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    let receipt = try await store.apply(change, origin: origin)
    // The key is gone whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(receipt: receipt, isLogEmpty: (try? await store.emptyLog()) ?? false)
  }
}
