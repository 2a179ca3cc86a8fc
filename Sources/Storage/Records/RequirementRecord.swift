internal import GRDB
internal import Model

/// Reads and writes the lines of frameworks.
enum RequirementRecord {
  /// What is only ever shown, kept as one JSON text.
  private struct Document: Codable, Equatable {
    var citations: [String] = []
    var questions: [RequirementQuestion] = []
    var controls: [String] = []
    var threats: [String] = []
  }

  static let rowColumns = """
    requirement.position, requirement.subtreeEnd, requirement.depth, requirement.reference,
    CASE requirement.name WHEN '' THEN substr(requirement.text, 1, 400) ELSE requirement.name END,
    requirement.isAssessable, requirement.isWithdrawn
    """

  /// Reads `rowColumns`.
  static func row(_ row: Row, at index: Int = 0) throws -> RequirementRow {
    RequirementRow(
      position: Int(try row.number(index)),
      end: Int(try row.number(index + 1)),
      depth: Int(try row.number(index + 2)),
      reference: try row.text(index + 3),
      headline: FrameworkTexts(name: try row.text(index + 4)).headline,
      isAssessable: try row.flag(index + 5),
      isWithdrawn: try row.flag(index + 6)
    )
  }

  static let columns = """
    identifier, reference, depth, isAssessable, isWithdrawn, weight, name, text, guidance, evidence,
    groups, translations, document
    """

  /// Reads `columns`.
  static func read(_ row: Row) throws -> Requirement {
    let translations = try row.text(11)
    let text = try row.text(12)
    let document: Document = text == "{}" ? Document() : try JSON.value(text)
    return Requirement(
      identifier: try row.text(0),
      reference: try row.text(1),
      depth: Int(try row.number(2)),
      isAssessable: try row.flag(3),
      isWithdrawn: try row.flag(4),
      texts: FrameworkTexts(
        name: try row.text(6),
        text: try row.text(7),
        guidance: try row.text(8),
        evidence: try row.text(9)
      ),
      citations: document.citations,
      groups: try JSON.words(try row.text(10)),
      weight: Int(try row.number(5)),
      questions: document.questions,
      controls: document.controls,
      threats: document.threats,
      translations: translations == "{}" ? [:] : try JSON.value(translations)
    )
  }

  static func list(of framework: RecordID, in db: Database) throws -> [Requirement] {
    var requirements: [Requirement] = []
    try db.rows(
      "SELECT \(columns) FROM requirement WHERE framework = ? ORDER BY position",
      [framework]
    ) { requirements.append(try read($0)) }
    return requirements
  }

  /// The texts of all other languages, one after the other.
  static let translated = """
    CASE requirement.translations WHEN '{}' THEN '' ELSE (SELECT group_concat(atom, char(10))
    FROM json_tree(requirement.translations) WHERE type = 'text') END
    """

  /// Keeps the lines of a framework, and puts their texts into the search index.
  static func insert(
    _ requirements: [Requirement],
    framework: RecordID,
    in db: Database
  ) throws {
    let places = RequirementPlaces(requirements)
    for (position, requirement) in requirements.enumerated() {
      let document = Document(
        citations: requirement.citations,
        questions: requirement.questions,
        controls: requirement.controls,
        threats: requirement.threats
      )
      let texts = requirement.texts
      let plain = [
        requirement.identifier, requirement.reference, texts.name, texts.text, texts.guidance,
        texts.evidence,
      ]
      guard !plain.contains(where: { $0.utf8.contains(0) }) else { throw JSONBytes.refusal }
      try db.run(
        """
        INSERT INTO requirement (framework, position, subtreeEnd, parent, depth, identifier,
          reference, isAssessable, isWithdrawn, weight, name, text, guidance, evidence, groups,
          translations, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          framework, position, places.ends[position], places.parents[position], requirement.depth,
          requirement.identifier, requirement.reference, requirement.isAssessable,
          requirement.isWithdrawn, requirement.weight, texts.name, texts.text, texts.guidance,
          texts.evidence,
          try requirement.groups.isEmpty ? "[]" : JSONBytes.text(requirement.groups),
          try requirement.translations.isEmpty ? "{}" : JSONBytes.text(requirement.translations),
          try document == Document() ? "{}" : JSONBytes.text(document),
        ]
      )
    }
    // One statement for all: FTS5 writes what it gathered to the disk at every savepoint.
    try db.run(
      """
      INSERT INTO requirementSearch (rowid, text)
      SELECT id, reference || char(10) || name || char(10) || text || char(10) || guidance
        || char(10) || evidence || char(10) || \(translated)
      FROM requirement WHERE framework = ? ORDER BY id
      """,
      [framework]
    )
  }
}
