public import Model

/// Consent records that are a pure function of what is wanted of each.
public final class MadeUpConsents: ConsentSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.

  /// What one row says.
  public struct Row: Sendable {
    /// The person: 7 is `canary7@example.org`.
    public var person: Int
    /// What was said.
    public var state: ConsentState
    /// When, in seconds since 1970.
    public var at: Int64
    /// The version's number; 0 for none.
    public var version: RecordID
    /// The channel.
    public var channel: String
    /// The purpose, as a place in the catalogue.
    public var purpose: Int

    /// Makes a row.
    public init(
      _ person: Int,
      _ state: ConsentState = .given,
      at: Int64 = 1_700_000_000,
      version: RecordID = 1,
      channel: String = "web",
      purpose: Int = 0
    ) {
      (self.person, self.state, self.at) = (person, state, at)
      (self.version, self.channel, self.purpose) = (version, channel, purpose)
    }
  }

  private let rows: [Row]
  private var position = 0
  /// The purposes that rows name by their place.
  public let catalogue: ConsentCatalogue
  /// The channels.
  public private(set) var words: [String] = []
  /// What is said to have been refused.
  public var refused: [ImportProblem] = []
  /// How many are said to have been refused.
  public var refusedCount: Int { refused.count }

  /// Makes a source of rows.
  public init(_ rows: [Row], _ catalogue: ConsentCatalogue) {
    (self.rows, self.catalogue) = (rows, catalogue)
    for row in rows where !words.contains(row.channel) { words.append(row.channel) }
  }

  /// The reference of a person.
  public static func reference(_ person: Int) -> String { "canary\(person)@example.org" }

  /// Goes to the first.
  public func rewind() { position = 0 }

  /// Gives the next rows.
  public func fill(_ into: ConsentRows) throws {
    into.removeAll()
    while into.count < into.capacity, position < rows.count {
      let row = rows[position]
      position += 1
      into.beginRow(
        ConsentRows.Facts(
          line: position + 1,
          purpose: row.purpose,
          version: row.version,
          state: row.state,
          channel: words.firstIndex(of: row.channel) ?? 0,
          at: row.at * 1000
        )
      )
      for field in [
        Self.reference(row.person), Instant(seconds: row.at).description, "UTC",
        "Canary form \(row.person)",
      ] {
        var field = field
        field.withUTF8 { into.append(UnsafeRawBufferPointer($0)) }
      }
    }
  }

  /// A digest of what they say.
  public var digest: [UInt8] {
    var digest = RunningDigest()
    Array("\(rows)".utf8).withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }
}
