internal import Model

/// The sample's own people: 182 invented members of staff in nine groups, what they must have learned and
/// read, and six phishing exercises in the course of a year and a half.
enum SampleStaff {
  /// Something that happens at a time.
  typealias Step = SampleAudits.Step

  /// A group: how many belong to it, how diligent they are, and how the exercises find them.
  private struct Team {
    var name: String
    var count: Int
    /// So many of a hundred do a course again in time.
    var diligence: Int64
    /// So many of a hundred follow a link more or less than others.
    var haste: Int64
    var role: String?
  }

  private static let teams = [
    Team(name: "Customer service", count: 32, diligence: 88, haste: 2),
    Team(name: "Finance", count: 12, diligence: 92, haste: 6, role: "payments"),
    Team(name: "IT operations", count: 14, diligence: 97, haste: -9, role: "administrator"),
    Team(name: "Management board", count: 4, diligence: 60, haste: 8),
    Team(name: "Marketing", count: 11, diligence: 84, haste: 4),
    Team(name: "Stores north", count: 27, diligence: 78, haste: 3, role: "till"),
    Team(name: "Stores south", count: 24, diligence: 81, haste: 1, role: "till"),
    Team(name: "Warehouse", count: 36, diligence: 66, haste: 5),
    Team(name: "Web shop", count: 22, diligence: 93, haste: -5),
  ]

  /// A member of staff of the sample.
  private struct Person {
    var row: StaffRow
    var team: Team
    /// Whether the person came with the second list.
    var isNew: Bool
  }

  /// A course or protocol: who must do it.
  private struct Lesson {
    var facts: CourseFacts
    var groups: [String] = []
    var roles: [String] = []

    func asks(_ person: Person) -> Bool {
      (groups.isEmpty && roles.isEmpty) || groups.contains(person.team.name)
        || roles.contains { person.row.roles?.contains($0) == true }
    }
  }

  /// What happens, by time.
  static func steps(now: Instant) -> [Step] {
    var random = SplitMix64(seed: 0x57AF_F)
    let today = DayNumber(now, in: .utc)
    let people = people(today, &random)
    let subjects = subjects(today)
    func at(_ daysAgo: Int, hour: Int = 9) -> Instant {
      Instant(seconds: Int64(today.count - daysAgo) * 86_400 + Int64(hour) * 3600)
    }
    var steps = [
      Step(at: at(600)) { desk in
        let rows = people.filter { !$0.isNew }.map(\.row)
        try await desk.perform(StaffIntake(rows, isComplete: true), .mira, at(600))
      },
      Step(at: at(598)) { desk in try await plan(subjects, desk, at(598), today) },
      Step(at: at(62)) { desk in
        // Two have left, seven are new.
        let rows = people.filter { !leavers.contains($0.row.line) }.map(\.row)
        try await desk.perform(StaffIntake(rows, isComplete: true), .mira, at(62))
      },
      Step(at: now - .seconds(120)) { desk in
        guard let incident = desk.incident("Phishing mail"),
          let course = try await desk.ask(CourseByCode("PHISH-1"))
        else { return }
        try await desk.apply(
          [AddLink(.prevention(by: course.id, of: incident))],
          .mira,
          now - .seconds(120)
        )
      },
    ]
    steps += completions(people, subjects, today, &random).map { daysAgo, rows in
      Step(at: at(daysAgo, hour: 10)) { desk in
        try await desk.perform(
          CompletionIntake(rows, source: "learning platform"),
          .mira,
          at(daysAgo, hour: 10)
        )
      }
    }
    steps += exercises(people, today, &random).map { daysAgo, job in
      Step(at: at(daysAgo, hour: 17)) { desk in
        try await desk.perform(job, .mira, at(daysAgo, hour: 17))
      }
    }
    return steps.sorted { $0.at < $1.at }
  }

  /// The lines of those who left.
  private static let leavers: Set<Int> = [11, 120]

