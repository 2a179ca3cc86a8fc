internal import Foundation

/// A setting of a plan that cannot be read.
public struct UnreadableSetting: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence.
  ///
  /// May quote foreign text.
  public var description: String

  /// Makes an error.
  public init(description: String) { self.description = description }
}

extension SendingPlan {
  /// The names of its settings, as they are written.
  public static let settings = SendingPlan().named.map(\.0)

  /// Sets a part of it by its name; an empty value or `none` takes back what may be absent.
  ///
  /// A program's arguments are words with blanks between them, or a JSON array of texts.
  public mutating func set(_ name: String, to value: String) throws(UnreadableSetting) {
    let isNone = value.isEmpty || value == "none"
    switch name {
    case "sender": sender = isNone ? "" : value
    case "sender-name": senderName = value
    case "return-path": returnPath = isNone ? "" : value
    case "list-id": listID = isNone ? "" : value
    case "per-minute": perMinute = isNone ? nil : try Self.number(name, value)
    case "batch": batch = try Self.number(name, value)
    case "parallel": lanes = try Self.number(name, value)
    case "quiet": quiet = isNone ? nil : try Self.hours(value)
    case "zone":
      guard let found = Zone(value) else {
        throw UnreadableSetting(description: "\(value) is no zone that this host knows")
      }
      zone = found
    case "program": program = try Self.words(value)
    case "uncertain-status":
      var numbers: [Int] = []
      if !isNone {
        for part in value.split(separator: ",") {
          numbers.append(try Self.number(name, String(part)))
        }
      }
      uncertainStatuses = Set(numbers).sorted()
    case "threshold": threshold = try Self.number(name, value)
    case "timeout": timeout = try Self.number(name, value)
    default:
      let names = Self.settings.joined(separator: ", ")
      throw UnreadableSetting(description: "a plan has no \(name); its settings are \(names)")
    }
    if let problem { throw UnreadableSetting(description: problem) }
  }

  private static func number(_ name: String, _ value: String) throws(UnreadableSetting) -> Int {
    guard let number = Int(value), number >= 0 else {
      throw UnreadableSetting(description: "\(name) is a number, not \(value)")
    }
    return number
  }

  private static func hours(_ value: String) throws(UnreadableSetting) -> QuietHours {
    guard let hours = QuietHours(value) else {
      throw UnreadableSetting(
        description: "quiet hours are written 21:00-08:00 and last twelve hours at most"
      )
    }
    return hours
  }

  private static func words(_ value: String) throws(UnreadableSetting) -> [String] {
    guard value.hasPrefix("[") else {
      return value.split(separator: " ").map(String.init)
    }
    guard let words = try? JSONDecoder().decode([String].self, from: Data(value.utf8)) else {
      throw UnreadableSetting(description: "the program is no JSON array of texts")
    }
    return words
  }
}
