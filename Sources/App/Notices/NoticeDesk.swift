internal import Exchange
public import Model
public import Rulebook

/// Where texts are checked, previewed and approved: what commands and dashboard share.
public struct NoticeDesk: Sendable {
  private let store: any Store
  private let rulebook: Rulebook
  private let origin: String
  private let now: @Sendable () -> Instant
  private let renderer = NoticeRenderer()

  /// A text as it looks for somebody.
  public struct Sample: Sendable {
    /// The text.
    public var text: NoticeText
    /// The person's number; nil where nobody gets it yet and made-up words stand in their place.
    public var recipient: Int64?
    /// How it looks; or why it cannot be rendered.
    public var outcome: Result<RenderedNotice, UnfitNotice>
  }

  /// Why texts cannot be approved; nothing was altered.
  public struct Stopped: Error, Sendable, CustomStringConvertible {
    /// What stops it, in lines.
    public var stoppers: [String]
    /// What stops it, in one line.
    public var description: String { stoppers.joined(separator: "; ") }
  }

  /// Makes a desk.
  ///
  /// - Parameters:
  ///   - store: The record.
  ///   - rulebook: The rules, for what laws want of a text.
  ///   - origin: What the journal says where a change came from.
  ///   - now: The present.
  public init(
    store: any Store,
    rulebook: Rulebook,
    origin: String,
    now: @escaping @Sendable () -> Instant
  ) {
    (self.store, self.rulebook, self.origin, self.now) = (store, rulebook, origin, now)
  }

  /// Today where the organisation counts its days, as `2026-03-13`.
  public func today() async throws -> String {
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let instant = now()
    let offset = organisation.zone?.offset(at: instant) ?? 0
    return CivilTime(instant, offset: offset).isoDate
  }

  /// All texts of a mailing against the laws of those who get them.
  ///
  /// - Parameters:
  ///   - mailing: The mailing.
  ///   - date: The day of the notice; nil for that of the edition that waits or is in force, else today.
  ///   - countsGaps: Whether every recipient is read for what their text needs of them.
  /// - Returns: The review.
  /// - Throws: `StoreError`.
  public func review(
    _ mailing: Mailing,
    date: String? = nil,
    countsGaps: Bool = false
  ) async throws -> MailingReview {
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let live = try await live(of: mailing)
    var day = date ?? live?.facts.date ?? ""
    if day.isEmpty { day = try await today() }
    let facts = try await store.answer(EditionDraft(mailing: mailing.id, date: day))
    let duties = try await store.answer(IncidentObligations(incident: mailing.incident))
      .filter(\.obligation.state.isOwed).map(\.obligation.id)
    var review = NoticeReviewer(rulebook.pack, organisation, duties: duties).review(facts)
    if countsGaps {
      review.gaps = try await store.answer(
        RecipientGaps(mailing: mailing.id, needs: review.needs)
      )
    }
    return review
  }

  /// The edition of a mailing that waits or is in force; nil where there is none.
  public func live(of mailing: Mailing) async throws -> NoticeEdition? {
    try await store.answer(MailingEditions(mailing: mailing.id)).first { $0.end == nil }
  }

  /// A text as it looks for a person, masked or not as the person came.
  public func sample(
    _ text: NoticeText,
    of facts: NoticeEditionFacts,
    for recipient: Recipient
  ) -> Sample {
    let shared = facts.parts.first { $0.text.number == text.number }?.fields ?? [:]
    let values = recipient.contact.map { MergeValues(shared, of: $0) } ?? MergeValues(shared)
    return Sample(
      text: text,
      recipient: recipient.number,
      outcome: Result { () throws(UnfitNotice) in try renderer.render(text, values) }
    )
  }

  /// A text as it looks for one of those who get it, masked; in place of a person there are names of
  /// fields where nobody gets it.
  public func sample(
    _ text: NoticeText,
    of facts: NoticeEditionFacts,
    in mailing: Mailing
  ) async throws -> Sample {
    for share in facts.shares where share.texts.contains(where: { $0.text == text.name }) {
      let page = try await store.answer(
        LedgerPage(
          mailing: mailing.id,
          filter: LedgerFilter(jurisdictions: [share.kind.jurisdiction]),
          place: .first,
          count: 100
        )
      )
      if let found = page.rows.first(where: { $0.kind == share.kind }) {
        return sample(text, of: facts, for: found)
      }
    }
    var shared = facts.parts.first { $0.text.number == text.number }?.fields ?? [:]
    for field in MergeField.allCases where field.isPersonal {
      shared[field] = "<\(field.rawValue)>"
    }
    let values = MergeValues(shared)
    return Sample(
      text: text,
      recipient: nil,
      outcome: Result { () throws(UnfitNotice) in try renderer.render(text, values) }
    )
  }

  /// Approves what was seen: puts it up, or consents to it as the second person.
  ///
  /// - Parameters:
  ///   - mailing: The mailing.
  ///   - digest: The digest of what was seen, or its first twelve digits or more.
  ///   - date: The day of the notice, as it was seen.
  ///   - allowsGaps: Whether those who lack what their text needs may stay behind.
  /// - Returns: The edition, waiting for a second person or in force.
  /// - Throws: `Stopped` where something stops it, `StoreError` where the record says otherwise.
  public func approve(
    _ mailing: Mailing,
    digest: String,
    date: String? = nil,
    allowsGaps: Bool = false
  ) async throws -> NoticeEdition {
    guard digest.count >= 12 else {
      throw Stopped(stoppers: ["give twelve digits of the digest at least"])
    }
    guard mailing.erasedAt == nil else {
      throw Stopped(stoppers: ["the recipients of \(mailing.reference) were erased"])
    }
    let digest = digest.lowercased()
    var review = try await review(mailing, date: date, countsGaps: true)
    if allowsGaps { review.gaps = [] }
    guard review.stoppers.isEmpty else { throw Stopped(stoppers: review.stoppers) }
    if let live = try await live(of: mailing) {
      guard live.digest.hasPrefix(digest) else {
        throw Stopped(stoppers: ["\(live.name) has the digest \(live.digest)"])
      }
      if live.isInForce { return live }
      try await store.apply(
        ApproveEdition(id: live.id, basedOn: live.version, digest: live.digest),
        origin: origin
      )
    } else {
      let seen = review.facts.digest
      guard seen.hasPrefix(digest) else {
        throw Stopped(stoppers: ["what stands now has the digest \(seen)"])
      }
      try await store.apply(
        ProposeEdition(
          mailing: mailing.id,
          date: review.facts.date,
          digest: seen,
          checks: review.record
        ),
        origin: origin
      )
    }
    guard let edition = try await live(of: mailing) else {
      throw Stopped(stoppers: ["it was voided at once: something was altered meanwhile"])
    }
    return edition
  }

  /// Approves the people whom an edition in force covers; gone on with where it broke off.
  public func release(
    _ edition: NoticeEdition,
    progress: @escaping @Sendable (JobProgress) -> Bool = { _ in true }
  ) async throws -> EditionRelease.Outcome {
    let needs = Dictionary(
      edition.facts.parts.map { part in
        let needs = (try? NoticeTemplate(part.text.facts))?.needs ?? []
        return (
          part.text.name,
          needs.filter(\.isPersonal).sorted { $0.rawValue < $1.rawValue }
        )
      }
    ) { first, _ in first }
    return try await store.perform(
      EditionRelease(edition: edition.id, needs: needs),
      origin: origin,
      progress: progress
    )
  }
}