  private static func people(_ today: DayNumber, _ random: inout SplitMix64) -> [Person] {
    let firsts = [
      "Alma", "Bela", "Caspar", "Dina", "Eike", "Fenja", "Gero", "Hanne", "Ivo", "Jette", "Kai",
      "Lina", "Milo", "Nora", "Ole", "Pia", "Quirin", "Romy", "Sönke", "Tilda", "Ulla", "Vera",
      "Wanja", "Yara",
    ]
    let lasts = [
      "Adler", "Brookmann", "Castell", "Dorn", "Eibe", "Falkner", "Grau", "Holm", "Imhof", "Jansen",
      "Kolb", "Linde", "Marsch", "Nyholm", "Ott", "Palm", "Rask", "Stern", "Tauber", "Uhland",
      "Voss", "Winter", "Zander",
    ]
    var people: [Person] = []
    for team in teams {
      for place in 0..<team.count {
        let number = people.count + 1
        let (first, last) = (random.pick(firsts), random.pick(lasts))
        let isNew = place % 28 == 5 && team.count > 10
        let joined = today - (isNew ? Int(random.number(20...58)) : Int(random.number(610...3000)))
        let hasRole = team.role != nil && (team.name == "Finance" || random.number(0...9) < 7)
        people.append(
          Person(
            row: StaffRow(
              line: number + 1,
              identity: StaffIdentity(
                number: "S-\(1000 + number)",
                name: "\(first) \(last)",
                email: "s\(1000 + number)@lindgren-vale.example"
              ),
              group: team.name,
              roles: hasRole ? team.role.map { [$0] } : nil,
              joined: joined
            ),
            team: team,
            isNew: isNew
          )
        )
      }
    }
    return people
  }

  private static func subjects(_ today: DayNumber) -> [Lesson] {
    func version(_ label: String, _ daysAgo: Int, renew: Bool = false, _ summary: String = "")
      -> CourseVersion
    {
      CourseVersion(label: label, from: today - daysAgo, mustRenew: renew, summary: summary)
    }
    return [
      Lesson(
        facts: CourseFacts(
          code: "SEC-1",
          name: "Working safely: passwords, screens, visitors",
          validMonths: 12,
          versions: [version("1", 640)]
        )
      ),
      Lesson(
        facts: CourseFacts(
          code: "PHISH-1",
          name: "Mails that want something from you",
          validMonths: 12,
          versions: [version("1", 640), version("2", 300, "with calls and messages")]
        )
      ),
      Lesson(
        facts: CourseFacts(
          code: "PRIV-1",
          name: "Data of customers: what we may and what we must not",
          validMonths: 24,
          versions: [version("1", 640)]
        ),
        groups: ["Customer service", "Marketing", "Web shop"]
      ),
      Lesson(
        facts: CourseFacts(
          code: "PAY-1",
          name: "Payments: four eyes and changed bank details",
          validMonths: 12,
          versions: [version("1", 640)]
        ),
        roles: ["payments"]
      ),
      Lesson(
        facts: CourseFacts(
          code: "ADM-1",
          name: "Administrators: access, logs, emergencies",
          validMonths: 12,
          versions: [version("1", 640)]
        ),
        roles: ["administrator"]
      ),
      Lesson(
        facts: CourseFacts(
          code: "PROT-LOSS",
          name: "When data is lost: whom to call, what to leave alone",
          form: .handlingProtocol,
          versions: [
            version("1", 640),
            version("2", 40, renew: true, "the new number of the security desk"),
          ],
          address: "intranet.lindgren-vale.example/loss"
        )
      ),
      Lesson(
        facts: CourseFacts(
          code: "PROT-CARD",
          name: "Card data at the till",
          form: .handlingProtocol,
          versions: [version("1", 640)]
        ),
        roles: ["till"]
      ),
    ]
  }

