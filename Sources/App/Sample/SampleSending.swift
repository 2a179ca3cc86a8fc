internal import Exchange
internal import Model
internal import Storage

/// A sending of the sample: the steps of a real one, with every message written and its digest kept, and
/// a mail program that takes all of them at once.
enum SampleSending {
  /// The process that sends; the same each time.
  private static let process = SendingProcess(id: 2217, boot: "sample", start: 1)

  /// Sends to all who are queued.
  static func send(
    _ mailing: Mailing,
    _ desk: SampleDesk,
    _ officer: SampleOfficer,
    _ at: Instant
  ) async throws {
    guard let edition = try await desk.ask(EditionInForce(mailing: mailing.id)),
      let plan = try await desk.ask(MailingSending(mailing: mailing.id)).plan
    else { return }
    let texts = EditionTexts(edition)
    let floor = try await desk.perform(
      SendingStart(mailing: mailing.id, process: process, program: plan.program),
      officer,
      at
    )
    let status = try await desk.ask(MailingStatus(id: mailing.id))
    let places = Set(status.tallies.filter { $0.state == .queued }.map(\.jurisdiction))
    var counts = SendingCounts()
    var position: Int64 = 0
    while true {
      let claimed = try await desk.perform(
        RecipientClaim(
          mailing: mailing.id,
          process: process,
          edition: edition.id,
          position: position,
          floor: floor,
          limit: 1000,
          jurisdictions: places
        ) { texts.version(for: $0) },
        officer,
        at
      )
      position = claimed.position
      if !claimed.people.isEmpty {
        let people = try await settled(claimed.people, mailing, plan, texts)
        counts.handedOver += people.count
        try await desk.perform(
          RecipientSettlement(
            mailing: mailing.id,
            process: process,
            people: people,
            counts: counts
          ),
          officer,
          at
        )
      }
      if claimed.isAtEnd || !claimed.signal.isGo { break }
    }
    try await desk.perform(
      SendingReport(mailing: mailing.id, process: process, activity: .ended, counts: counts),
      officer,
      at
    )
  }

  /// Writes everybody's message; two halves beside each other, for all of it takes a while.
  private static func settled(
    _ people: [RecipientClaim.Person],
    _ mailing: Mailing,
    _ plan: SendingPlan,
    _ texts: EditionTexts
  ) async throws -> [RecipientSettlement.Person] {
    let half = people.count / 2
    async let first = write(people[..<half], mailing, plan, texts)
    async let second = write(people[half...], mailing, plan, texts)
    return try await first + second
  }

  @concurrent private static func write(
    _ people: ArraySlice<RecipientClaim.Person>,
    _ mailing: Mailing,
    _ plan: SendingPlan,
    _ texts: EditionTexts
  ) async throws -> [RecipientSettlement.Person] {
    try people.map { person in
      let message = try HandOver.compose(person, plan, mailing.reference, texts)
      let taken = RecipientSettlement.Fate.handedOver(
        messageID: message.id ?? "",
        digest: HandOver.digest(try message.bytes())
      )
      return person.settled(taken)
    }
  }
}
