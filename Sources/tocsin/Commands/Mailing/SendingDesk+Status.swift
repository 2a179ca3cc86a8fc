internal import App
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

extension SendingDesk {
  /// Says who sends, how far it is and what is uncertain.
  func status() async throws -> ExitStatus {
    let sending = try await current()
    let queued = try await counts([.queued]).reduce(0) { $0 + $1.1 }
    // With a sender at work those it has in hand are no one's to decide on.
    let isActive = sending.lease?.isActive ?? false
    if format.json {
      try session.out.json(
        .members([
          "mailing": .string(mailing.reference), "active": .bool(isActive),
          "queued": .count(queued), "uncertain": .count(isActive ? 0 : sending.uncertain),
          "in_hand": .count(isActive ? sending.uncertain : 0),
          "sender": sending.lease.map { .lease($0) } ?? .null,
          "plan": sending.plan.map { .plan($0) } ?? .null,
        ])
      )
      return .done
    }
    let out = session.out
    if let lease = sending.lease {
      let state: Words =
        lease.activity == .ended
        ? "ended" : lease.isAlive ? "\(lease.activity.label)" : "was killed"
      let until: Words = lease.waitsUntil.map { " until \($0.words)" } ?? ""
      try out.line(
        "\(mailing.reference): \(state)\(lease.isActive ? until : ""); process "
          + "\(lease.process.id) of \(lease.actor), begun \(lease.startedAt.words), last seen "
          + "\(lease.seenAt.words)"
      )
      if lease.isActive, lease.wish != .run { try out.line("asked to \(lease.wish.rawValue)") }
      try out.line(
        "handed over \(lease.counts.handedOver), refused \(lease.counts.refused), without an "
          + "address \(lease.counts.unfit), uncertain \(lease.counts.uncertain)"
      )
      if !lease.problem.isEmpty { try out.line("last problem: \(lease.problem)") }
    } else {
      try out.line("\(mailing.reference): nobody has sent anything of it yet")
    }
    try out.line("queued: \(queued)")
    if isActive {
      try out.line("in hand: \(sending.uncertain)")
    } else if sending.uncertain > 0 {
      try out.line(SendingWords.uncertain(sending.uncertain, mailing))
    }
    return .done
  }

  /// Says what would be sent, how and when.
  func preview() async throws -> ExitStatus {
    let sending = try await current()
    let plan = sending.plan ?? SendingPlan()
    let edition = try await store.answer(EditionInForce(mailing: mailing.id))
    let isFirst = mailing.facts.channels.first == .email
    let waiting = try await counts(isFirst ? [.approved, .queued] : [.queued])
    let total = waiting.reduce(0) { $0 + $1.1 }
    let now = session.now
    var gaps = plan.gaps
    if edition == nil { gaps.append("no texts are approved") }
    if !FileManager.default.isExecutableFile(atPath: plan.program[0]) {
      gaps.append("there is no program \(plan.program[0])")
    }
    if format.json {
      try session.out.json(
        .members([
          "mailing": .string(mailing.reference), "total": .count(total),
          "edition": edition.map { .string($0.name) } ?? .null, "missing": .texts(gaps),
          "plan": .plan(plan),
          "jurisdictions": .array(
            waiting.map { place, count in
              .members([
                "jurisdiction": .string(place), "count": .count(count),
                "quiet_until": plan.quietUntil(in: place, at: now).map { .instant($0) } ?? .null,
              ])
            }
          ),
        ])
      )
      return gaps.isEmpty ? .done : .found
    }
    let out = session.out
    let name: Words = edition.map { "edition \($0.name)" } ?? "no approved texts"
    try out.line("\(mailing.reference): \(total) would be sent, \(name)")
    for (place, count) in waiting {
      let quiet: Words =
        plan.quietUntil(in: place, at: now).map { ", quiet until \($0.words)" } ?? ""
      try out.line("  \(place): \(count)\(quiet)")
    }
    if let rate = plan.perMinute {
      try out.line("at \(rate) a minute: \((total + rate - 1) / rate) minutes")
    }
    try lines(plan)
    for gap in gaps { out.note("missing: \(gap)") }
    if sending.uncertain > 0 { out.note(SendingWords.uncertain(sending.uncertain, mailing)) }
    return gaps.isEmpty ? .done : .found
  }
}
