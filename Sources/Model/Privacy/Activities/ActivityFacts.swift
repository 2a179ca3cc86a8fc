/// One category of data in an activity: why it is held, and when somebody last said so.
public struct HeldData: Codable, Sendable, Hashable {
  /// The category, in the words of `DataCategory.known` or the organisation's own.
  ///
  /// Foreign text; not empty.
  public var category: String
  /// Why it is held.
  ///
  /// Foreign text; may be empty.
  public var why: String
  /// When somebody last justified that; nil where nobody ever did.
  public var justified: StatedTime?
  /// Who did.
  ///
  /// Foreign text; empty where nobody did.
  public var justifiedBy: String

  /// Makes a category of data.
  public init(
    _ category: String,
    why: String = "",
    justified: StatedTime? = nil,
    by: String = ""
  ) {
    (self.category, self.why) = (category, why)
    (self.justified, justifiedBy) = (justified, by)
  }
}

/// A system in which an activity's data lie, and where it runs.
public struct SystemPlace: Codable, Sendable, Hashable {
  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// Where it runs: a country, a region, a data centre; empty where nobody has said.
  ///
  /// Foreign text.
  public var place: String

  /// Makes a system.
  public init(name: String, place: String = "") { (self.name, self.place) = (name, place) }
}

/// Somebody who processes data for us, and the contract that GDPR wants for it.
public struct ProcessorContract: Codable, Sendable, Hashable {
  /// Who.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// Where; empty where nobody has said.
  ///
  /// Foreign text.
  public var place: String
  /// From when the contract holds; nil where none is known.
  public var from: StatedTime?
  /// Until when; nil is without end, or not known.
  public var until: StatedTime?

  /// Makes a processor.
  public init(
    name: String,
    place: String = "",
    from: StatedTime? = nil,
    until: StatedTime? = nil
  ) {
    (self.name, self.place, self.from, self.until) = (name, place, from, until)
  }
}

/// A transfer of data to a country outside.
public struct DataTransfer: Codable, Sendable, Hashable {
  /// To whom.
  ///
  /// Foreign text; may be empty.
  public var name: String
  /// Which country.
  ///
  /// Foreign text; not empty.
  public var country: String
  /// On what it rests; nil where nobody has said.
  public var mechanism: TransferMechanism?

  /// Makes a transfer.
  public init(name: String = "", country: String, mechanism: TransferMechanism? = nil) {
    (self.name, self.country, self.mechanism) = (name, country, mechanism)
  }
}

/// What is known of a processing activity: an entry of the record that GDPR wants.
public struct ActivityFacts: RegisterFacts {
  /// Its kind.
  public static let kind = Subject.Kind.activity
  /// How the journal names its changes.
  public static let word = "activity"
  /// What people call it.
  public static let noun = "activity"

  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// Whose processing it is.
  public var role = ActivityRole.controller
  /// For whom a processor does it, or with whom joint controllers do; foreign text.
  public var controllers: [String] = []
  /// What it is for; foreign text.
  public var purpose = ""
  /// What makes it lawful; nil where nobody has said.
  public var basis: LegalBasis?
  /// The statute, the contract or the interest that is meant; foreign text.
  public var basisNote = ""
  /// What lets special categories be processed; nil where none are, or nobody has said.
  public var condition: SpecialCondition?
  /// The categories of people; foreign text.
  public var people: [String] = []
  /// How many people there are, by jurisdiction; sorted, each once.
  public var numbers: [AffectedPeople] = []
  /// The categories of data; each once, in the order in which they were stated.
  public var data: [HeldData] = []
  /// The systems in which the data lie.
  public var systems: [SystemPlace] = []
  /// Who else is given the data; foreign text.
  public var recipients: [String] = []
  /// Who processes the data for us.
  public var processors: [ProcessorContract] = []
  /// Where data go outside.
  public var transfers: [DataTransfer] = []
  /// The security measures; foreign text.
  public var measures: [String] = []
  /// Who answers for it; nil where nobody does yet.
  ///
  /// Foreign text.
  public var owner: String?
  /// When it is to be looked at again; nil where no day was set.
  public var review: StatedTime?
  /// Why it stands in no public statement; nil where it may.
  ///
  /// Foreign text.
  public var internalReason: String?
  /// What it was imported from, such as `fides:demo_marketing_system#1`; empty for one written here.
  public var source = ""

  /// One line that says what it is.
  public var title: String { name }

  /// Makes an activity of which only the name is known.
  public init(name: String) { self.name = name }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    ActivityField.allCases.map { ($0.rawValue, $0.text(self)) } + [("source", source)]
  }

  /// The category of data that has a name, whatever the letter case.
  public func held(_ category: String) -> Int? {
    data.firstIndex { $0.category.lowercased() == category.lowercased() }
  }
}

/// A processing activity as the record keeps it.
public typealias Activity = RegisterEntry<ActivityFacts>
/// Adds a processing activity.
public typealias AddActivity = AddEntry<ActivityFacts>
/// Replaces what is known of a processing activity.
public typealias EditActivity = EditEntry<ActivityFacts>
/// Takes a processing activity off the list.
public typealias RemoveActivity = RemoveEntry<ActivityFacts>
/// Puts a processing activity back on the list.
public typealias RestoreActivity = RestoreEntry<ActivityFacts>
