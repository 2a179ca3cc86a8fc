/// Who a member of staff is: the part that is personal.
///
/// Sealed in the record, or never written where the organisation wants pseudonyms alone. Never part of
/// a change, so never in the journal.
public struct StaffIdentity: Codable, Sendable, Hashable {
  /// The number that the personnel office gave; may be empty where there is an address.
  public var number: String
  /// The name; may be empty.
  public var name: String
  /// The e-mail address; may be empty where there is a number.
  public var email: String

  /// Makes an identity.
  public init(number: String = "", name: String = "", email: String = "") {
    (self.number, self.name, self.email) = (number, name, email)
  }
}

/// What is known of a member of staff.
///
/// No name: `sealed` is ciphertext, and pseudonym and tags are made under a key outside the store, so
/// that without it nobody can go from a name to its row or back.
public struct StaffFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .staff }
  /// What the journal's actions begin with.
  public static var word: String { "staff" }
  /// What people call it.
  public static var noun: String { "member of staff" }

  /// By what the person is shown: `P-7K3F9QX2MN`, the same for the same person.
  public var pseudonym: String
  /// The blind index of the personnel number; empty where there is none.
  public var numberTag: String
  /// The blind index of the e-mail address; empty where there is none.
  public var emailTag: String
  /// The sealed identity in Base64; empty where names are not kept.
  public var sealed: String
  /// The group.
  public var group: RecordID
  /// Roles that plans ask for.
  ///
  /// Foreign text.
  public var roles: [String]
  /// The first day; nil where it is not known.
  public var joined: DayNumber?
  /// The day from which the person is not there any more; nil while it is open.
  public var left: DayNumber?

  /// Makes facts.
  public init(
    pseudonym: String,
    numberTag: String = "",
    emailTag: String = "",
    sealed: String = "",
    group: RecordID,
    roles: [String] = [],
    joined: DayNumber? = nil,
    left: DayNumber? = nil
  ) {
    (self.pseudonym, self.numberTag, self.emailTag) = (pseudonym, numberTag, emailTag)
    (self.sealed, self.group, self.joined, self.left) = (sealed, group, joined, left)
    self.roles = Set(roles).sorted()
  }

  /// How people name it in a line: not at all, for even a pseudonym is about one person.
  public var title: String { "" }

  /// The facts by name, as texts.
  public var named: [(String, String)] {
    [
      ("group", "\(group)"), ("roles", roles.joined(separator: ", ")),
      ("joined", joined?.iso ?? ""), ("left", left?.iso ?? ""),
    ]
  }

  /// Whether the person is there on a day.
  public func isPresent(on day: DayNumber) -> Bool {
    (left.map { day < $0 } ?? true) && (joined.map { $0 <= day } ?? true)
  }

  /// The facts without anything that leads to the person.
  ///
  /// Group and days stay, for they count in statistics of times past.
  public func erased(_ id: RecordID) -> StaffFacts {
    StaffFacts(pseudonym: "erased-\(id)", group: group, joined: joined, left: left)
  }

  /// The facts without the sealed name; the pseudonym stays, and what finds the person again.
  public var withoutName: StaffFacts {
    var copy = self
    copy.sealed = ""
    return copy
  }

  /// Whether what led to the person was erased.
  public var isErased: Bool { pseudonym.hasPrefix("erased-") }
}

/// A member of staff, as the record keeps it.
public typealias Staff = KeptRecord<StaffFacts>

/// Takes away what leads to a person: pseudonym, indexes, the sealed identity, and what earlier entries
/// of the journal kept of them; or the sealed name alone.
///
/// What was done in training stays under the person's number, and counts.
public struct EraseStaff: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "staff.erase"
  /// Whom.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is left: `StaffFacts.erased(_:)` or `StaffFacts.withoutName` of what stood there.
  public var facts: StaffFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.staff, id) }
  /// What it does, in a few words.
  public var headline: String {
    facts.isErased ? "erased a member of staff" : "erased the name of a member of staff"
  }

  /// Makes the change.
  public init(of staff: Staff, namesOnly: Bool = false) {
    (id, basedOn) = (staff.id, staff.version)
    facts = namesOnly ? staff.facts.withoutName : staff.facts.erased(staff.id)
  }

  /// All that the record says after it.
  public var whole: StaffFacts? { facts }

  /// What the record says after it.
  public func after(
    _ state: RecordState<StaffFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<StaffFacts> {
    guard var state else { throw RefusedStep("there is no such member of staff") }
    guard facts == state.facts.erased(id) || facts == state.facts.withoutName else {
      throw RefusedStep("the member of staff was altered since; look again")
    }
    state.facts = facts
    return state
  }
}

/// That somebody looked at names of staff, and why.
///
/// Made by the store alone, in the transaction that reads them.
public struct RevealStaff: Change {
  /// What the journal calls it.
  public static let name = "staff.reveal"
  /// Whose, by their numbers, at most 1000.
  public var staff: [RecordID]
  /// How many were looked at.
  public var count: Int
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.store, 1) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "looked at \(count == 1 ? "a name" : "\(count) names") of staff: \(firstLine(reason))"
  }

  /// Makes the change.
  public init(staff: [RecordID], reason: String) {
    (self.staff, count, self.reason) = (Array(staff.prefix(1000)), staff.count, reason)
  }
}
