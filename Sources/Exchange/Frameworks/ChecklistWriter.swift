public import Model

/// Writes frameworks as checklist files, so that reading them again gives equal frameworks.
public enum ChecklistWriter {
  /// The file of a framework.
  public static func text(_ framework: Framework) -> String {
    var out = YAMLText()
    out.text("id", framework.identifier)
    out.list("aliases", framework.aliases)
    out.text("version", framework.version)
    out.text("name", framework.texts.name)
    out.text("language", framework.language)
    out.text("provider", framework.provider)
    out.text("published", framework.published)
    out.text("licence", framework.licence)
    out.text("source", framework.source)
    out.text("description", framework.texts.text)
    out.objects("groups", framework.groups) { out, group in
      out.text("id", group.id)
      out.text("name", group.texts.name)
      out.text("text", group.texts.text)
      if group.isDefault { out.word("default", "yes") }
      out.translations(group.translations)
    }
    if let scale = framework.scale {
      out.object("scale") { out in
        out.word("minimum", String(scale.minimum))
        out.word("maximum", String(scale.maximum))
        out.objects("levels", scale.levels) { out, level in
          out.word("score", String(level.score))
          out.text("name", level.texts.name)
          out.text("text", level.texts.text)
          out.translations(level.translations)
        }
      }
    }
    out.objects("controls", framework.controls) { out, control in
      out.text("id", control.id)
      out.text("reference", control.reference)
      out.texts(control.texts)
      out.text("category", control.category)
      out.text("function", control.function)
      out.translations(control.translations)
    }
    out.objects("threats", framework.threats) { out, threat in
      out.text("id", threat.id)
      out.text("reference", threat.reference)
      out.texts(threat.texts)
      out.translations(threat.translations)
    }
    out.translations(framework.translations)
    if framework.requirements.isEmpty {
      out.word("requirements", "[]")
    } else {
      let places = RequirementPlaces(framework.requirements)
      requirements(0..<framework.requirements.count, framework, places, &out)
    }
    return out.text
  }

  private static func requirements(
    _ range: Range<Int>,
    _ framework: Framework,
    _ places: RequirementPlaces,
    _ out: inout YAMLText
  ) {
    var siblings: [Int] = []
    var next = range.lowerBound
    while next < range.upperBound {
      siblings.append(next)
      next = places.ends[next]
    }
    out.objects("requirements", siblings) { out, position in
      let requirement = framework.requirements[position]
      let inner = (position + 1)..<places.ends[position]
      let usual = "\(framework.identifier):\(requirement.reference)"
      if requirement.identifier != usual || requirement.reference.isEmpty {
        out.text("id", requirement.identifier)
      }
      out.text("reference", requirement.reference)
      if requirement.isAssessable != (inner.isEmpty && !requirement.isWithdrawn) {
        out.word("assess", requirement.isAssessable ? "yes" : "no")
      }
      if requirement.isWithdrawn { out.word("withdrawn", "yes") }
      out.texts(requirement.texts)
      out.list("citations", requirement.citations)
      out.list("groups", requirement.groups)
      if requirement.weight != 1 { out.word("weight", String(requirement.weight)) }
      out.objects("questions", requirement.questions, Self.question)
      out.list("controls", requirement.controls)
      out.list("threats", requirement.threats)
      out.translations(requirement.translations)
      if !inner.isEmpty { requirements(inner, framework, places, &out) }
    }
  }

  private static func question(_ out: inout YAMLText, _ question: RequirementQuestion) {
    out.text("id", question.id)
    out.word("ask", question.kind.rawValue)
    out.text("text", question.text)
    out.objects("choices", question.choices) { out, choice in
      out.text("id", choice.id)
      out.text("text", choice.text)
      out.text("note", choice.note)
      if let score = choice.score { out.word("score", String(score)) }
      if let result = choice.result { out.word("result", result.rawValue) }
      out.list("groups", choice.groups)
      out.plain(choice.translations)
    }
    if let dependency = question.dependency {
      out.object("when") { out in
        out.text("question", dependency.question)
        out.list("answers", dependency.answers)
        if dependency.needsAll { out.word("all", "yes") }
      }
    }
    out.plain(question.translations)
  }
}

extension YAMLText {
  fileprivate mutating func texts(_ texts: FrameworkTexts) {
    text("name", texts.name)
    text("text", texts.text)
    text("guidance", texts.guidance)
    text("evidence", texts.evidence)
  }

  fileprivate mutating func translations(_ translations: [String: FrameworkTexts]) {
    guard !translations.isEmpty else { return }
    object("translations") { out in
      for (language, texts) in translations.sorted(by: { $0.key < $1.key }) {
        if texts.isEmpty {
          out.word(language, "{}")
        } else {
          out.object(language) { $0.texts(texts) }
        }
      }
    }
  }

  fileprivate mutating func plain(_ translations: [String: String]) {
    guard !translations.isEmpty else { return }
    object("translations") { out in
      for (language, text) in translations.sorted(by: { $0.key < $1.key }) {
        out.text(language, text, evenEmpty: true)
      }
    }
  }
}
