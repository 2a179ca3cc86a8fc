internal import Formats
public import Model

/// Reads checklists of one's own: a plain YAML file, described in docs/checklists.md.
///
/// Strict, because people write these by hand: an unknown key is an error with its line.
public enum ChecklistReader {
  /// Reads one file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: The file's name, for errors.
  /// - Returns: The framework, not yet checked as a whole.
  /// - Throws: `UnreadableFramework` with the line of the first fault.
  public static func read(
    _ bytes: [UInt8],
    path: String
  ) throws(UnreadableFramework) -> Framework {
    let root = try StrictYAML.foreign(bytes, path: path)
    do {
      return try framework(root)
    } catch let error as UnreadableYAML {
      throw UnreadableFramework(error)
    } catch {
      throw UnreadableFramework(reason: "\(error)")
    }
  }

  private static func framework(_ root: StrictYAML) throws -> Framework {
    try root.allow(
      "id",
      "aliases",
      "version",
      "name",
      "language",
      "description",
      "licence",
      "source",
      "provider",
      "published",
      "groups",
      "scale",
      "controls",
      "threats",
      "translations",
      "requirements"
    )
    let id = try root.member("id")
    let identifier = try needed(id)
    var framework = Framework(
      identifier: identifier,
      aliases: try root.wordList("aliases"),
      version: try needed(root.member("version")),
      language: try root.words("language"),
      texts: FrameworkTexts(
        name: try needed(root.member("name")),
        text: try root.words("description")
      ),
      licence: try root.words("licence"),
      source: try root.words("source"),
      provider: try root.words("provider"),
      published: try root.words("published"),
      groups: try root.objects("groups").map { node in
        try node.allow("id", "name", "text", "default", "translations")
        return RequirementGroup(
          id: try needed(node.member("id")),
          texts: FrameworkTexts(name: try node.words("name"), text: try node.words("text")),
          isDefault: try node.truth("default") ?? false,
          translations: try translations(node)
        )
      },
      scale: try root.optional("scale").map(scale),
      controls: try root.objects("controls").map { node in
        try node.allow(
          "id",
          "reference",
          "name",
          "text",
          "guidance",
          "evidence",
          "category",
          "function",
          "translations"
        )
        return ReferenceControl(
          id: try needed(node.member("id")),
          reference: try node.words("reference"),
          texts: try texts(node),
          category: try node.words("category"),
          function: try node.words("function"),
          translations: try translations(node)
        )
      },
      threats: try root.objects("threats").map { node in
        try node.allow("id", "reference", "name", "text", "guidance", "evidence", "translations")
        return ReferenceThreat(
          id: try needed(node.member("id")),
          reference: try node.words("reference"),
          texts: try texts(node),
          translations: try translations(node)
        )
      },
      translations: try translations(root)
    )
    var reader = RequirementReader(identifier: identifier, groups: Set(framework.groups.map(\.id)))
    try reader.read(root.member("requirements"), depth: 1)
    framework.requirements = reader.requirements
    return framework
  }

  private static func scale(_ node: StrictYAML) throws -> ScoreScale {
    try node.allow("minimum", "maximum", "levels")
    guard let minimum = try node.wholeNumber("minimum"),
      let maximum = try node.wholeNumber("maximum"), minimum < maximum
    else { throw node.error("a scale has a minimum and a greater maximum") }
    return ScoreScale(
      minimum: minimum,
      maximum: maximum,
      levels: try node.objects("levels").map { level in
        try level.allow("score", "name", "text", "translations")
        guard let score = try level.wholeNumber("score"), (minimum...maximum).contains(score) else {
          throw level.error("a level has a score from \(minimum) to \(maximum)")
        }
        return ScoreLevel(
          score: score,
          texts: FrameworkTexts(name: try level.words("name"), text: try level.words("text")),
          translations: try translations(level)
        )
      }
    )
  }

  /// A text that may not be empty.
  static func needed(_ node: StrictYAML) throws -> String {
    let text = try node.text().trimmed
    guard !text.isEmpty, !node.isNull else { throw node.error("a text should stand here") }
    return text
  }

  static func texts(_ node: StrictYAML) throws -> FrameworkTexts {
    FrameworkTexts(
      name: try node.words("name"),
      text: try node.words("text"),
      guidance: try node.words("guidance"),
      evidence: try node.words("evidence")
    )
  }

  static func translations(_ node: StrictYAML) throws -> [String: FrameworkTexts] {
    var translations: [String: FrameworkTexts] = [:]
    for (language, node) in try node.entries("translations") {
      try node.allow("name", "text", "guidance", "evidence")
      translations[language] = try texts(node)
    }
    return translations
  }
}

