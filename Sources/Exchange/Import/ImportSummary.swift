/// What an import did, or would do.
public struct ImportSummary: Codable, Sendable, Equatable {
  /// Records that are new here.
  public var created: Int
  /// Records that were known and came with other content that was taken over.
  public var updated: Int
  /// Records that were known with the same content, and repetitions within the input.
  public var unchanged: Int
  /// Ids with two contents; nothing was overwritten.
  public var conflicts: [ImportConflict]
  /// What was not read.
  public var refused: [ImportRefusal]
  /// What stands in the input and has no place in the record.
  public var omitted: [ImportOmission]

  private enum CodingKeys: String, CodingKey {
    case created, updated, unchanged, conflicts, refused
    case omitted = "not_imported"
  }

  /// Makes a summary.
  public init(
    created: Int = 0,
    updated: Int = 0,
    unchanged: Int = 0,
    conflicts: [ImportConflict] = [],
    refused: [ImportRefusal] = [],
    omitted: [ImportOmission] = []
  ) {
    (self.created, self.updated, self.unchanged) = (created, updated, unchanged)
    (self.conflicts, self.refused, self.omitted) = (conflicts, refused, omitted)
  }

  /// Whether nothing was refused and nothing contradicts itself.
  public var isClean: Bool { conflicts.isEmpty && refused.isEmpty }
}

/// A place in the input.
public struct ImportPlace: Codable, Sendable, Hashable {
  /// The file; `-` is standard input.
  ///
  /// Foreign text.
  public var file: String
  /// Line or path in it.
  ///
  /// Foreign text.
  public var at: String

  /// Makes a place.
  public init(file: String, at: String) { (self.file, self.at) = (file, at) }
}

/// An id that stands for two different contents.
public struct ImportConflict: Codable, Sendable, Hashable {
  /// The id in the source.
  ///
  /// Foreign text.
  public var id: String
  /// Where it stands; the first of several places in the input is the one that was imported.
  public var places: [ImportPlace]
  /// What contradicts what.
  public var reason: String

  /// Makes a conflict.
  public init(id: String, places: [ImportPlace], reason: String) {
    (self.id, self.places, self.reason) = (id, places, reason)
  }
}

/// A record or file that was not read.
public struct ImportRefusal: Codable, Sendable, Hashable {
  /// The file; `-` is standard input.
  ///
  /// Foreign text.
  public var file: String
  /// Line and path or column; empty where the whole file is meant.
  ///
  /// Foreign text.
  public var at: String
  /// What is wrong.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes a refusal.
  public init(file: String, at: String, reason: String) {
    (self.file, self.at, self.reason) = (file, at, reason)
  }
}

/// A part of a file that was read well and has no place in the record.
public struct ImportOmission: Codable, Sendable, Hashable {
  /// The file; `-` is standard input.
  ///
  /// Foreign text.
  public var file: String
  /// What it is, such as `risk_matrix`.
  ///
  /// May quote foreign text.
  public var what: String

  /// Makes an omission.
  public init(file: String, what: String) { (self.file, self.what) = (file, what) }
}
