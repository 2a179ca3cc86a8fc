internal import Formats
internal import Model

/// Reads libraries of CISO Assistant: frameworks with their controls and threats, and mappings.
///
/// The identifier of a library's only framework is the library's URN, as its index and its
/// dependencies name it; the framework's own URN is kept as an alias, as mappings name it.
enum CisoLibrary {
  /// Reads one library.
  static func read(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> FrameworkFile {
    let root = try StrictYAML.foreign(bytes, path: path)
    do {
      return try read(root)
    } catch let error as UnreadableYAML {
      throw UnreadableFramework(error)
    } catch {
      throw UnreadableFramework(reason: "\(error)")
    }
  }

  private static func read(_ root: StrictYAML) throws -> FrameworkFile {
    guard let objects = root.optional("objects"), root.optional("urn") != nil else {
      throw UnreadableYAML(
        file: "",
        line: root.line,
        reason: "no library of CISO Assistant: urn or objects is missing"
      )
    }
    guard !objects.isNull else { throw objects.error("the library has no objects") }
    var file = FrameworkFile()
    let frameworks = try objects.objects("framework") + objects.objects("frameworks")
    var strange: [String] = []
    for node in frameworks {
      file.frameworks.append(
        try framework(node, of: root, objects, isOnly: frameworks.count == 1, &strange)
      )
    }
    for key in ["requirement_mapping_set", "requirement_mapping_sets"] {
      file.mappings += try objects.objects(key).map { try mapping($0, of: root) }
    }
    for (key, value) in try objects.members() {
      switch key {
      case "framework", "frameworks", "requirement_mapping_set", "requirement_mapping_sets": break
      case "reference_controls" where !frameworks.isEmpty, "threats" where !frameworks.isEmpty:
        break
      default:
        let count = value.isList ? try value.elements().count : 1
        file.omitted.append("\(key) (\(count))")
      }
    }
    if !strange.isEmpty {
      file.omitted.append("of requirements: \(strange.joined(separator: ", "))")
    }
    return file
  }

  private static func framework(
    _ node: StrictYAML,
    of library: StrictYAML,
    _ objects: StrictYAML,
    isOnly: Bool,
    _ strange: inout [String]
  ) throws -> Framework {
    let (libraryURN, urn) = (try library.words("urn"), try node.words("urn"))
    let identifier = isOnly || urn.isEmpty ? libraryURN : urn
    let packager = try library.words("packager")
    var texts = try texts(node)
    if texts.name.isEmpty { texts.name = try library.words("name") }
    if texts.text.isEmpty { texts.text = try library.words("description") }
    var framework = Framework(
      identifier: identifier,
      aliases: urn.isEmpty || urn == identifier ? [] : [urn],
      version: try library.words("version"),
      language: try library.words("locale"),
      texts: texts,
      licence: try library.words("copyright"),
      source: packager.isEmpty ? "CISO Assistant" : "CISO Assistant, packaged by \(packager)",
      provider: try library.words("provider"),
      published: try library.words("publication_date"),
      groups: try node.objects("implementation_groups_definition").map { group in
        RequirementGroup(
          id: try group.words("ref_id"),
          texts: try self.texts(group),
          isDefault: try group.truth("default_selected") ?? false,
          translations: try translations(group)
        )
      },
      scale: try scale(node),
      controls: try objects.objects("reference_controls").map { control in
        ReferenceControl(
          id: try control.words("urn"),
          reference: try control.words("ref_id"),
          texts: try self.texts(control),
          category: try control.words("category"),
          function: try control.words("csf_function"),
          translations: try translations(control)
        )
      },
      threats: try objects.objects("threats").map { threat in
        ReferenceThreat(
          id: try threat.words("urn"),
          reference: try threat.words("ref_id"),
          texts: try self.texts(threat),
          translations: try translations(threat)
        )
      },
      translations: try translations(node)
    )
    framework.requirements = try requirements(node, &strange)
    // Some libraries use a group that they do not describe.
    var known = Set(framework.groups.map(\.id))
    for group in framework.requirements.flatMap(\.groups) where known.insert(group).inserted {
      framework.groups.append(RequirementGroup(id: group, texts: FrameworkTexts(name: group)))
    }
    return framework
  }

  private static func scale(_ node: StrictYAML) throws -> ScoreScale? {
    let levels = try node.objects("scores_definition").map { level in
      guard let score = try level.wholeNumber("score") else {
        throw level.error("score is missing here")
      }
      return ScoreLevel(
        score: score,
        texts: try texts(level),
        translations: try translations(level)
      )
    }.sorted { $0.score < $1.score }
    let least = try node.wholeNumber("min_score") ?? levels.first?.score
    let greatest = try node.wholeNumber("max_score") ?? levels.last?.score
    guard let least, let greatest else { return nil }
    return ScoreScale(minimum: least, maximum: greatest, levels: levels)
  }

  private static func texts(_ node: StrictYAML) throws -> FrameworkTexts {
    FrameworkTexts(
      name: try node.words("name"),
      text: try node.words("description"),
      guidance: try node.words("annotation"),
      evidence: try node.words("typical_evidence")
    )
  }

  private static func translations(_ node: StrictYAML) throws -> [String: FrameworkTexts] {
    var translations: [String: FrameworkTexts] = [:]
    for (language, node) in try node.entries("translations") where node.isMapping {
      translations[language] = try texts(node)
    }
    return translations
  }

  private static func mapping(_ node: StrictYAML, of library: StrictYAML) throws
    -> FrameworkMapping
  {
    var texts = try texts(node)
    if texts.name.isEmpty { texts.name = try library.words("name") }
    let urn = try node.words("urn")
    return FrameworkMapping(
      identifier: try urn.isEmpty ? library.words("urn") : urn,
      version: try library.words("version"),
      texts: texts,
      sourceFramework: try node.member("source_framework_urn").text(),
      targetFramework: try node.member("target_framework_urn").text(),
      links: try node.objects("requirement_mappings").map { link in
        let relationship = try link.member("relationship")
        guard let word = relationships[try relationship.text()] else {
          let known = relationships.keys.sorted().joined(separator: ", ")
          throw relationship.error("one of \(known)")
        }
        return FrameworkMapping.Link(
          source: try link.member("source_requirement_urn").text(),
          target: try link.member("target_requirement_urn").text(),
          relationship: word,
          strength: try link.wholeNumber("strength_of_relationship"),
          reason: try [link.words("rationale"), link.words("annotation")]
            .filter { !$0.isEmpty }.joined(separator: "\n")
        )
      }
    )
  }

  private static let relationships: [String: FrameworkMapping.Relationship] = [
    "equal": .equal, "subset": .subset, "superset": .superset, "intersect": .intersect,
    "not_related": .unrelated,
  ]
}
