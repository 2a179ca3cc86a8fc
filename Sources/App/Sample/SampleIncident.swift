internal import Model

/// One incident of the sample company, as the generator is told about it.
struct SampleIncident: Sendable {
  /// One line.
  var title: String
  /// What happened.
  var summary: String
  /// How long ago it was reported, in hours.
  var hours: Int64
  /// What happened, by VERIS action.
  var actions: [VerisAction]
  /// Where its handling stands now.
  var state: IncidentState
  /// How bad it is; nil is "not assessed yet".
  var severity: Severity?
  /// What it turned out to be.
  var outcome: Outcome = .undetermined
  /// Who leads; nil where nobody does yet.
  var lead: String?
  /// People affected by jurisdiction; -1 is an unknown number.
  var affected: KeyValuePairs<String, Int64> = [:]
  /// Data categories.
  var data: [String] = []
  /// Whether data was disclosed.
  var disclosure: Disclosure?
  /// Whether the data was encrypted.
  var isEncrypted: Bool?
  /// Systems affected.
  var assets: [String] = []
  /// Free words.
  var tags: [String] = []
  /// How exactly it is known when it occurred.
  var occurred: Precision = .day
}

/// The people of the sample company; all names are invented.
enum SampleOfficer: Int, CaseIterable, Sendable {
  case mira, tomas, ines, jonah, sanne

  /// Name as it stands in roles and tasks.
  var name: String {
    switch self {
    case .mira: "Mira Lindgren"
    case .tomas: "Tomas Vale"
    case .ines: "Ines Carvalho"
    case .jonah: "Jonah Okafor"
    case .sanne: "Sanne de Wit"
    }
  }

  /// The account, as the journal knows it.
  var account: Actor { Actor(uid: UInt32(7001 + rawValue), name: "\(self)") }
}
