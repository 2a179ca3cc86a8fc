/// One framework as a list shows it.
public struct FrameworkRow: Identifiable, Codable, Sendable, Hashable {
  /// Its number in the store.
  public var id: RecordID
  /// The version of the record.
  public var version: Version
  /// The source's own name for it.
  ///
  /// Foreign text.
  public var identifier: String
  /// Other names that its source uses for it.
  ///
  /// Foreign text.
  public var aliases: [String]
  /// The edition.
  ///
  /// Foreign text.
  public var edition: String
  /// Its title.
  ///
  /// Foreign text.
  public var name: String
  /// The language of its texts.
  ///
  /// Foreign text.
  public var language: String
  /// Who publishes it.
  ///
  /// Foreign text.
  public var provider: String
  /// How many lines it has.
  public var nodes: Int
  /// How many of them can be answered.
  public var assessable: Int
  /// The digest of its content.
  public var digest: String
  /// The format it was read from, such as `ciso`.
  public var format: String
  /// When it came into the record.
  public var addedAt: Instant

  /// Makes a row.
  public init(
    id: RecordID,
    version: Version,
    identifier: String,
    aliases: [String],
    edition: String,
    name: String,
    language: String,
    provider: String,
    nodes: Int,
    assessable: Int,
    digest: String,
    format: String,
    addedAt: Instant
  ) {
    (self.id, self.version, self.identifier, self.aliases) = (id, version, identifier, aliases)
    (self.edition, self.name, self.language, self.provider) = (edition, name, language, provider)
    (self.nodes, self.assessable, self.digest) = (nodes, assessable, digest)
    (self.format, self.addedAt) = (format, addedAt)
  }

  /// Whether a name is the framework's identifier or one of its aliases.
  public func isNamed(_ name: String) -> Bool { identifier == name || aliases.contains(name) }
}

/// One mapping as a list shows it.
public struct MappingRow: Identifiable, Codable, Sendable, Hashable {
  /// Its number in the store.
  public var id: RecordID
  /// The version of the record.
  public var version: Version
  /// The source's own name for it.
  ///
  /// Foreign text.
  public var identifier: String
  /// The edition.
  ///
  /// Foreign text.
  public var edition: String
  /// Its title.
  ///
  /// Foreign text.
  public var name: String
  /// The identifier or an alias of the first framework.
  ///
  /// Foreign text.
  public var sourceFramework: String
  /// The identifier or an alias of the second.
  ///
  /// Foreign text.
  public var targetFramework: String
  /// How many correspondences it has.
  public var links: Int
  /// The digest of its content.
  public var digest: String

  /// Makes a row.
  public init(
    id: RecordID,
    version: Version,
    identifier: String,
    edition: String,
    name: String,
    sourceFramework: String,
    targetFramework: String,
    links: Int,
    digest: String
  ) {
    (self.id, self.version, self.identifier) = (id, version, identifier)
    (self.edition, self.name, self.links, self.digest) = (edition, name, links, digest)
    (self.sourceFramework, self.targetFramework) = (sourceFramework, targetFramework)
  }
}

/// One line of a framework as a tree shows it.
public struct RequirementRow: Codable, Sendable, Hashable {
  /// Its position in the framework, from 0, in reading order.
  public var position: Int
  /// The position after the last line below it.
  public var end: Int
  /// How deep it stands, from 1.
  public var depth: Int
  /// What people call it.
  ///
  /// Foreign text.
  public var reference: String
  /// Its title, or the beginning of its text where it has none, in one line.
  ///
  /// Foreign text.
  public var headline: String
  /// Whether it can be answered.
  public var isAssessable: Bool
  /// Whether its source took it back.
  public var isWithdrawn: Bool

  /// Makes a row.
  public init(
    position: Int,
    end: Int,
    depth: Int,
    reference: String,
    headline: String,
    isAssessable: Bool,
    isWithdrawn: Bool
  ) {
    (self.position, self.end, self.depth, self.reference) = (position, end, depth, reference)
    (self.headline, self.isAssessable, self.isWithdrawn) = (headline, isAssessable, isWithdrawn)
  }

  /// Whether lines stand below it.
  public var isParent: Bool { end > position + 1 }
}

/// The frameworks of the record, by title and edition.
public struct FrameworkList: Question {
  /// The rows.
  public typealias Answer = [FrameworkRow]
  /// Makes the question.
  public init() {}
}

