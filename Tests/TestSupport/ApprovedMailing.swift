public import Model
public import Storage

/// A mailing with people and a text that is approved, ready to be sent.
public enum ApprovedMailing {
  /// Makes it in a store, with an incident for it; its text is not approved where that is not wanted.
  public static func make(
    in store: SQLiteStore,
    people: Int,
    channels: [MailingChannel] = [.email],
    isApproved: Bool = true,
    origin: String = "test"
  ) async throws -> Mailing {
    let incident = try await store.apply(
      OpenIncident(facts: IncidentFacts(title: "Leak")),
      origin: origin
    )
    let id = try await store.apply(
      OpenMailing(
        incident: incident.subject.id,
        facts: MailingFacts(name: "All customers", channels: channels)
      ),
      origin: "test"
    ).subject.id
    _ = try await store.perform(
      RecipientIntake(into: id, from: MadeUpRecipients(count: people)),
      origin: "test"
    )
    try await store.apply(
      AddNoticeText(
        mailing: id,
        facts: NoticeTextFacts(
          channels: channels,
          language: "en",
          takesOtherLanguages: true,
          subject: "About your data",
          body: "Dear {{name}},\n\nyour data were exposed.\n"
        )
      ),
      origin: "test"
    )
    if isApproved { try await approve(id, in: store) }
    guard let mailing = try await store.answer(MailingByID(id)) else {
      throw StoreError.notFound(Subject(.mailing, id))
    }
    return mailing
  }

  private static func approve(_ id: RecordID, in store: SQLiteStore) async throws {
    let draft = try await store.answer(EditionDraft(mailing: id, date: "2026-05-18"))
    try await store.apply(
      ProposeEdition(mailing: id, date: draft.date, digest: draft.digest, checks: []),
      origin: "test"
    )
    guard let edition = try await store.answer(EditionInForce(mailing: id)) else {
      throw StoreError.refused("the edition is not in force")
    }
    _ = try await store.perform(EditionRelease(edition: edition.id, needs: [:]), origin: "test")
  }
}

extension ApprovedMailing {
  /// Makes it in the store at a path; channels by their names, now where no instant is given.
  public static func make(
    at path: String,
    people: Int,
    channels: [String] = ["email"],
    isApproved: Bool = true,
    now: String? = nil
  ) async throws {
    var options = SQLiteStore.Options()
    if let now, let instant = Instant(rfc3339: now) { options.now = { instant } }
    let store = try SQLiteStore(path: path, options: options)
    _ = try await make(
      in: store,
      people: people,
      channels: channels.compactMap { MailingChannel(rawValue: $0) },
      isApproved: isApproved,
      // A store that is begun under a given clock says so, as the command's own would.
      origin: now == nil ? "test" : "test --now"
    )
    try store.close()
  }

  /// The number of the person whom the tag in an address names; nil where the store at a path does not
  /// know the tag for its own.
  public static func number(tagged address: String, at path: String) async throws -> Int? {
    guard let tag = ReturnTag(in: address) else { return nil }
    let store = try SQLiteStore(path: path)
    let found = try await store.answer(TaggedRecipient(tag))
    try store.close()
    return found.map { Int($0.number) }
  }
}
