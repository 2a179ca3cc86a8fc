internal import Formats
internal import Model

/// Reads OSCAL catalogues: groups become headings, controls and their enhancements requirements.
///
/// A control's statement is its text with parameters filled in; guidance and assessment objectives
/// become guidance, assessment methods typical evidence. What a withdrawn control became is said in
/// its text.
struct OscalCatalogue {
  private let parameters: OscalParameters
  private var requirements: [Requirement] = []

  /// Reads one catalogue.
  static func read(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> FrameworkFile {
    let document = try OscalDocument.read(bytes, path: path)
    guard let catalogue = document["catalog"], catalogue.object != nil else {
      throw UnreadableFramework(reason: reason(for: document))
    }
    return FrameworkFile(frameworks: [try framework(catalogue)])
  }

  /// Why a document is no catalogue.
  private static func reason(for document: JSON) -> String {
    let names = [
      "component-definition": "a component definition", "system-security-plan": "a security plan",
      "assessment-plan": "an assessment plan", "assessment-results": "assessment results",
      "plan-of-action-and-milestones": "a plan of action",
      "mapping-collection": "a collection of mappings",
    ]
    let keys = document.object?.keys ?? []
    if keys.contains("profile") {
      return """
        a profile: it only names controls of a catalogue; import the catalogue, or the profile \
        resolved by an OSCAL tool
        """
    }
    for key in keys {
      if let name = names[key] { return "\(name), not a catalogue" }
    }
    return "no OSCAL catalogue: the key catalog is missing"
  }

  private static func framework(_ root: JSON) throws(UnreadableFramework) -> Framework {
    let metadata = root["metadata"] ?? .null
    guard let uuid = root["uuid"]?.text, !uuid.isEmpty else {
      throw UnreadableFramework(at: "catalog.uuid", reason: "a UUID should stand here")
    }
    guard let title = metadata["title"]?.text, !title.trimmed.isEmpty else {
      throw UnreadableFramework(at: "catalog.metadata.title", reason: "a title should stand here")
    }
    var catalogue = OscalCatalogue(parameters: OscalParameters(root))
    for group in root.list("groups") { try catalogue.add(group: group, depth: 1) }
    for control in root.list("controls") { try catalogue.add(control: control, depth: 1) }
    let version = metadata["version"]?.text ?? ""
    return Framework(
      identifier: uuid,
      version: version.isEmpty ? "unknown" : version,
      language: metadata["language"]?.text ?? "",
      texts: FrameworkTexts(name: title.trimmed, text: metadata["remarks"]?.text?.trimmed ?? ""),
      source: source(metadata),
      provider: creator(metadata),
      published: metadata["published"]?.text ?? metadata["last-modified"]?.text ?? "",
      requirements: catalogue.requirements
    )
  }

  private static func source(_ metadata: JSON) -> String {
    let links = metadata.list("links")
    let found =
      links.first { $0["rel"]?.text == "canonical" }
      ?? links.first { $0["rel"]?.text == "source-profile" } ?? links.first
    return found?["href"]?.text ?? ""
  }

  private static func creator(_ metadata: JSON) -> String {
    let responsible = metadata.list("responsible-parties").first {
      ["creator", "publisher"].contains($0["role-id"]?.text)
    }
    let uuid = responsible?.list("party-uuids").first?.text
    let parties = metadata.list("parties")
    return (parties.first { $0["uuid"]?.text == uuid && uuid != nil } ?? parties.first)?["name"]?
      .text ?? ""
  }

  private func checkDepth(_ depth: Int, _ id: String) throws(UnreadableFramework) {
    guard depth <= Framework.maximumDepth else {
      throw UnreadableFramework(at: id, reason: "deeper than \(Framework.maximumDepth) levels")
    }
    guard requirements.count < Framework.maximumRequirements else {
      throw UnreadableFramework(
        at: id,
        reason: "more than \(Framework.maximumRequirements) groups and controls"
      )
    }
  }

  private mutating func add(group: JSON, depth: Int) throws(UnreadableFramework) {
    // Groups need no id in OSCAL: the position is one that stays while the edition does.
    let id = group["id"]?.text ?? "group-\(requirements.count + 1)"
    try checkDepth(depth, id)
    var texts = texts(group)
    texts.name = group["title"]?.text?.trimmed ?? ""
    requirements.append(
      Requirement(
        identifier: id,
        reference: group.label ?? group["id"]?.text?.uppercased() ?? "",
        depth: depth,
        isAssessable: false,
        texts: texts
      )
    )
    for inner in group.list("groups") { try add(group: inner, depth: depth + 1) }
    for control in group.list("controls") { try add(control: control, depth: depth + 1) }
  }

  private mutating func add(control: JSON, depth: Int) throws(UnreadableFramework) {
    guard let id = control["id"]?.text, !id.isEmpty else {
      throw UnreadableFramework(
        at: "the control after \(requirements.last?.identifier ?? "the beginning")",
        reason: "an id is missing"
      )
    }
    try checkDepth(depth, id)
    let isWithdrawn = control.list("props").contains {
      $0["name"]?.text == "status" && $0["value"]?.text?.lowercased() == "withdrawn"
    }
    var texts = texts(control)
    texts.name = control["title"]?.text.map { parameters.filled($0).trimmed } ?? ""
    if isWithdrawn, texts.text.isEmpty { texts.text = Self.withdrawal(control) }
    requirements.append(
      Requirement(
        identifier: id,
        reference: control.label ?? id.uppercased(),
        depth: depth,
        isAssessable: !isWithdrawn,
        isWithdrawn: isWithdrawn,
        texts: texts
      )
    )
    for inner in control.list("controls") { try add(control: inner, depth: depth + 1) }
  }

  private static func withdrawal(_ control: JSON) -> String {
    let places = ["incorporated-into": "incorporated into", "moved-to": "moved to"]
    let links = control.list("links").compactMap { link -> String? in
      guard let words = places[link["rel"]?.text ?? ""], let href = link["href"]?.text else {
        return nil
      }
      return "\(words) \(href.drop { $0 == "#" }.uppercased())"
    }
    return "Withdrawn" + (links.isEmpty ? "." : ": \(links.joined(separator: ", ")).")
  }
}

extension OscalCatalogue {
  /// The texts that a group's or control's parts make.
  private func texts(_ node: JSON) -> FrameworkTexts {
    var (text, guidance, objectives, evidence): ([String], [String], [String], [String]) =
      ([], [], [], [])
    for part in node.list("parts") {
      switch part["name"]?.text {
      case "guidance": guidance += lines(part, indent: "")
      case "assessment-objective", "objective": objectives += lines(part, indent: "")
      case "assessment-method", "assessment": evidence.append(method(part))
      default:
        if !text.isEmpty, part["name"]?.text != "item" { text.append("") }
        text += lines(part, indent: "")
      }
    }
    if !objectives.isEmpty {
      guidance += (guidance.isEmpty ? [] : [""]) + ["Determine whether:"] + objectives
    }
    return FrameworkTexts(
      text: text.joined(separator: "\n").trimmed,
      guidance: guidance.joined(separator: "\n").trimmed,
      evidence: evidence.filter { !$0.isEmpty }.joined(separator: "\n").trimmed
    )
  }