  private static func plan(
    _ subjects: [Lesson],
    _ desk: SampleDesk,
    _ at: Instant,
    _ today: DayNumber
  ) async throws {
    let groups = try await desk.ask(RecordList<StaffGroupFacts>())
    let receipts = try await desk.apply(subjects.map { AddRecord($0.facts) }, .mira, at)
    let plans = zip(subjects, receipts).map { subject, receipt in
      AddRecord(
        TrainingPlanFacts(
          name: subject.facts.name,
          course: receipt.subject.id,
          groups: subject.groups.compactMap { name in
            groups.first { $0.facts.name == name }?.id
          },
          roles: subject.roles,
          days: subject.facts.form == .course ? 30 : 14,
          from: today - 598
        )
      )
    }
    try await desk.apply(plans, .mira, at)
  }

  /// What was done, by the files of the learning platform: how many days ago each was brought in.
  private static func completions(
    _ people: [Person],
    _ subjects: [Lesson],
    _ today: DayNumber,
    _ random: inout SplitMix64
  ) -> [(daysAgo: Int, rows: [CompletionRow])] {
    let files = [540, 270, 15]
    var rows: [Int: [CompletionRow]] = [:]
    for person in people {
      for subject in subjects where subject.asks(person) {
        let isTold = random.number(0...99) < person.team.diligence
        let isRenewed = random.number(0...99) < person.team.diligence - 30
        func add(_ file: Int, _ back: ClosedRange<Int64>, _ version: String = "") {
          rows[file, default: []].append(
            CompletionRow(
              line: (rows[file]?.count ?? 0) + 2,
              person: person.row.identity.number,
              course: subject.facts.code,
              version: version,
              on: today - Int(random.number(back))
            )
          )
        }
        switch (person.isNew, subject.facts.form) {
        case (true, _): if isRenewed { add(15, 16...19) }
        case (false, .course): isTold ? add(270, 275...350) : add(540, 545...590)
        case (false, .handlingProtocol):
          if isTold { add(540, 545...585, "1") }
          if isTold, isRenewed, subject.facts.versions.count > 1 { add(15, 16...39, "2") }
        }
      }
    }
    return files.compactMap { file in rows[file].map { (file, $0) } }
  }

  /// The exercises: fewer follow the link each time, more report it, and sooner.
  private static func exercises(
    _ people: [Person],
    _ today: DayNumber,
    _ random: inout SplitMix64
  ) -> [(daysAgo: Int, job: PhishingIntake)] {
    let plans: [(Int, String, String, clicked: Int64, reported: Int64, minutes: Int64)] = [
      (520, "Parcel", "a parcel that cannot be delivered", 27, 6, 94),
      (430, "Shared document", "a document that a colleague shared", 24, 11, 61),
      (340, "Pay slip", "the corrected pay slip of the month", 22, 17, 40),
      (250, "Password", "a password that expires today", 16, 24, 22),
      (160, "Voucher", "a voucher for staff", 13, 33, 12),
      (40, "Bank details", "a supplier's changed bank details", 9, 41, 6),
    ]
    return plans.map { daysAgo, name, lure, clicked, reported, minutes in
      let start = Instant(seconds: Int64(today.count - daysAgo) * 86_400 + 8 * 3600)
      let reached = people.filter { !$0.isNew || daysAgo < 60 }.filter {
        !leavers.contains($0.row.line) || daysAgo > 62
      }
      let results = reached.enumerated().map { index, person in
        var result = PhishingResult(email: person.row.identity.email)
        let sent = start + .seconds(Int64(index) * 2)
        result.note(.sent, at: sent)
        let luck = random.number(0...99)
        if luck < 55 { result.note(.opened, at: sent + .seconds(random.number(60...7200))) }
        if luck < max(1, clicked + person.team.haste) {
          result.note(.clicked, at: sent + .seconds(random.number(90...14_400)))
          if random.number(0...9) < 4 {
            result.note(.submitted, at: sent + .seconds(random.number(120...14_500)))
          }
        }
        if random.number(0...99) < reported - person.team.haste / 2 {
          result.noteReport(at: sent + .seconds(minutes * 60 + random.number(0...9000)))
        }
        return result
      }
      return (daysAgo, PhishingIntake(name, lure: lure, results: results))
    }
  }
}
