internal import Model

/// How a file is written, told from its first bytes.
enum ScanKind {
  case xml, json, lynis, yaml

  /// What the first bytes look like; nil where like nothing that is known.
  init?(_ start: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = start.starts(with: mark) ? start.dropFirst(3) : start[...]
    // UTF-16 begins like no text at all; the XML reader names it.
    if text.prefix(2).contains(0) || text.starts(with: [0xFF, 0xFE])
      || text.starts(with: [0xFE, 0xFF])
    {
      self = .xml
      return
    }
    switch text.first(where: { !$0.isXMLSpace }) {
    case UInt8(ascii: "<"): self = .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json
    default:
      let lines = text.split(separator: 10, maxSplits: 2000).map {
        String(decoding: $0.prefix(80), as: UTF8.self)
      }
      if lines.contains(where: { line in LynisReader.marks.contains { line.hasPrefix($0) } }) {
        self = .lynis
      } else if lines.contains(where: { line in
        OSCALTree.roots.contains { line.hasPrefix("\($0):") || line.hasPrefix("\"\($0)\":") }
      }) {
        self = .yaml
      } else {
        return nil
      }
    }
  }

  /// How a file is read, given what it looks like and what a person said it is.
  ///
  /// - Parameters:
  ///   - found: What its first bytes look like.
  ///   - format: The format that was named.
  ///   - isEmpty: Whether there are no bytes.
  /// - Returns: How it is read.
  /// - Throws: `UnreadableScan` where it cannot be.
  static func decided(
    _ found: ScanKind?,
    _ format: ScanFormat?,
    isEmpty: Bool
  ) throws -> ScanKind {
    if isEmpty { throw UnreadableScan("the file is empty") }
    guard let format else {
      if let found { return found }
      throw UnreadableScan(
        "none of the formats that are read: "
          + ScanFormat.allCases.map(\.rawValue).joined(separator: ", ")
      )
    }
    let kinds: [ScanKind] =
      switch format {
      case .xccdf, .arf, .ckl: [.xml]
      case .cklb, .hdf: [.json]
      case .lynis: [.lynis]
      case .oscalResults, .oscalPlan: [.xml, .json, .yaml]
      }
    if let found, kinds.contains(found) { return found }
    // A Lynis report, or YAML, can begin in any way.
    if found == nil || found == .lynis || found == .yaml, let last = kinds.last,
      last == .lynis || last == .yaml
    {
      return last
    }
    throw UnreadableScan("this is no \(format.label)")
  }

  /// The format of a JSON document.
  static func format(of document: JSON) throws -> ScanFormat {
    func has(_ key: String) -> Bool { document[key] != nil }
    if has("assessment-results") { return .oscalResults }
    if has("plan-of-action-and-milestones") { return .oscalPlan }
    if document["profiles"]?.elements != nil { return .hdf }
    if document["controls"]?.elements != nil, has("statistics") || has("version") { return .hdf }
    if document["stigs"]?.elements != nil { return .cklb }
    if document["results"]?.elements?.first?["reviewed-controls"] != nil { return .oscalResults }
    throw UnreadableScan(at: "$", "\(stranger(document)); none of the formats that are read")
  }

  /// What a JSON document is that holds no results we read.
  private static func stranger(_ document: JSON) -> String {
    for key in ["catalog", "profile", "component-definition", "system-security-plan"]
    where document[key]?.object != nil {
      return "an OSCAL \(key), which holds no results"
    }
    if document["assessment-plan"]?.object != nil {
      return "an OSCAL assessment-plan, which holds no results yet"
    }
    if document["runs"]?.elements != nil { return "SARIF" }
    if document["@version"] != nil, document["site"] != nil { return "a report of ZAP" }
    if document.elements?.first?["control_id"] != nil { return "manual attestations" }
    let keys = document.object?.keys.prefix(4).joined(separator: ", ")
    return keys.map { "an object with \($0)" } ?? "a JSON list"
  }
}