/// Reads the tree of a checklist into lines with depths.
private struct RequirementReader {
  let identifier: String
  let groups: Set<String>
  var requirements: [Requirement] = []
  private var known: Set<String> = []

  init(identifier: String, groups: Set<String>) {
    (self.identifier, self.groups) = (identifier, groups)
  }

  mutating func read(_ list: StrictYAML, depth: Int) throws {
    guard depth <= Framework.maximumDepth else {
      throw list.error("deeper than \(Framework.maximumDepth) levels")
    }
    for node in try list.elements() {
      try node.allow(
        "id",
        "reference",
        "name",
        "text",
        "guidance",
        "evidence",
        "citations",
        "groups",
        "weight",
        "questions",
        "controls",
        "threats",
        "translations",
        "assess",
        "withdrawn",
        "requirements"
      )
      let inner = node.optional("requirements")
      let isWithdrawn = try node.truth("withdrawn") ?? false
      let requirement = Requirement(
        identifier: try identifier(of: node),
        reference: try node.words("reference"),
        depth: depth,
        isAssessable: try node.truth("assess") ?? (inner == nil && !isWithdrawn),
        isWithdrawn: isWithdrawn,
        texts: try ChecklistReader.texts(node),
        citations: try node.wordList("citations"),
        groups: try node.optional("groups")?.words(in: groups.sorted()) ?? [],
        weight: try weight(node),
        questions: try questions(node),
        controls: try node.wordList("controls"),
        threats: try node.wordList("threats"),
        translations: try ChecklistReader.translations(node)
      )
      guard known.insert(requirement.identifier).inserted else {
        throw node.error("\(requirement.identifier) stands here twice; give it an id of its own")
      }
      requirements.append(requirement)
      if let inner { try read(inner, depth: depth + 1) }
    }
  }

  private func identifier(of node: StrictYAML) throws -> String {
    if let id = node.optional("id") { return try ChecklistReader.needed(id) }
    let reference = try node.words("reference")
    guard !reference.isEmpty else { throw node.error("a requirement has a reference or an id") }
    return "\(identifier):\(reference)"
  }

  private func weight(_ node: StrictYAML) throws -> Int {
    guard let weight = try node.wholeNumber("weight") else { return 1 }
    guard weight >= 0, let place = node.optional("weight") else {
      throw node.error("a weight is not negative")
    }
    guard weight <= 1000 else { throw place.error("a weight is at most 1000") }
    return weight
  }

  private func questions(_ node: StrictYAML) throws -> [RequirementQuestion] {
    var ids: Set<String> = []
    return try node.objects("questions").map { node in
      try node.allow("id", "ask", "text", "choices", "when", "translations")
      let id = try node.member("id")
      guard ids.insert(try ChecklistReader.needed(id)).inserted else {
        throw id.error("this id stands twice")
      }
      let kind: RequirementQuestion.Kind = try node.member("ask").word()
      let choices = try node.objects("choices").map(choice)
      guard choices.isEmpty == ![.choice, .choices].contains(kind) else {
        throw node.error("choices belong to the kinds choice and choices, and only there")
      }
      return RequirementQuestion(
        id: try id.text().trimmed,
        kind: kind,
        text: try ChecklistReader.needed(node.member("text")),
        choices: choices,
        dependency: try node.optional("when").map { node in
          try node.allow("question", "answers", "all")
          return RequirementQuestion.Dependency(
            question: try ChecklistReader.needed(node.member("question")),
            answers: try node.wordList("answers"),
            needsAll: try node.truth("all") ?? false
          )
        },
        translations: try plain(node)
      )
    }
  }

  private func choice(_ node: StrictYAML) throws -> RequirementChoice {
    try node.allow("id", "text", "note", "score", "result", "groups", "translations")
    return RequirementChoice(
      id: try ChecklistReader.needed(node.member("id")),
      text: try ChecklistReader.needed(node.member("text")),
      note: try node.words("note"),
      score: try node.wholeNumber("score"),
      result: try node.optional("result")?.word(),
      groups: try node.wordList("groups"),
      translations: try plain(node)
    )
  }

  private func plain(_ node: StrictYAML) throws -> [String: String] {
    var translations: [String: String] = [:]
    for (language, text) in try node.entries("translations") {
      translations[language] = try text.text().trimmed
    }
    return translations
  }
}

extension StrictYAML {
  /// A word of a closed list, of the kind that is wanted.
  fileprivate func word<Word: Vocabulary>() throws -> Word { try word(Word.self) }
}
