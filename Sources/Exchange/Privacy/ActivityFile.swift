public import Model

/// Why a file gives no activities.
public struct UnreadableActivities: Error, Hashable, Sendable, CustomStringConvertible {
  /// Line of the file; empty where the whole file is meant.
  public var at: String
  /// What is wrong.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes an error.
  public init(at: String = "", reason: String) { (self.at, self.reason) = (at, reason) }

  /// Place and reason.
  public var description: String { at.isEmpty ? reason : "\(at): \(reason)" }
}

/// An activity that was read from a file.
public struct ReadActivity: Sendable, Equatable {
  /// Where it stands in the file.
  public var at: String
  /// Its reference here, where the file names it; empty where it does not.
  public var reference: String
  /// Which fields the file states; the others stay as they are where the activity is known.
  public var fields: Set<ActivityField>
  /// What is known of it.
  public var facts: ActivityFacts

  /// Makes one.
  public init(at: String, reference: String, fields: Set<ActivityField>, facts: ActivityFacts) {
    (self.at, self.reference, self.fields, self.facts) = (at, reference, fields, facts)
  }
}

/// What was read from one file.
public struct ActivityFile: Sendable, Equatable {
  /// The activities, in the order of the file.
  public var activities: [ReadActivity] = []
  /// What is wrong in it; then nothing of it is imported.
  public var refused: [UnreadableActivities] = []
  /// What else stands in it and has no place in the record, in words.
  public var omitted: [String] = []
}

/// A format that activities are read from.
public enum ActivityFormat: Sendable {
  /// CSV, with which column is what where its header does not say it.
  case table([ActivityField: String])
  /// Systems and privacy declarations of fides, in YAML.
  case fides

  /// Its name.
  public var name: String {
    switch self {
    case .table: "activities"
    case .fides: "fides"
    }
  }

  /// How names of its files end, in lower case.
  var suffixes: [String] {
    switch self {
    case .table: [".csv"]
    case .fides: [".yml", ".yaml"]
    }
  }

  /// The most bytes of one file.
  static let maximumBytes = 16 << 20

  /// Reads one file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: The file's name, for errors.
  ///   - reading: In which zone days are meant.
  /// - Returns: What stands in the file, bad rows among it.
  /// - Throws: `UnreadableActivities` where nothing of it can be read.
  public func read(
    _ bytes: [UInt8],
    path: String,
    _ reading: TimeReading
  ) throws(UnreadableActivities) -> ActivityFile {
    switch self {
    case .table(let map): try ActivitySheet.read(bytes, map: map, reading)
    case .fides: try FidesReader.read(bytes, path: path)
    }
  }
}
