import Drawing

@testable import Model
@testable import Panes

/// Duties of two incidents as a store would hand them to the panes.
enum DutyFixture {
  /// The present: a Monday afternoon.
  static let now = Instant(seconds: 1_790_000_000)

  /// A duty; due so many seconds from now, or in a state of its own.
  static func record(
    _ id: Int64,
    _ rule: String,
    to recipient: String,
    in seconds: Int64? = nil,
    state: Obligation.State? = nil,
    incident: RecordID = 30,
    provisional: Bool = false,
    sentAt: Instant? = nil
  ) -> ObligationRecord {
    let due = seconds.map { now + .seconds($0) }
    let deadline = due.map {
      Obligation.Deadline(
        due: $0,
        latest: $0,
        provisional: provisional,
        clockStart: "events.aware_at"
      )
    }
    let obligation = Obligation(
      id: rule,
      jurisdiction: String(rule.prefix(2)),
      recipient: recipient,
      law: "Law of \(rule)",
      state: state ?? deadline.map { .due($0) }
        ?? .noFixedDeadline(clockStart: nil, provisional: provisional),
      because: ["affected.EU-DE = 41200"],
      confidence: .high,
      reckoning: due.map {
        Reckoning(
          startKey: "events.aware_at",
          start: $0 - .seconds(72 * 3600),
          period: .hours(72),
          zone: nil,
          due: $0,
          latest: $0,
          remarks: []
        )
      },
      version: 1
    )
    return ObligationRecord(
      id: id,
      incident: incident,
      obligation: obligation,
      computedAt: now - .seconds(600),
      cause: "facts changed",
      sentAt: sentAt
    )
  }

  /// Late, within the hour, within the day, later, held, and without a number.
  static let clocks: [ClockList.Row] = [
    row(record(1, "DE-BSIG-EARLY", to: "BSI", in: -11_520, incident: 26), 26),
    row(record(2, "US-CO-AG", to: "attorney general", in: 754, provisional: true), 30),
    row(record(3, "GB-GDPR-33", to: "Information Commissioner", in: 33_120), 30),
    row(record(4, "EU-GDPR-33-SA", to: "supervisory authority", in: 226_800), 30),
    row(record(5, "US-CA-IND", to: "people affected", in: 1_728_000), 30),
    row(
      record(6, "US-NY-IND", to: "people affected", state: .held(without: nil)),
      30
    ),
    row(record(7, "EU-GDPR-34", to: "people affected"), 30),
  ]

  static func row(_ record: ObligationRecord, _ number: Int) -> ClockList.Row {
    ClockList.Row(
      record: record,
      reference: "INC-2026-00\(number)",
      title: number == 26 ? "Ransom note on the file server" : "Customer accounts copied",
      severity: number == 26 ? .high : .critical
    )
  }

  /// The rules behind two of them: one shipped, one of the organisation's own.
  static let rules: RulePack = {
    var rule = Rule(
      id: "EU-GDPR-33-SA",
      citation: "GDPR art. 33(1)",
      recipient: "supervisory authority",
      clocks: []
    )
    rule.duty = "Tell the supervisory authority of the breach within 72 hours."
    rule.means = "the authority's own form"
    var own = Rule(id: "GB-GDPR-33", citation: "UK GDPR", recipient: "ICO", clocks: [])
    own.duty = "Tell the Information Commissioner."
    return RulePack(laws: [
      Law(
        id: "eu-gdpr",
        title: "General Data Protection Regulation",
        jurisdiction: "EU",
        reach: .init(),
        source: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        retrieved: "2026-11-23",
        rules: [rule]
      ),
      Law(
        id: "own",
        title: "Own rules",
        jurisdiction: "GB",
        reach: .init(),
        rules: [own],
        isOwn: true
      ),
    ])
  }()

  /// The world around a pane of a size, in Berlin.
  static func context(_ columns: Int, _ rows: Int) -> PaneContext {
    var organisation = Organisation()
    organisation.zone = .named("Europe/Berlin")
    return PaneContext(
      now: now,
      zone: .utc,
      area: Size(columns: columns, rows: rows),
      actor: Actor(uid: 4001, name: "mira"),
      rules: rules,
      organisation: organisation
    )
  }
}
