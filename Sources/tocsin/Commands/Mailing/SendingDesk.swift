internal import App
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// What the commands that send have in common: one mailing, its plan, and who sends it.
struct SendingDesk {
  let session: Session
  let store: SQLiteStore
  let mailing: Mailing
  let format: FormatOptions

  init(_ session: Session, _ store: SQLiteStore, _ mailing: Mailing, _ format: FormatOptions) {
    (self.session, self.store) = (session, store)
    (self.mailing, self.format) = (mailing, format)
  }

  /// Sets parts of the plan.
  func set(_ settings: [String]) async throws -> ExitStatus {
    var plan: SendingPlan
    if let known = try await current().plan { plan = known } else { plan = try await fresh() }
    for setting in settings {
      guard let equals = setting.firstIndex(of: "=") else {
        throw Refusal(
          "\(setting) sets nothing",
          advice: "write KEY=VALUE; keys: \(SendingPlan.settings.joined(separator: ", "))",
          status: .usage
        )
      }
      do {
        try plan.set(
          String(setting[..<equals]),
          to: String(setting[setting.index(after: equals)...])
        )
      } catch {
        throw Refusal("\(error)", status: .usage)
      }
    }
    try await store.apply(
      SetSendingPlan(id: mailing.id, basedOn: mailing.version, plan: plan),
      origin: session.origin
    )
    if format.json {
      try session.out.json(.plan(plan))
    } else {
      try lines(plan)
      for gap in plan.gaps { session.out.note("missing: \(gap)") }
    }
    return .done
  }

  /// The usual plan, in the organisation's zone.
  private func fresh() async throws -> SendingPlan {
    var plan = SendingPlan()
    let known = try await store.answer(CurrentOrganisation())
    plan.zone = known.organisation.zone ?? plan.zone
    return plan
  }

  /// Tells the sender what is wanted of it.
  func direct(_ wish: SendingWish) async throws -> ExitStatus {
    do {
      try await store.apply(
        DirectSending(mailing: mailing.id, wish: wish),
        origin: session.origin
      )
    } catch StoreError.refused(let reason) {
      throw Refusal(
        "\(reason)",
        advice: wish == .run ? "to begin: tocsin mailing send \(mailing.reference)" : nil
      )
    }
    if format.json {
      try session.out.json(
        .members(["mailing": .string(mailing.reference), "wish": .string(wish.rawValue)])
      )
    } else {
      let words: Words =
        switch wish {
        case .run: "goes on"
        case .pause: "pauses after the message in hand"
        case .stop: "ends after the message in hand"
        }
      try session.out.line("\(mailing.reference): the sending \(words)")
    }
    return .done
  }

  /// Writes down a person's word on those who are uncertain.
  func resolve(isSent: Bool, _ numbers: [Int64]?, reason: String) async throws -> ExitStatus {
    let count = try await store.perform(
      UncertainResolution(
        mailing: mailing.id,
        numbers: numbers,
        isSent: isSent,
        reason: reason
      ),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members(["resolved": .count(count), "state": .string(isSent ? "handed-over" : "queued")])
      )
    } else {
      let state: Words = isSent ? "count as handed over" : "are queued again"
      try session.out.line("\(mailing.reference): \(count) who were uncertain \(state)")
    }
    return .done
  }

  /// How the mailing is sent, and by whom.
  func current() async throws -> MailingSending.Answer {
    try await store.answer(MailingSending(mailing: mailing.id))
  }

  /// How many are in a state, by jurisdiction.
  func counts(_ states: Set<RecipientState>) async throws -> [(String, Int)] {
    let status = try await store.answer(MailingStatus(id: mailing.id))
    var counts: [String: Int] = [:]
    for tally in status.tallies where states.contains(tally.state) {
      counts[tally.jurisdiction, default: 0] += tally.count
    }
    return counts.sorted { $0.key < $1.key }
  }

  /// Prints a plan.
  func lines(_ plan: SendingPlan) throws {
    for (name, value) in plan.named {
      try session.out.line("\(name): \(value.isEmpty ? "-" : value)")
    }
  }
}
