/// What a list is narrowed to.
///
/// One syntax for dashboard and commands.
///
/// Words are joined by "and". `word` is contained, `~word` is fuzzy (its letters in order), `!` in
/// front says not, `field:value` looks at one field, `"two words"` belong together. Dates compare:
/// `opened>2026-01`, `aware<=2026-05-18`.
public struct Filter: Codable, Sendable, Hashable {
  /// The terms, all of which must hold; empty passes everything.
  public var terms: [Term]

  /// One condition.
  public struct Term: Codable, Sendable, Hashable {
    /// Whether the condition must not hold.
    public var isNegated: Bool
    /// What must hold.
    public var test: Test

    /// Makes a term.
    public init(_ test: Test, negated: Bool = false) {
      (self.test, self.isNegated) = (test, negated)
    }
  }

  /// What is compared with what.
  public enum Test: Codable, Sendable, Hashable {
    /// The text stands somewhere in reference, title, summary or tags; letter case is ignored.
    case contains(String)
    /// The letters stand in this order in reference or title.
    case fuzzy(String)
    /// A field has this value (or begins so, for free text).
    case field(FilterField, String)
    /// A time lies before, at or after another.
    case time(FilterField, Comparison, StatedTime)
    /// A number compares.
    case number(FilterField, Comparison, Int64)
  }

  /// How two values are compared.
  public enum Comparison: String, Codable, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "="
  }

  /// Makes a filter.
  public init(terms: [Term] = []) { self.terms = terms }

  /// Whether everything passes.
  public var isEmpty: Bool { terms.isEmpty }

  /// The filter without exercises: what counts and reports look at.
  public var withoutDrills: Filter {
    Filter(terms: terms + [Term(.field(.is, "drill"), negated: true)])
  }
}

/// The fields that a filter can name.
public enum FilterField: String, Vocabulary {
  case state, severity, outcome, kind, tag, lead, person, jurisdiction, data, asset, source
  case opened, updated, occurred, aware, affected, `is`, has

  /// Whether the field is compared as a time.
  public var isTime: Bool {
    switch self {
    case .opened, .updated, .occurred, .aware: true
    default: false
    }
  }

  /// The words that the field can have, where the list is closed.
  public var words: [String]? {
    switch self {
    case .state: IncidentState.allCases.map(\.rawValue)
    case .severity: Severity.allCases.map(\.rawValue) + ["none"]
    case .outcome: Outcome.allCases.map(\.rawValue)
    case .kind: VerisAction.allCases.map(\.rawValue)
    case .is: ["open", "closed", "removed", "imported", "drill"]
    case .has: ["evidence", "tasks", "overdue", "lead", "awareness", "people"]
    default: nil
    }
  }
}

/// Asks for the filters that were saved, by name.
public struct SavedFilters: Question {
  /// A saved filter.
  public struct Row: Codable, Sendable, Equatable {
    /// Its number in the store.
    public var id: RecordID
    /// Its version.
    public var version: Version
    /// Its name.
    ///
    /// Foreign text.
    public var name: String
    /// Its text, in the filter's syntax.
    ///
    /// Foreign text.
    public var text: String

    /// Makes a row.
    public init(id: RecordID, version: Version, name: String, text: String) {
      (self.id, self.version, self.name, self.text) = (id, version, name, text)
    }
  }
  /// What comes back.
  public typealias Answer = [Row]

  /// Makes the question.
  public init() {}
}

/// Saves a filter under a name; one that has the name already is replaced.
public struct SaveFilter: Change {
  /// What the journal calls it.
  public static let name = "filter.save"
  /// The name.
  ///
  /// Foreign text; not empty.
  public var filterName: String
  /// The filter's text, in its syntax.
  ///
  /// Foreign text.
  public var text: String

  /// The record that it alters.
  public var subject: Subject { Subject(.filter, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "saved filter \(filterName)" }

  /// Makes the change.
  public init(filterName: String, text: String) {
    (self.filterName, self.text) = (filterName, text)
  }
}

/// Removes a saved filter.
public struct RemoveFilter: Change {
  /// What the journal calls it.
  public static let name = "filter.remove"
  /// The name.
  ///
  /// Foreign text.
  public var filterName: String

  /// The record that it alters.
  public var subject: Subject { Subject(.filter, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "removed filter \(filterName)" }

  /// Makes the change.
  public init(filterName: String) { self.filterName = filterName }
}

/// Records that the store was put back from a backup; the replaced file was kept.
public struct RecordRestore: Change {
  /// What the journal calls it.
  public static let name = "store.restore"
  /// The backup's journal head: sequence.
  public var backupHead: JournalSequence
  /// The replaced store's journal head: sequence; 0 where there was none or it was unreadable.
  public var replacedHead: JournalSequence
  /// Where the replaced file is kept.
  ///
  /// Foreign text.
  public var keptAs: String
  /// The mailings that are held until somebody says what was sent since the backup; nil in entries from
  /// before mailings were held.
  public var held: [RestoredMailing]?

  /// The record that it alters.
  public var subject: Subject { Subject(.store, 1) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "restored from a backup at entry \(backupHead); the store it replaced ended at \(replacedHead)"
  }

  /// Makes the change.
  public init(
    backupHead: JournalSequence,
    replacedHead: JournalSequence,
    keptAs: String,
    held: [RestoredMailing] = []
  ) {
    (self.backupHead, self.replacedHead, self.keptAs) = (backupHead, replacedHead, keptAs)
    self.held = held
  }
}

/// Searches all texts of the record: incidents with all that hangs from them, and the contact book.
public struct Search: Question {
  /// A place where the words were found.
  public struct Hit: Codable, Sendable, Equatable {
    /// The record that holds the text.
    public var subject: Subject
    /// The incident that it is or belongs to; nil for an entry of the contact book.
    public var incident: RecordID?
    /// The incident's reference, or the key of an authority.
    public var reference: String
    /// A stretch of the text around the hit.
    ///
    /// Foreign text.
    public var excerpt: String
    /// Whether the incident is an exercise.
    public var isExercise: Bool

    /// Makes a hit.
    public init(
      subject: Subject,
      incident: RecordID?,
      reference: String,
      excerpt: String,
      isExercise: Bool = false
    ) {
      (self.subject, self.incident) = (subject, incident)
      (self.reference, self.excerpt, self.isExercise) = (reference, excerpt, isExercise)
    }
  }
  /// What comes back.
  public typealias Answer = Page<Hit>
  /// The words; the last one may be unfinished.
  ///
  /// Never interpreted as operators.
  public var text: String
  /// Which stretch; best hits first.
  public var window: RowWindow

  /// Makes the question.
  public init(_ text: String, window: RowWindow) { (self.text, self.window) = (text, window) }
}
