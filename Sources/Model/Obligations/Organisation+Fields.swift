/// What an officer can state of the organisation: the same fields, read and checked the same way, in
/// the form on the screen and in the shell.
public enum OrganisationField: String, Vocabulary {
  case name, country, zone, role, sectors, holidays, contact, officer
  case secondPerson = "second-person"
  case remind

  /// What it is called.
  public var label: String {
    switch self {
    case .name: "Name"
    case .country: "Seat"
    case .zone: "Zone"
    case .role: "Role"
    case .sectors: "Trades"
    case .holidays: "Extra holidays"
    case .contact: "Contact"
    case .officer: "Data protection"
    case .secondPerson: "Second person"
    case .remind: "Remind before"
    }
  }

  /// What to give, in a line.
  public var help: String {
    switch self {
    case .name: "What it is called in notices"
    case .country: "ISO 3166-1, such as DE; empty for not known"
    case .zone: "In which its days are counted: Europe/Berlin; empty for not known"
    case .role: "What it is for the data concerned, as a rule"
    case .sectors: "All of them, with commas; none for none, empty for not known"
    case .holidays: "At its seat besides the public ones: 2026-12-24, with commas"
    case .contact: "Whom people and authorities ask: name, telephone, address"
    case .officer: "The data protection officer"
    case .secondPerson: "Whether each decision needs the consent of a second person"
    case .remind: "Hours before a deadline, with commas: 48,24,6,1"
    }
  }

  /// The field of an organisation as it is typed; empty where it is not known.
  public func text(_ organisation: Organisation) -> String {
    switch self {
    case .name: organisation.name
    case .country: organisation.country ?? ""
    case .zone: organisation.zone?.name ?? ""
    case .role: organisation.role ?? ""
    case .sectors:
      organisation.sectors.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? ""
    case .holidays: organisation.holidays.joined(separator: ", ")
    case .contact: organisation.contact
    case .officer: organisation.officer
    case .secondPerson: organisation.needsSecondPerson ? "yes" : "no"
    case .remind: organisation.reminderHours.map(String.init).joined(separator: ",")
    }
  }

  /// Sets the field as it was typed.
  ///
  /// - Parameters:
  ///   - text: What was typed; empty says that it is not known.
  ///   - organisation: What is set.
  ///   - pack: The rules, for the trades they ask for; nil knows the shipped ones.
  /// - Throws: `OrganisationProblem` where no rule could read it; nothing is set then.
  public func set(
    _ text: String,
    on organisation: inout Organisation,
    _ pack: RulePack? = nil
  ) throws(OrganisationProblem) {
    var next = organisation
    switch self {
    case .name: next.name = text
    case .country: next.country = text.isEmpty ? nil : text.uppercased()
    case .zone:
      guard text.isEmpty || Zone(text) != nil else {
        throw OrganisationProblem(field: self, reason: "\(text) is no zone such as Europe/Berlin")
      }
      next.zone = text.isEmpty ? nil : Zone(text)
    case .role: next.role = text.isEmpty ? nil : text
    case .sectors:
      next.sectors = text.isEmpty ? nil : text == "none" ? [] : Self.words(text)
      let known = Sector.known.union(pack?.sectors ?? [])
      if let strange = (next.sectors ?? []).first(where: { !known.contains($0) }) {
        throw OrganisationProblem(
          field: self,
          reason: "no rule knows the sector \(strange)",
          advice: "known: \(known.sorted().joined(separator: ", "))"
        )
      }
    case .holidays: next.holidays = Self.words(text)
    case .contact: next.contact = text
    case .officer: next.officer = text
    case .secondPerson:
      guard ["yes", "no"].contains(text) else {
        throw OrganisationProblem(field: self, reason: "yes or no")
      }
      next.needsSecondPerson = text == "yes"
    case .remind:
      let hours = Self.words(text).map { Int($0) }
      guard !hours.contains(where: { $0.map { !(1...2000).contains($0) } ?? true }) else {
        throw OrganisationProblem(field: self, reason: "hours such as 48,24,6,1")
      }
      next.reminderHours = Set(hours.compactMap(\.self)).sorted(by: >)
    }
    if let key, let fact = next.unusable.first(where: { $0.key == key }) {
      throw OrganisationProblem(field: self, reason: fact.description)
    }
    organisation = next
  }

  /// What is wrong with a text, for a form; nil where nothing is.
  public func problem(_ text: String, _ pack: RulePack?) -> String? {
    var organisation = Organisation()
    do throws(OrganisationProblem) {
      try set(text, on: &organisation, pack)
      return nil
    } catch {
      return error.reason
    }
  }

  /// The fact that the field states to the rules.
  private var key: String? {
    switch self {
    case .country: "org.country"
    case .zone: "org.tz"
    case .role: "org.role"
    case .sectors: "org.sectors"
    case .holidays: "org.holidays"
    default: nil
    }
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.trimmingPrefix(" ")) }.map {
      String($0.reversed().trimmingPrefix(" ").reversed())
    }
  }
}

/// Why a field of the organisation cannot be set so.
public struct OrganisationProblem: Error, Equatable, CustomStringConvertible {
  /// Which field.
  public var field: OrganisationField
  /// What is wrong.
  public var reason: String
  /// What would be right; may be empty.
  public var advice: String

  /// Makes a problem.
  public init(field: OrganisationField, reason: String, advice: String = "") {
    (self.field, self.reason, self.advice) = (field, reason, advice)
  }

  /// The field and what is wrong with it.
  public var description: String { "\(field.label): \(reason)" }
}

extension FactKey {
  /// The questions of the rules about the organisation that take yes or no, in order.
  public static let organisationQuestions: [FactKey] =
    flags.filter { $0.hasPrefix("org.") }.map(known)
}
