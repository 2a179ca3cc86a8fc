/// How frameworks and mappings become the bytes that are hashed, so that two editions can be told
/// apart and a later check needs no copy.
extension Framework {
  /// SHA-256 over everything in it, in hexadecimal.
  public var digest: String {
    var out = Bytes(tag: "tocsin.framework.1")
    for text in [identifier, version, language, licence, source, provider, published] {
      out.append(text)
    }
    out.append(aliases)
    out.append(texts)
    out.append(translations)
    out.append(Int64(groups.count))
    for group in groups {
      out.append(group.id)
      out.append(group.texts)
      out.append(Int64(group.isDefault ? 1 : 0))
      out.append(group.translations)
    }
    if let scale {
      out.append("scale")
      out.append(Int64(scale.minimum))
      out.append(Int64(scale.maximum))
      out.append(Int64(scale.levels.count))
      for level in scale.levels {
        out.append(Int64(level.score))
        out.append(level.texts)
        out.append(level.translations)
      }
    }
    out.append(Int64(controls.count))
    for control in controls {
      for text in [control.id, control.reference, control.category, control.function] {
        out.append(text)
      }
      out.append(control.texts)
      out.append(control.translations)
    }
    out.append(Int64(threats.count))
    for threat in threats {
      out.append(threat.id)
      out.append(threat.reference)
      out.append(threat.texts)
      out.append(threat.translations)
    }
    out.append(Int64(requirements.count))
    for requirement in requirements { requirement.append(to: &out) }
    return Digest.sha256(out.bytes)
  }
}

extension FrameworkMapping {
  /// SHA-256 over everything in it, in hexadecimal.
  public var digest: String {
    var out = Bytes(tag: "tocsin.mapping.1")
    for text in [identifier, version, sourceFramework, targetFramework] { out.append(text) }
    out.append(texts)
    out.append(Int64(links.count))
    for link in links {
      for text in [link.source, link.target, link.relationship.rawValue, link.reason] {
        out.append(text)
      }
      out.append(link.strength.map(String.init) ?? "")
    }
    return Digest.sha256(out.bytes)
  }
}

extension Requirement {
  fileprivate func append(to out: inout Bytes) {
    out.append(identifier)
    out.append(reference)
    out.append(Int64(depth))
    out.append(Int64(isAssessable ? 1 : 0))
    out.append(Int64(isWithdrawn ? 1 : 0))
    out.append(texts)
    out.append(citations)
    out.append(groups)
    out.append(Int64(weight))
    out.append(controls)
    out.append(threats)
    out.append(translations)
    out.append(Int64(questions.count))
    for question in questions {
      for text in [question.id, question.kind.rawValue, question.text] { out.append(text) }
      out.append(question.translations)
      out.append(question.dependency?.question ?? "")
      out.append(question.dependency?.answers ?? [])
      out.append(Int64(question.dependency?.needsAll == true ? 1 : 0))
      out.append(Int64(question.choices.count))
      for choice in question.choices {
        for text in [choice.id, choice.text, choice.note, choice.result?.rawValue ?? ""] {
          out.append(text)
        }
        out.append(choice.score.map(String.init) ?? "")
        out.append(choice.groups)
        out.append(choice.translations)
      }
    }
  }
}

extension Bytes {
  fileprivate mutating func append(_ texts: FrameworkTexts) {
    append(texts.name)
    append(texts.text)
    append(texts.guidance)
    append(texts.evidence)
  }

  fileprivate mutating func append(_ list: [String]) {
    append(Int64(list.count))
    for text in list { append(text) }
  }

  fileprivate mutating func append(_ translations: [String: FrameworkTexts]) {
    append(Int64(translations.count))
    for (language, texts) in translations.sorted(by: { $0.key < $1.key }) {
      append(language)
      append(texts)
    }
  }

  fileprivate mutating func append(_ translations: [String: String]) {
    append(Int64(translations.count))
    for (language, text) in translations.sorted(by: { $0.key < $1.key }) {
      append(language)
      append(text)
    }
  }
}
