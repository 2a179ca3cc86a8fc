internal import Glibc

/// A JSON value as it was written: numbers keep their digits, objects keep their order.
///
/// Foundation's readers keep the first or the last of two equal keys, and turn every number into a
/// binary one. A record that is to be written back equal needs neither. Two values are equal when
/// they hold the same texts, byte for byte; the order of an object's keys does not count.
public indirect enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The number's text, which RFC 8259 allows; finite as a double.
  case number(String)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  /// Makes a number of an integer.
  public static func integer(_ value: Int64) -> JSON { .number(String(value)) }

  /// Makes an object of members in order; of two equal keys the last counts.
  public static func members(_ members: KeyValuePairs<String, JSON>) -> JSON {
    var object = JSONObject()
    for (key, value) in members { object[key] = value }
    return .object(object)
  }

  /// Compares texts byte for byte: `é` in one scalar is not `é` in two.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.isExactly(other)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    default: false
    }
  }
}

extension JSON {
  /// The text, where the value is one.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The elements, where the value is an array.
  public var elements: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members, where the value is an object.
  public var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// The number as a 64-bit integer, where it is one exactly (`1.0` and `1e3` are).
  public var integer: Int64? {
    guard case .number(let text) = self else { return nil }
    if let value = Int64(text) { return value }
    // Every double below 2^53 with no fraction is the integer that its text names.
    guard let value = Double(text), value.magnitude < 9_007_199_254_740_992 else { return nil }
    return Int64(exactly: value)
  }

  /// The member of an object under a key; nil for everything else.
  public subscript(key: String) -> JSON? { object?[key] }

  /// Reads or sets the value at a path of object keys; setting makes the objects on the way.
  ///
  /// Setting nil removes the member, and an object that becomes empty by that is removed as well.
  public subscript(path path: [String]) -> JSON? {
    get {
      var found = self
      for key in path {
        guard let next = found[key] else { return nil }
        found = next
      }
      return found
    }
    set { self = JSON.set(newValue, at: path[...], of: self) ?? .object(JSONObject()) }
  }

  private static func set(_ new: JSON?, at path: ArraySlice<String>, of old: JSON?) -> JSON? {
    guard let key = path.first else { return new }
    var object = old?.object ?? JSONObject()
    object[key] = set(new, at: path.dropFirst(), of: object[key])
    return object.isEmpty ? nil : .object(object)
  }
}

/// The members of a JSON object, in the order in which they were written.
public struct JSONObject: Sendable, Equatable {
  /// A key with its value.
  public typealias Member = (key: String, value: JSON)
  /// The members; no two keys are the same bytes.
  public private(set) var members: [Member]

  /// Makes an object without members.
  public init() { members = [] }

  init(unique members: [Member]) { self.members = members }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The keys, in order.
  public var keys: [String] { members.map(\.key) }

  /// The value under a key; setting nil removes the member, a new key goes to the end.
  public subscript(key: String) -> JSON? {
    get { members.first { $0.key.isExactly(key) }?.value }
    set {
      let index = members.firstIndex { $0.key.isExactly(key) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  /// Compares without regard to order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && left.members.allSatisfy { right[$0.key] == $0.value }
  }
}

extension String {
  /// Whether two texts are the same bytes; `==` also holds for texts that only look the same.
  func isExactly(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    guard self == other else { return false }
    // Two spellings of a letter are equal, and not the same bytes.
    var (one, two) = (self, other)
    return one.withUTF8 { one in
      two.withUTF8 { two in
        guard let first = one.baseAddress, let second = two.baseAddress else { return true }
        return memcmp(first, second, one.count) == 0
      }
    }
  }
}

/// A text as a dictionary key that is equal only to the same bytes.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