/// One framework without its requirements, and the mappings that name it.
public struct FrameworkDetails: Question {
  /// What is known of it; nil where there is none, or it was removed.
  public struct Details: Codable, Sendable, Equatable {
    /// As the list shows it.
    public var row: FrameworkRow
    /// Everything but the requirements.
    public var framework: Framework
    /// The mappings from it or to it.
    public var mappings: [MappingRow]

    /// Makes details.
    public init(row: FrameworkRow, framework: Framework, mappings: [MappingRow]) {
      (self.row, self.framework, self.mappings) = (row, framework, mappings)
    }
  }

  /// The details.
  public typealias Answer = Details?
  /// Which framework.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// One framework with everything in it, removed or not; nil where there never was one.
public struct WholeFramework: Question {
  /// The framework.
  public typealias Answer = Framework?
  /// Which framework.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// A window of a framework's tree, some of whose lines are folded.
public struct RequirementTree: Question {
  /// The lines in sight.
  public typealias Answer = Page<RequirementRow>
  /// Which framework.
  public var framework: RecordID
  /// The positions of lines that hide what stands below them, in any order.
  public var folded: [Int]
  /// Which of the lines in sight.
  public var window: RowWindow

  /// Makes the question.
  public init(framework: RecordID, folded: [Int] = [], window: RowWindow) {
    (self.framework, self.folded, self.window) = (framework, folded, window)
  }
}

/// One requirement with what stands around it.
public struct RequirementDetails: Question {
  /// What is known of it.
  public struct Details: Codable, Sendable, Equatable {
    /// The requirement.
    public var requirement: Requirement
    /// Its place in the tree.
    public var row: RequirementRow
    /// The lines above it, outermost first.
    public var path: [RequirementRow]
    /// The correspondences of its identifier in mappings, in both directions.
    public var links: [FrameworkMapping.Link]

    /// Makes details.
    public init(
      requirement: Requirement,
      row: RequirementRow,
      path: [RequirementRow],
      links: [FrameworkMapping.Link]
    ) {
      (self.requirement, self.row) = (requirement, row)
      (self.path, self.links) = (path, links)
    }
  }

  /// The details; nil where there is no such line.
  public typealias Answer = Details?
  /// Which framework.
  public var framework: RecordID
  /// The line's position.
  public var position: Int

  /// Makes the question.
  public init(framework: RecordID, position: Int) {
    (self.framework, self.position) = (framework, position)
  }
}

/// The position of the line that has a reference or identifier, or begins with it.
public struct RequirementPosition: Question {
  /// The position; nil where no line has such a reference.
  public typealias Answer = Int?
  /// Which framework.
  public var framework: RecordID
  /// The reference, in any letter case, or its beginning.
  public var reference: String

  /// Makes the question.
  public init(framework: RecordID, reference: String) {
    (self.framework, self.reference) = (framework, reference)
  }
}

/// The requirements whose texts have words, in any language, best first.
public struct RequirementSearch: Question {
  /// A requirement that was found.
  public struct Hit: Codable, Sendable, Hashable {
    /// The framework it stands in.
    public var framework: RecordID
    /// That framework's title.
    ///
    /// Foreign text.
    public var name: String
    /// The line.
    public var row: RequirementRow
    /// A stretch of its text around what was searched for, in one line.
    ///
    /// Foreign text.
    public var excerpt: String

    /// Makes a hit.
    public init(framework: RecordID, name: String, row: RequirementRow, excerpt: String) {
      (self.framework, self.name, self.row, self.excerpt) = (framework, name, row, excerpt)
    }
  }

  /// The hits.
  public typealias Answer = Page<Hit>
  /// The words; all must stand in the texts, the last may be unfinished.
  public var text: String
  /// The framework to be searched; nil searches all.
  public var framework: RecordID?
  /// Which of the hits.
  public var window: RowWindow

  /// Makes the question.
  public init(_ text: String, framework: RecordID? = nil, window: RowWindow) {
    (self.text, self.framework, self.window) = (text, framework, window)
  }
}

/// The mappings of the record, by title.
public struct MappingList: Question {
  /// The rows.
  public typealias Answer = [MappingRow]
  /// Makes the question.
  public init() {}
}

/// One mapping with all its correspondences; nil where there is none, or it was removed.
public struct WholeMapping: Question {
  /// The mapping.
  public typealias Answer = FrameworkMapping?
  /// Which mapping.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}
