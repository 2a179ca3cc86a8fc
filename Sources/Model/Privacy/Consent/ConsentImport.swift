/// The purposes and versions that rows of a file can name.
public struct ConsentCatalogue: Sendable, Equatable {
  /// A purpose that rows can name.
  public struct Purpose: Sendable, Equatable {
    /// Its number.
    public var id: RecordID
    /// Its short name.
    public var slug: String
    /// Its versions: number and label in lower case.
    public var versions: [String: RecordID]

    /// Makes a purpose.
    public init(id: RecordID, slug: String, versions: [String: RecordID]) {
      (self.id, self.slug, self.versions) = (id, slug, versions)
    }
  }

  /// The purposes; rows name them by their place.
  public var purposes: [Purpose]

  /// Makes a catalogue of purposes.
  public init(purposes: [Purpose]) { self.purposes = purposes }

  /// Makes a catalogue of what the record has; ended and erased purposes take no records.
  public init(_ rows: [PurposeRow]) {
    purposes = rows.filter { $0.purpose.facts.erasedAt == nil }.map { row in
      Purpose(
        id: row.purpose.id,
        slug: row.purpose.facts.slug,
        versions: Dictionary(
          row.versions.map { ($0.facts.label.lowercased(), $0.id) },
          uniquingKeysWith: { $1 }
        )
      )
    }
  }
}

/// Consent records on their way in: flat memory that is used again and again.
///
/// A row's subject is one stretch of packed fields, in the order of `ConsentSubject.fields`. That
/// stretch is what is sealed.
public final class ConsentRows {
  /// What is known of a row beside its subject.
  public struct Facts: Sendable {
    /// The line of the input at which it begins, from 1.
    public var line: Int
    /// Its purpose, as a place in the source's catalogue.
    public var purpose: Int
    /// Its version's number; 0 for none.
    public var version: RecordID
    /// What was said.
    public var state: ConsentState
    /// Its channel, as a place in the source's `words`.
    public var channel: Int
    /// When, in milliseconds since 1970.
    public var at: Int64

    /// Makes facts.
    public init(
      line: Int,
      purpose: Int,
      version: RecordID,
      state: ConsentState,
      channel: Int,
      at: Int64
    ) {
      (self.line, self.purpose, self.version) = (line, purpose, version)
      (self.state, self.channel, self.at) = (state, channel, at)
    }
  }

  /// How many rows there is room for.
  public let capacity: Int
  /// What is known of each row beside its subject.
  public private(set) var facts: [Facts] = []
  private var subjects: PackedFields

  /// Makes room.
  public init(capacity: Int) {
    self.capacity = capacity
    facts.reserveCapacity(capacity)
    subjects = PackedFields(rows: capacity, bytes: 80)
  }

  /// How many rows there are.
  public var count: Int { facts.count }

  /// Takes all rows away and keeps the memory.
  public func removeAll() {
    facts.removeAll(keepingCapacity: true)
    subjects.removeAll()
  }

  /// Begins a row; its fields are appended next, all of them in order.
  public func beginRow(_ facts: Facts) {
    self.facts.append(facts)
    subjects.beginRow()
  }

  /// Appends the next field of the row; longer than 65 535 bytes is a broken promise.
  public func append(_ field: UnsafeRawBufferPointer) { subjects.append(field) }

  /// Runs a body over a row's subject: all fields with their lengths.
  public func withSubject<Result>(
    _ index: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try subjects.withRow(index, body)
  }
}

/// Where consent records come from: read twice, once to see whether all is well, once to bring them in.
public protocol ConsentSource: RowSource {
  /// The purposes that rows name by their place.
  var catalogue: ConsentCatalogue { get }
  /// The channels that rows name by their place in it; only ever grows.
  var words: [String] { get }
  /// Fills rows until there is no more room; none at the end.
  func fill(_ rows: ConsentRows) throws
}

/// What an import of consent records did.
public struct ConsentImport: Codable, Sendable, Equatable {
  /// How many records were added.
  public var created = 0
  /// How many rows say what an earlier row or the record says already; left out.
  public var repeated = 0
  /// How many records are overtaken by what the same person said later.
  public var superseded = 0
  /// How many were added, by purpose and state.
  public var added: [RecordID: [ConsentState: Int]] = [:]
  /// The repeated rows, as far as they are listed.
  public var duplicates: [Duplicate] = []
  /// How many rows were not read.
  public var refusedCount = 0
  /// What was not read, as far as it is listed.
  public var refused: [ImportProblem] = []
  /// Whether one of these took the rest of the input with it, so that bad rows cannot be skipped.
  public var isCutOff = false

  /// Makes an import of nothing.
  public init() {}

  /// A row that says what was said already.
  public struct Duplicate: Codable, Sendable, Hashable {
    /// The line at which it begins.
    public var line: Int
    /// The line of the earlier row; nil where it is in the record already.
    public var earlier: Int?

    /// Makes a duplicate.
    public init(line: Int, earlier: Int?) { (self.line, self.earlier) = (line, earlier) }
  }
}
