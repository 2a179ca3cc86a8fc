internal import Foundation
internal import Model
internal import Rulebook

/// The sample's privacy register: what the retailer does with data, how long it keeps them, and who asked
/// for theirs.
enum SamplePrivacy {
  /// Something that happens at a time.
  typealias Step = SampleAudits.Step

  /// What happens, by time.
  ///
  /// - Parameters:
  ///   - now: The present.
  ///   - rulebook: The folder of the shipped rulebook, by which requests are due; nil gives them no time.
  /// - Returns: The steps, earliest first.
  /// - Throws: What is wrong with a file of the rulebook.
  static func steps(now: Instant, rulebook: String?) throws -> [Step] {
    let rights = try rulebook.map { try pack($0) } ?? RulePack(laws: [])
    return (register(now) + SampleRequests.steps(now: now, rights) + SampleImpacts.steps(now: now))
      .sorted { $0.at < $1.at }
  }

  /// The laws of rights and the calendars they count by.
  private static func pack(_ folder: String) throws -> RulePack {
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }
    let rights = try ["eu-gdpr", "uk-gdpr", "us-ca"].map { name in
      try RightsFile(yaml: text("Rights/\(name).yaml"), file: "Rights/\(name).yaml").law
    }
    let calendars = try ["DE", "GB", "US"].map { name in
      try CalendarFile(yaml: text("Calendars/\(name).yaml"), file: "Calendars/\(name).yaml")
        .calendar
    }
    return RulePack(laws: [], calendars: calendars, rights: rights)
  }

  static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

  // MARK: Activities

  /// An activity as it was written down: fields as they are typed.
  private struct Sketch {
    var name: String
    var fields: [(ActivityField, String)]
    /// The categories that were justified, and how many days ago.
    var justified: [(category: String, days: Int64)] = []
  }

  private static let sketches = [
    Sketch(
      name: "Orders and delivery",
      fields: [
        (.purpose, "Take, pack, deliver and return orders"), (.basis, "contract"),
        (.basisNote, "the sale"), (.people, "customers; recipients of gifts"),
        (.numbers, "EU-DE = 184000; EU-FR = 31000; EU-NL = 22000; GB = 41000; US-CA = 9000"),
        (
          .data,
          "name = to deliver; postal_address = to deliver; email = to confirm; phone = carrier calls; "
            + "orders = returns and warranty"
        ),
        (.systems, "shop database @ Frankfurt; warehouse @ Leipzig"),
        (.recipients, "carriers; tax office"),
        (.processors, "Paketlauf GmbH @ DE [2024-02-01 to 2027-01-31]"),
        (.measures, "encrypted at rest; access by role; two people for exports"),
        (.owner, "Ines Carvalho"), (.review, "2027-01-31"),
      ],
      justified: [("name", 120), ("postal_address", 120), ("email", 120), ("orders", 120)]
    ),
    Sketch(
      name: "Payment",
      fields: [
        (.purpose, "Charge and refund"), (.basis, "contract"), (.people, "customers"),
        (.numbers, "EU-DE = 121000; EU-FR = 19000; GB = 28000; US-CA = 9000"),
        (.data, "name = to charge; card_number = to charge; bank_account = refunds"),
        (.systems, "payment page @ Frankfurt"), (.recipients, "acquiring bank"),
        (.processors, "Zahlwerk AG @ DE [2023-06-01 to 2026-05-31]"),
        (.measures, "PCI DSS; tokens instead of card numbers"), (.owner, "Tomas Vale"),
        (.review, "2026-12-31"),
      ],
      justified: [("name", 200), ("card_number", 200), ("bank_account", 200)]
    ),
    Sketch(
      name: "Newsletter",
      fields: [
        (.purpose, "Tell those who asked for it of offers"), (.basis, "consent"),
        (.people, "subscribers"), (.numbers, "EU-DE = 88000; EU-SE = 7000; GB = 12000"),
        (.data, "email = to send it; name = to address them; dob = a greeting on birthdays"),
        (.systems, "Mailhaus @ US"), (.recipients, "none"),
        (.processors, "Mailhaus Inc @ US [2024-01-01 to 2026-12-31]"),
        (.transfers, "Mailhaus Inc @ US"), (.measures, "double opt-in"),
        (.owner, "Jonah Okafor"), (.review, "2026-06-30"),
      ],
      justified: [("email", 90), ("name", 90), ("dob", 430)]
    ),
    Sketch(
      name: "Vale Club",
      fields: [
        (.purpose, "Points and offers for regular customers"), (.basis, "contract"),
        (.people, "members"), (.numbers, "EU-DE = 46000; GB = 9000; US-CA = 3000"),
        (
          .data,
          "name = to address them; email = to write to them; dob = age limit; orders = to count points; "
            + "children = offers for families"
        ),
        (.systems, "club database @ Frankfurt"), (.recipients, "partners of the club"),
        (.measures, "access by role"), (.owner, "Jonah Okafor"), (.review, "2026-11-30"),
      ],
      justified: [("name", 60), ("email", 60), ("dob", 60), ("orders", 500)]
    ),
    Sketch(
      name: "Sizing advice",
      fields: [
        (.purpose, "Propose sizes from body measurements"), (.basis, "consent"),
        (.people, "customers"), (.numbers, "EU-DE = 5200"),
        (.data, "biometric = to propose a size; health = prostheses and aids"),
        (.systems, "sizing service @ Dublin"), (.recipients, "none"),
        (.processors, "Fitwell Ltd @ IE [2025-03-01 to]"), (.measures, "pseudonymous"),
        (.owner, "Sanne de Wit"),
      ]
    ),
    Sketch(
      name: "Recruiting",
      fields: [
        (.purpose, "Choose whom to employ"), (.basis, "contract"),
        (.basisNote, "steps before a contract, § 26 BDSG"), (.people, "applicants"),
        (.numbers, "EU-DE = 640"),
        (.data, "name = to invite; email = to invite; other = letters and certificates"),
        (.systems, "applicant inbox @ Frankfurt"), (.recipients, "heads of department"),
        (.measures, "access by role"), (.owner, "Sanne de Wit"), (.review, "2026-10-31"),
      ],
      justified: [("name", 30), ("email", 30), ("other", 30)]
    ),
    Sketch(
      name: "Staff and payroll",
      fields: [
        (.purpose, "Employ and pay staff"), (.basis, "legal-obligation"),
        (.basisNote, "§ 26 BDSG; tax and social security law"), (.condition, "employment"),
        (.people, "staff"), (.numbers, "EU-DE = 410"),
        (
          .data,
          "name = to pay; bank_account = to pay; national_id = social security; health = sick leave; "
            + "payroll = to pay"
        ),
        (.systems, "payroll @ Nuremberg"), (.recipients, "tax office; health insurers"),
        (.processors, "Lohnwerk eG @ DE [2022-01-01 to]"), (.measures, "encrypted; two people"),
        (.owner, "Mira Lindgren"), (.review, "2027-03-31"),
      ],
      justified: [
        ("name", 150), ("bank_account", 150), ("national_id", 150), ("health", 150),
        ("payroll", 150),
      ]
    ),
    Sketch(
      name: "Gift cards for Nordhaus",
      fields: [
        (.role, "processor"), (.controllers, "Nordhaus AB, Stockholm"),
        (.purpose, "Print and send gift cards"), (.people, "customers of Nordhaus"),
        (.data, "name; postal_address"), (.systems, "print queue @ Leipzig"),
        (.measures, "deleted with each batch"), (.owner, "Ines Carvalho"),
      ],
      justified: [("name", 10), ("postal_address", 10)]
    ),
  ]

  private static func register(_ now: Instant) -> [Step] {
    // After the company was set up in the record; what was justified earlier was taken over with its day.
    let start = now - days(345)
    var steps: [Step] = []
    for (index, sketch) in sketches.enumerated() {
      let at = start + .seconds(Int64(index) * 1800)
      steps.append(
        Step(at: at) { desk in
          try await desk.apply([AddActivity(try facts(sketch))], .ines, at)
        }
      )
      for (category, ago) in sketch.justified {
        let seen = now - days(ago) + .seconds(Int64(index) * 60)
        let at = max(seen, start + days(1) + .seconds(Int64(index) * 60))
        steps.append(Step(at: at) { try await justify(index, category, seen, at, $0) })
      }
    }
    return steps + retention(now, start) + SampleConsents.steps(now: now, start: start)
  }

  private static func facts(_ sketch: Sketch) throws -> ActivityFacts {
    let reading = TimeReading(now: Instant(seconds: 0), zone: .named("Europe/Berlin"))
    var facts = ActivityFacts(name: sketch.name)
    for (field, text) in sketch.fields { try field.set(text, on: &facts, reading) }
    return facts
  }

  private static func justify(
    _ index: Int,
    _ category: String,
    _ seen: Instant,
    _ at: Instant,
    _ desk: SampleDesk
  ) async throws {
    let reference = "ACT-\(String(10_001 + index).dropFirst())"
    guard let activity = try await desk.ask(ActivityByReference(reference)),
      let place = activity.facts.held(category)
    else { return }
    let civil = CivilTime(seen)
    let day = StatedTime(year: civil.year, month: civil.month, day: civil.day)
    let why = activity.facts.data[place].why
    let change = JustifyData(
      id: activity.id,
      basedOn: activity.version,
      category: category,
      why: why.isEmpty ? "as its controller has ordered" : why,
      on: day ?? StatedTime(at)
    )
    try await desk.apply([change], .ines, at)
  }

  // MARK: Retention

  private static func retention(_ now: Instant, _ start: Instant) -> [Step] {
    func rule(
      _ title: String,
      _ activity: String,
      _ trigger: RetentionTrigger,
      _ period: Period,
      _ ground: String,
      _ method: String = "",
      yearEnd: Bool = false
    ) -> RetentionFacts {
      var facts = RetentionFacts(title: title, trigger: trigger, period: period, ground: ground)
      (facts.activity, facts.method) = (activity, method)
      facts.target =
        activity.isEmpty
        ? RetentionTarget.allCases.first { $0 != .activity && $0.ownTrigger == trigger }
          ?? .activity
        : .activity
      facts.start = yearEnd ? .yearEnd : .event
      return facts
    }
    let rules = [
      rule(
        "Orders and invoices",
        "ACT-0001",
        .invoice,
        .months(120),
        "§ 147 AO, § 257 HGB",
        "nightly job of the warehouse",
        yearEnd: true
      ),
      rule("Payment data", "ACT-0002", .contractEnd, .months(36), "§ 195 BGB", yearEnd: true),
      rule("Addresses of the newsletter", "ACT-0003", .consentWithdrawn, .months(36), "§ 195 BGB"),
      rule("Accounts of the club", "ACT-0004", .accountClosed, .months(12), "no need beyond"),
      rule(
        "Applications",
        "ACT-0006",
        .purposeEnd,
        .months(6),
        "§ 15(4) AGG, § 61b ArbGG",
        "by hand, by the head of staff"
      ),
      rule("Payroll", "ACT-0007", .employmentEnd, .months(120), "§ 147 AO", yearEnd: true),
      rule("People who were told", "", .incidentClosed, .months(12), "art. 33(5) and 34 GDPR"),
      rule("People who asked", "", .requestSettled, .months(36), "§ 31 OWiG, § 41 BDSG"),
      rule("People who consented", "", .purposeEnd, .months(36), "art. 7(1) GDPR, § 31 OWiG"),
    ]
    let at = start + days(2)
    var steps = [
      Step(at: at) { try await $0.apply(rules.map { AddRetention($0) }, .ines, at) }
    ]
    func number(_ rule: String, _ event: StatedTime?, _ count: Int64, _ ago: Int64) {
      let at = now - days(ago)
      steps.append(
        Step(at: at) { desk in
          guard let found = try await desk.ask(RetentionByReference(rule)) else { return }
          let stock = RetentionStock(triggered: event, count: count, asOf: at, by: "")
          try await desk.apply(
            [RecordStock(id: found.id, basedOn: found.version, stock: stock)],
            .tomas,
            at
          )
        }
      )
    }
    let year = CivilTime(now).year
    number("RET-0001", StatedTime(year: year - 11), 41_870, 20)
    number("RET-0001", StatedTime(year: year - 10), 52_114, 20)
    number("RET-0002", StatedTime(year: year - 4), 18_240, 19)
    number("RET-0004", StatedTime(year: year - 2, month: 3), 1_204, 18)
    number("RET-0005", StatedTime(year: year - 1, month: 2), 41, 300)
    number("RET-0005", StatedTime(year: year - 1, month: 11), 62, 17)
    let done = now - days(200)
    steps.append(
      Step(at: done) { desk in
        var run = DeletionFacts(
          rule: "RET-0005",
          count: 41,
          done: StatedTime(done),
          method: "Mails and files deleted by hand, list of names shredded"
        )
        run.upTo = StatedTime(year: year - 1, month: 2)
        run.by = SampleOfficer.sanne.name
        try await desk.apply([AddDeletion(run)], .sanne, done)
      }
    )
    let held = now - days(15)
    steps.append(
      Step(at: held) { desk in
        var hold = HoldFacts(
          title: "Card skimming",
          reason: "Criminal complaint over the script on the payment page; records are evidence",
          scope: ["ACT-0002"],
          from: StatedTime(held)
        )
        hold.orderedBy = "Leonie Achterberg"
        try await desk.apply([AddHold(hold)], .mira, held)
      }
    )
    return steps
  }
}
