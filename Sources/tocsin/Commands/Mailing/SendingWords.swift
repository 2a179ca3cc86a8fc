internal import App
internal import Exchange
internal import Model

/// A sending as commands print it.
enum SendingWords {
  /// How far it is, in one line.
  static func line(_ progress: SendingRun.Progress) -> Words {
    let counts = progress.counts
    let until: Words = progress.waitsUntil.map { " (\($0.words))" } ?? ""
    var words: Words =
      "\(progress.activity.label)\(until): \(counts.handedOver) of \(progress.total) handed over"
    if counts.refused > 0 { words = words + ", \(counts.refused) refused" }
    if counts.uncertain > 0 { words = words + ", \(counts.uncertain) uncertain" }
    return words
  }

  /// How it ended, for people.
  static func words(_ end: SendingRun.End, _ counts: SendingCounts) -> Words {
    switch end {
    case .done: counts.handedOver > 0 ? "sent" : "nothing was sent"
    case .limit: "sent as many as were to be"
    case .stopped: "stopped, as it was asked to"
    case .quiet(let until): "quiet hours until \(until.words)"
    case .paused: "paused"
    case .notApproved: "stopped, the approval of the texts is void"
    case .replaced: "ended, another process sends"
    case .failures(let count): "stopped after \(count) failures in a row"
    }
  }

  /// How it ended, for programs.
  static func name(_ end: SendingRun.End) -> String {
    switch end {
    case .done: "done"
    case .limit: "limit"
    case .stopped: "stopped"
    case .quiet: "quiet"
    case .paused: "paused"
    case .notApproved: "not-approved"
    case .replaced: "replaced"
    case .failures: "failures"
    }
  }

  /// What is to be done about those who are uncertain.
  static func uncertain(_ count: Int, _ mailing: Mailing) -> Words {
    """
    \(count) uncertain: nobody knows whether the mail program took their messages. See its log, \
    then say --uncertain sent or --uncertain again; who: tocsin mailing recipients \
    \(mailing.reference) --filter state:uncertain
    """
  }
}

extension JSON {
  /// How e-mails are sent.
  static func plan(_ plan: SendingPlan) -> JSON {
    .members([
      "sender": .string(plan.sender), "sender_name": .string(plan.senderName),
      "return_path": .string(plan.returnPath), "list_id": .string(plan.listID),
      "per_minute": plan.perMinute.map { .count($0) } ?? .null, "batch": .count(plan.batch),
      "parallel": .count(plan.lanes),
      "quiet": plan.quiet.map { .string($0.description) } ?? .null,
      "zone": .string(plan.zone.name), "program": .texts(plan.program),
      "uncertain_status": .array(plan.uncertainStatuses.map { .count($0) }),
      "threshold": .count(plan.threshold), "timeout": .count(plan.timeout),
    ])
  }

  /// Who sends, or did last.
  static func lease(_ lease: SendingLease) -> JSON {
    .members([
      "process": .integer(Int64(lease.process.id)), "by": .string(lease.actor),
      "alive": .bool(lease.isAlive), "activity": .string(lease.activity.rawValue),
      "wish": .string(lease.wish.rawValue), "started_at": .instant(lease.startedAt),
      "seen_at": .instant(lease.seenAt),
      "waits_until": lease.waitsUntil.map { .instant($0) } ?? .null,
      "handed_over": .count(lease.counts.handedOver), "refused": .count(lease.counts.refused),
      "without_address": .count(lease.counts.unfit),
      "uncertain": .count(lease.counts.uncertain), "problem": .string(lease.problem),
    ])
  }
}
