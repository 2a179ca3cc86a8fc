internal import Model

/// Results out of a checklist of DISA's STIG Viewer 2.
///
/// Streamed, one vulnerability at a time; every STIG of the checklist is a run.
struct CKLReader: ScanEvents {
  private var xml: XMLReader
  private var asset = ScanRun()
  private var current: ScanRun?
  private var waiting: [ScanEvent] = []
  private var hasStig = false

  init(_ xml: XMLReader) { self.xml = xml }

  mutating func next() throws -> ScanEvent? {
    while waiting.isEmpty {
      guard let event = try xml.next() else {
        guard hasStig else { throw UnreadableScan("there is no STIG in this checklist") }
        return nil
      }
      guard case .start(let tag) = event else { continue }
      switch tag.name {
      case "ASSET": try readAsset()
      case "iSTIG":
        hasStig = true
        announce()
        current = asset
      case "STIG_INFO": try readStig()
      case "VULN":
        announce()
        waiting.append(.item(try item(tag)))
      default: break
      }
    }
    return waiting.removeFirst()
  }

  /// Gives the event of a STIG before that of its first vulnerability.
  private mutating func announce() {
    if let run = current { waiting.append(.run(run)) }
    current = nil
  }

  /// The texts of the innermost element's children, by their names; of two the first.
  private mutating func children() throws -> [String: String] {
    let depth = xml.depth
    var texts: [String: String] = [:]
    while xml.depth >= depth, let event = try xml.next() {
      guard case .start(let tag) = event else { continue }
      let text = try xml.content()
      if texts[tag.name] == nil { texts[tag.name] = text }
    }
    return texts
  }

  private mutating func readAsset() throws {
    let texts = try children().mapValues(\.trimmed)
    asset.tool = "STIG Viewer"
    let names = ["HOST_NAME", "HOST_FQDN", "HOST_IP"].compactMap { texts[$0] }
    asset.target = names.first { !$0.isEmpty } ?? ""
    asset.addresses = [texts["HOST_IP"] ?? ""].filter { !$0.isEmpty }
  }

  private mutating func readStig() throws {
    let depth = xml.depth
    var data: [String: String] = [:]
    while xml.depth >= depth, let event = try xml.next() {
      guard case .start(let tag) = event else { continue }
      guard tag.name == "SI_DATA" else {
        try xml.skip()
        continue
      }
      let texts = try children()
      if let name = texts["SID_NAME"]?.trimmed { data[name] = texts["SID_DATA"]?.trimmed ?? "" }
    }
    current?.title = data["title"] ?? ""
    current?.benchmark = data["stigid"] ?? data["title"] ?? ""
    current?.benchmarkVersion =
      [data["version"], data["releaseinfo"]].compactMap(\.self).joined(separator: ", ")
    current?.id = data["uuid"] ?? ""
  }

  /// Reads a `VULN`.
  private mutating func item(_ tag: XMLTag) throws -> ScanItem {
    let depth = xml.depth
    var data: [String: String] = [:]
    var texts: [String: String] = [:]
    var ccis: [String] = []
    var legacy: [String] = []
    while xml.depth >= depth, let event = try xml.next() {
      guard case .start(let child) = event else { continue }
      guard child.name == "STIG_DATA" else {
        texts[child.name] = try xml.content().trimmed
        continue
      }
      let pair = try children().mapValues(\.trimmed)
      guard let name = pair["VULN_ATTRIBUTE"], let value = pair["ATTRIBUTE_DATA"] else { continue }
      switch name {
      case "CCI_REF": ccis.append(value)
      case "LEGACY_ID": legacy.append(value)
      default: data[name] = value
      }
    }
    let ids = [data["Vuln_Num"], data["Rule_ID"]].compactMap(\.self)
    guard let id = ids.first(where: { !$0.isEmpty }) else {
      throw UnreadableScan(at: "line \(tag.line)", "a VULN without Vuln_Num and Rule_ID")
    }
    guard let word = texts["STATUS"] else {
      throw UnreadableScan(at: "line \(tag.line)", "\(id) has no STATUS")
    }
    guard let outcome = CKLReader.outcome(word) else {
      throw UnreadableScan(at: "line \(tag.line)", "\(word) is no STATUS of a checklist")
    }
    var item = ScanItem(id: id, outcome: outcome, word: word)
    item.title = data["Rule_Title"] ?? ""
    item.severityWord = data["Severity"] ?? ""
    if let other = texts["SEVERITY_OVERRIDE"], !other.isEmpty {
      item.severityWord = other
      item.remark(texts["SEVERITY_JUSTIFICATION"], named: "severity \(other)")
    }
    item.severity = ScanSeverity(word: item.severityWord)
    item.weight = data["Weight"] ?? ""
    for name in ["Rule_ID", "Rule_Ver", "Group_Title"] {
      if let value = data[name], !value.isEmpty { item.add(ScanTag(.stig, value, system: name)) }
    }
    for cci in ccis { item.add(ScanTag(reading: cci)) }
    for name in legacy where !name.isEmpty { item.add(ScanTag(.stig, name, system: "LEGACY_ID")) }
    item.text = data["Vuln_Discuss"] ?? ""
    item.fix = data["Fix_Text"] ?? ""
    item.remark(texts["FINDING_DETAILS"])
    item.remark(texts["COMMENTS"])
    return item
  }

  /// The outcome that a word of a checklist names, of either version; nil for other words.
  static func outcome(_ word: String) -> ScanOutcome? {
    switch word.lowercased().filter(\.isLetter) {
    case "open": .fail
    case "notafinding": .pass
    case "notapplicable": .notApplicable
    case "notreviewed": .notReviewed
    default: nil
    }
  }
}
