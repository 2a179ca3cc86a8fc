internal import Model

extension ScanTag {
  /// A name that a scanner gives with the list it stands in; nil where the name is empty.
  ///
  /// - Parameters:
  ///   - value: The name; blanks around it are left out.
  ///   - system: What the source calls the list, often an address.
  init?(reading value: String, system: String = "") {
    let value = value.trimmed
    guard !value.isEmpty else { return nil }
    let list = system.lowercased()
    let kind: Kind =
      if value.hasPrefix("CCI-") {
        .cci
      } else if value.hasPrefix("CCE-") {
        .cce
      } else if value.hasPrefix("CVE-") {
        .cve
      } else if list.contains("800-53") || list == "nist" {
        .nist
      } else if list.contains("cisecurity") {
        .cis
      } else if list.contains("cyber.mil/legacy") || value.hasPrefix("SRG-") {
        .stig
      } else {
        .reference
      }
    self.init(kind, value, system: system)
  }
}

extension ScanItem {
  /// Adds a tag, unless it is there already.
  mutating func add(_ tag: ScanTag?) {
    if let tag, !tags.contains(tag) { tags.append(tag) }
  }

  /// Adds a paragraph to what was seen; empty ones are left out.
  mutating func remark(_ text: String?, named name: String = "") {
    guard let text = text?.trimmed, !text.isEmpty else { return }
    if !message.isEmpty { message += "\n" }
    message += name.isEmpty ? text : "\(name): \(text)"
  }
}

extension String {
  /// The text between two marks, without blanks around it; nil where there are no such marks.
  func between(_ start: String, _ end: String) -> String? {
    guard let from = firstRange(of: start)?.upperBound,
      let to = self[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(self[from..<to]).trimmed
  }
}
