internal import Formats
internal import Model

extension CisoLibrary {
  /// What is read of a requirement; other keys are named as not imported.
  private static let keys: Set<String> = [
    "urn", "assessable", "depth", "name", "description", "parent_urn", "ref_id", "translations",
    "annotation", "typical_evidence", "implementation_groups", "reference_controls", "threats",
    "questions", "question", "weight",
  ]

  /// The lines of a framework in reading order; the tree is the one that `parent_urn` makes.
  static func requirements(
    _ framework: StrictYAML,
    _ strange: inout [String]
  ) throws -> [Requirement] {
    let nodes = try framework.objects("requirement_nodes")
    guard nodes.count <= Framework.maximumRequirements else {
      throw framework.error("\(nodes.count) requirements; 100000 are read")
    }
    var (places, children, roots): ([String: Int], [[Int]], [Int]) = ([:], [], [])
    for (index, node) in nodes.enumerated() {
      let urn = try node.member("urn")
      guard places.updateValue(index, forKey: try urn.text().lowercased()) == nil else {
        throw urn.error("two requirements have this urn")
      }
      children.append([])
    }
    for (index, node) in nodes.enumerated() {
      guard let parent = node.optional("parent_urn"), !parent.isNull else {
        roots.append(index)
        continue
      }
      guard let place = places[try parent.text().lowercased()] else {
        throw parent.error("no requirement has the urn that stands here")
      }
      children[place].append(index)
    }
    var requirements: [Requirement] = []
    requirements.reserveCapacity(nodes.count)
    // Depth first without recursion: what is next stands last.
    var open = roots.reversed().map { (index: $0, depth: 1) }
    while let (index, depth) = open.popLast() {
      guard depth <= Framework.maximumDepth else {
        throw nodes[index].error("deeper than \(Framework.maximumDepth) levels")
      }
      requirements.append(try requirement(nodes[index], depth: depth))
      open += children[index].reversed().map { ($0, depth + 1) }
      for (key, _) in try nodes[index].members() where !keys.contains(key) {
        if !strange.contains(key), strange.count < 20 { strange.append(key) }
      }
    }
    guard requirements.count == nodes.count else {
      throw framework.error("the parents of some requirements form a ring")
    }
    return requirements
  }

  private static func requirement(_ node: StrictYAML, depth: Int) throws -> Requirement {
    var translations: [String: FrameworkTexts] = [:]
    for (language, node) in try node.entries("translations") where node.isMapping {
      let texts = try texts(of: node)
      if !texts.isEmpty { translations[language] = texts }
    }
    return Requirement(
      identifier: try node.member("urn").text(),
      reference: try node.words("ref_id"),
      depth: depth,
      isAssessable: try node.truth("assessable") ?? false,
      texts: try texts(of: node),
      groups: try node.wordList("implementation_groups"),
      weight: try node.wholeNumber("weight") ?? 1,
      questions: try questions(node),
      controls: try node.wordList("reference_controls"),
      threats: try node.wordList("threats"),
      translations: translations
    )
  }

  private static func texts(of node: StrictYAML) throws -> FrameworkTexts {
    FrameworkTexts(
      name: try node.words("name"),
      text: try node.words("description"),
      guidance: try node.words("annotation"),
      evidence: try node.words("typical_evidence")
    )
  }

  /// Questions by URN; libraries of before 2025 have one block, `question`, of one kind.
  private static func questions(_ node: StrictYAML) throws -> [RequirementQuestion] {
    if let old = node.optional("question"), !old.isNull {
      let kind = try kind(old, key: "question_type")
      let choices = try old.wordList("question_choices")
      return try old.objects("questions").enumerated().map { index, question in
        let id = try question.words("urn")
        return RequirementQuestion(
          id: id.isEmpty ? String(index + 1) : id,
          kind: kind,
          text: try question.words("text"),
          choices: choices.map { RequirementChoice(id: $0, text: $0) }
        )
      }
    }
    return try node.entries("questions").map { id, question in
      RequirementQuestion(
        id: id,
        kind: try kind(question, key: "type"),
        text: try question.words("text"),
        choices: try question.objects("choices").enumerated().map { try choice($1, at: $0) },
        dependency: try question.objects("depends_on").first.map { node in
          RequirementQuestion.Dependency(
            question: try node.words("question"),
            answers: try node.wordList("answers"),
            needsAll: try node.words("condition") == "all"
          )
        },
        translations: try plainTranslations(question, key: "text")
      )
    }
  }

  private static func kind(
    _ node: StrictYAML,
    key: String
  ) throws -> RequirementQuestion.Kind {
    switch try node.words(key) {
    case "unique_choice", "single_choice": .choice
    case "multiple_choice": .choices
    case "text", "": .text
    case "number": .number
    case "date": .date
    case "boolean": .yesNo
    case let other: throw node.error("an unknown kind of question: \(other)")
    }
  }

  private static func choice(_ node: StrictYAML, at index: Int) throws -> RequirementChoice {
    guard node.isMapping else {
      return RequirementChoice(id: String(index + 1), text: try node.text())
    }
    let id = try node.words("urn")
    let result: RequirementChoice.Result? =
      switch try node.words("compute_result") {
      case "compliant", "true": .conforms
      case "partially_compliant": .partly
      case "non_compliant", "false": .doesNotConform
      case "not_applicable": .notApplicable
      default: nil
      }
    return RequirementChoice(
      id: id.isEmpty ? String(index + 1) : id,
      text: try node.words("value"),
      note: try node.words("description"),
      score: try node.wholeNumber("add_score"),
      result: result,
      groups: try node.wordList("select_implementation_groups"),
      translations: try plainTranslations(node, key: "value")
    )
  }

  private static func plainTranslations(
    _ node: StrictYAML,
    key: String
  ) throws -> [String: String] {
    var translations: [String: String] = [:]
    for (language, node) in try node.entries("translations") where node.isMapping {
      translations[language] = try node.words(key)
    }
    return translations
  }
}