  /// A part and what is inside it, each line with its label, deeper ones moved in.
  private func lines(_ part: JSON, indent: String) -> [String] {
    let prose = part["prose"]?.text.map { parameters.filled($0).trimmed } ?? ""
    let label = part.label ?? part["title"]?.text ?? ""
    let isStatement = ["statement", "guidance"].contains(part["name"]?.text)
    let words = (isStatement ? [prose] : [label, prose]).filter { !$0.isEmpty }
      .joined(separator: " ")
    var lines = words.isEmpty ? [] : [indent + words]
    let inner = words.isEmpty || isStatement ? indent : indent + "  "
    for part in part.list("parts") { lines += self.lines(part, indent: inner) }
    return lines
  }

  /// An assessment method in one line: `Examine: policy; plan`.
  private func method(_ part: JSON) -> String {
    let name = part.list("props").first { $0["name"]?.text == "method" }?["value"]?.text ?? ""
    let objects = ([part] + part.list("parts")).compactMap { $0["prose"]?.text }
      .flatMap { $0.split(whereSeparator: \.isNewline) }
      .map { parameters.filled(String($0)).trimmed }.filter { !$0.isEmpty }
    guard !objects.isEmpty else { return "" }
    let word = name.prefix(1).uppercased() + name.dropFirst().lowercased()
    return (word.isEmpty ? "" : "\(word): ") + objects.joined(separator: "; ")
  }
}

extension JSON {
  /// The elements under a key; none where there is no list.
  func list(_ key: String) -> [JSON] { self[key]?.elements ?? [] }

  /// The label that people know a group, control or part by.
  fileprivate var label: String? {
    let labels = list("props").filter { $0["name"]?.text == "label" }
    let plain = labels.first { $0["class"] == nil } ?? labels.first
    return plain?["value"]?.text?.trimmed
  }
}
