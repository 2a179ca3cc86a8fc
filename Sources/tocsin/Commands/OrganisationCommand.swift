internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin organisation`.
struct OrganisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: "Say who reports: seat, zone, role, trades. Rules ask for it.",
    subcommands: [ShowOrganisation.self, SetOrganisationCommand.self]
  )
}

/// The command `tocsin organisation show`.
struct ShowOrganisation: HeadlessCommand {
  static let origin = "organisation show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is known of the organisation."
  )

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let found = try await session.open().answer(CurrentOrganisation())
    let organisation = found.organisation
    if format.json {
      try session.out.json(JSON(organisation, version: found.version))
      return .done
    }
    for (name, value) in organisation.named {
      try session.out.line("\(name): \(value ?? "not known")")
    }
    return .done
  }
}

/// The command `tocsin organisation set`.
struct SetOrganisationCommand: HeadlessCommand {
  static let origin = "organisation set"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set what is known of the organisation; what is not named stays.",
    discussion: "An empty value says that it is not known."
  )

  @Option(help: "What it is called in notices.") var name: String?
  @Option(help: "The seat, ISO 3166-1: DE.") var country: String?
  @Option(help: "The zone in which its days are counted: Europe/Berlin.") var zone: String?
  @Option(help: "controller, processor, joint or manufacturer.") var role: String?
  @Option(help: ArgumentHelp("All its trades, with commas; none for none.", valueName: "words"))
  var sectors: String?
  @Option(help: ArgumentHelp("Extra holidays at the seat, with commas.", valueName: "days"))
  var holidays: String?
  @Option(help: "Whom people and authorities ask.") var contact: String?
  @Option(help: "The data protection officer.") var officer: String?
  @Option(help: "Whether decisions need a second person: yes or no.") var secondPerson: String?
  @Option(help: ArgumentHelp("Hours before a deadline, with commas.", valueName: "hours"))
  var remind: String?
  @Option(
    help: ArgumentHelp(
      "Days to mend a finding, such as critical=7,high=30,medium=90,low=180; usual for these.",
      valueName: "days"
    )
  )
  var findingDays: String?
  @Option(help: "Whether names of staff are kept: sealed, or pseudonyms alone.")
  var staffNames: StaffNames?
  @Option(help: "The fewest people of whom results of phishing exercises are shown, from 3.")
  var leastGroup: Int?
  @Option(
    help: ArgumentHelp(
      "Why results of phishing exercises may be shown by person; empty for never.",
      valueName: "reason"
    )
  )
  var phishingNames: String?
  @Option(
    help: ArgumentHelp(
      "Months after which a reason for holding data is looked at again; usual for 12.",
      valueName: "months"
    )
  )
  var justifyMonths: String?
  @Option(
    help: ArgumentHelp("The answer to a question of the rules.", valueName: "org.key=yes|no")
  )
  var answer: [String] = []

  @OptionGroup var openness: OpennessOptions
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await store.answer(CurrentOrganisation())
    var organisation = found.organisation
    try apply(to: &organisation, try session.rulebook(rulebook).pack)
    let change = SetOrganisation(basedOn: found.version, organisation: organisation)
    let receipt = try await store.apply(change, origin: session.origin)
    if format.json {
      try session.out.json(JSON(organisation, version: receipt.version))
    } else {
      try session.out.line("set; shown by: tocsin organisation show")
    }
    return .done
  }

  private func apply(to organisation: inout Organisation, _ pack: RulePack) throws {
    let given: [(OrganisationField, String?)] = [
      (.name, name), (.country, country), (.zone, zone), (.role, role), (.sectors, sectors),
      (.holidays, holidays), (.contact, contact), (.officer, officer),
      (.secondPerson, secondPerson), (.remind, remind),
    ]
    for case (let field, let text?) in given {
      do throws(OrganisationProblem) {
        try field.set(text, on: &organisation, pack)
      } catch {
        let reason =
          field == .secondPerson || field == .remind
          ? "--\(field.rawValue): \(error.reason)" : error.reason
        throw Refusal(
          "\(reason)",
          advice: error.advice.isEmpty ? nil : "\(error.advice)",
          status: .usage
        )
      }
    }
    if staffNames != nil || leastGroup != nil || phishingNames != nil {
      var privacy = organisation.privacyOfStaff
      if let staffNames { privacy.isPseudonymous = staffNames == .pseudonyms }
      if let leastGroup { privacy.minimumGroup = leastGroup }
      if let phishingNames { privacy.namedResults = phishingNames }
      organisation.staffPrivacy = privacy
    }
    if let findingDays { organisation.findingDays = try days(findingDays, organisation) }
    if let justifyMonths {
      let months = Int(justifyMonths)
      guard justifyMonths == "usual" || months.map({ (1...120).contains($0) }) == true else {
        throw Refusal("--justify-months \(justifyMonths): 1 to 120, or usual", status: .usage)
      }
      organisation.justifyMonths = months
    }
    try openness.apply(to: &organisation)
    for pair in answer {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].hasPrefix("org."), let key = FactKey(String(parts[0])),
        key.kind == .flag
      else {
        throw Refusal(
          "--answer \(pair): a question of the rules, such as org.small_agent=yes",
          status: .usage
        )
      }
      organisation.answers[key] = parts[1].isEmpty ? nil : String(parts[1])
    }
  }

  /// Reads days by severity; what is not named stays.
  private func days(_ text: String, _ organisation: Organisation) throws -> FindingDays? {
    guard text != "usual", !text.isEmpty else { return nil }
    var days = organisation.findingDays ?? .usual
    for pair in words(text) {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let severity = Severity(rawValue: String(parts[0])),
        let number = Int(parts[1]), (1...3650).contains(number)
      else {
        throw Refusal(
          "--finding-days \(pair): a severity and 1 to 3650 days, such as high=30",
          status: .usage
        )
      }
      days[severity] = number
    }
    return days
  }

  private func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
  }
}

/// Whether names of staff are kept.
enum StaffNames: String, ExpressibleByArgument, CaseIterable {
  case sealed, pseudonyms
}

extension Organisation {
  /// What is known, by name, as texts; nil is not known.
  var named: [(String, String?)] {
    let known: [(String, String?)] = [
      ("name", name.isEmpty ? nil : name), ("country", country), ("zone", zone?.name),
      ("role", role), ("sectors", sectors.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") }),
      ("holidays", holidays.isEmpty ? "none" : holidays.joined(separator: ", ")),
      ("contact", contact.isEmpty ? nil : contact),
      ("officer", officer.isEmpty ? nil : officer),
      ("second person", needsSecondPerson ? "yes" : "no"),
      ("reminders", reminderHours.map { "\($0) h" }.joined(separator: ", ")),
      ("finding days", findingDays?.text ?? "\(FindingDays.usual.text) (usual)"),
      (
        "justify months",
        justifyMonths.map(String.init) ?? "\(Justification.usualMonths) (usual)"
      ),
      ("names of staff", privacyOfStaff.isPseudonymous ? "pseudonyms alone" : "sealed"),
      ("least group", "\(privacyOfStaff.minimumGroup)"),
      (
        "phishing results by person",
        privacyOfStaff.showsNames ? privacyOfStaff.namedResults : "never"
      ),
    ]
    let shown: [(String, String?)] = (openness?.named ?? []).map { name, text in
      (name, text.isEmpty ? nil : text)
    }
    let stated: [(String, String?)] = answers.values.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    return known + shown + stated
  }
}

extension JSON {
  init(_ organisation: Organisation, version: Version) {
    func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    var answers = JSONObject()
    for (key, value) in organisation.answers.values.sorted(by: { $0.key < $1.key }) {
      answers[key] = .string(value)
    }
    var days = JSONObject()
    for severity in Severity.allCases {
      days[severity.rawValue] = .integer(Int64((organisation.findingDays ?? .usual)[severity]))
    }
    self = .members([
      "version": .integer(version), "name": .string(organisation.name),
      "country": text(organisation.country), "zone": text(organisation.zone?.name),
      "role": text(organisation.role), "sectors": organisation.sectors.map { .texts($0) } ?? .null,
      "holidays": .texts(organisation.holidays), "contact": .string(organisation.contact),
      "officer": .string(organisation.officer),
      "second_person": .bool(organisation.needsSecondPerson),
      "reminder_hours": .array(organisation.reminderHours.map { .integer(Int64($0)) }),
      "finding_days": .object(days),
      "justify_months": .count(organisation.justifyMonths ?? Justification.usualMonths),
      "answers": .object(answers),
      "staff_names": .string(organisation.privacyOfStaff.isPseudonymous ? "pseudonyms" : "sealed"),
      "least_group": .count(organisation.privacyOfStaff.minimumGroup),
      "phishing_names": .text(
        organisation.privacyOfStaff.showsNames ? organisation.privacyOfStaff.namedResults : nil
      ),
      "openness": JSON(organisation.openness),
    ])
  }
}

extension JSON {
  /// How the organisation shows itself to the public; null where nobody has said.
  fileprivate init(_ openness: Openness?) {
    guard let openness else {
      self = .null
      return
    }
    self = .members([
      "least_number": .count(openness.leastNumber), "site": .string(openness.site),
      "ask_rights": .string(openness.rights),
      "security_contacts": .texts(openness.securityContacts),
      "security_policy": .string(openness.securityPolicy),
      "security_address": .string(openness.securityAddress),
      "security_languages": .texts(openness.securityLanguages),
      "security_expires": .text(openness.securityExpires?.iso),
    ])
  }
}
