/// Recipients on their way into a mailing: flat memory that is used again and again.
///
/// A row's contact is one stretch of bytes, each field behind its length in two bytes, in the order
/// of `RecipientField`. That stretch is what is sealed.
public final class RecipientRows {
  /// What is known of a row beside its contact.
  public struct Facts: Sendable {
    /// The line of the input at which it begins, from 1.
    public var line: Int
    /// Its jurisdiction, as a place in the source's `words`.
    public var jurisdiction: UInt16
    /// Its language, as a place in the source's `words`.
    public var language: UInt16
    /// Why the person is not written to like others.
    public var protection: UInt8
  }

  /// How many rows there is room for.
  public let capacity: Int
  /// What is known of each row beside its contact.
  public private(set) var facts: [Facts] = []
  private var contacts: PackedFields

  /// Makes room.
  public init(capacity: Int) {
    self.capacity = capacity
    facts.reserveCapacity(capacity)
    contacts = PackedFields(rows: capacity, bytes: 128)
  }

  /// How many rows there are.
  public var count: Int { facts.count }

  /// Takes all rows away and keeps the memory.
  public func removeAll() {
    facts.removeAll(keepingCapacity: true)
    contacts.removeAll()
  }

  /// Begins a row; its fields are appended next, all of them in order.
  public func beginRow() {
    facts.append(Facts(line: 0, jurisdiction: 0, language: 0, protection: 0))
    contacts.beginRow()
  }

  /// Appends the next field of the row; longer than 65 535 bytes is a broken promise.
  public func append(_ field: UnsafeRawBufferPointer) { contacts.append(field) }

  /// Ends the row.
  public func endRow(line: Int, jurisdiction: Int, language: Int, protection: UInt8) {
    let last = facts.count - 1
    facts[last] = Facts(
      line: line,
      jurisdiction: UInt16(truncatingIfNeeded: jurisdiction),
      language: UInt16(truncatingIfNeeded: language),
      protection: protection
    )
  }

  /// Runs a body over a row's contact: all fields with their lengths.
  public func withContact<Result>(
    _ index: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try contacts.withRow(index, body)
  }

  /// A field of a contact's bytes; empty where they are too short.
  public static func field(
    _ field: RecipientField,
    of contact: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    PackedFields.field(field.rawValue, of: contact)
  }
}

/// Where recipients come from: read twice, once to see whether all is well, once to bring them in.
public protocol RecipientSource: RowSource {
  /// The jurisdictions and languages that rows name by their place in it; only ever grows.
  var words: [String] { get }
  /// Fills rows until there is no more room; none at the end.
  func fill(_ rows: RecipientRows) throws
}
