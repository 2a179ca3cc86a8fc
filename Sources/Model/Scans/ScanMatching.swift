/// Finds the items of an audit that rules of scanners speak of.
///
/// In this order, and the first that says something decides: the officer's own map, by rule id and
/// by tags; the rule's id, or a name of it in a STIG, that is a requirement's reference or
/// identifier; the rule's controls of NIST SP 800-53, or those that its CCIs are parts of, of which an
/// enhancement that is not asked falls to its control.
public struct ScanMatching: Sendable {
  /// An item that can be spoken of.
  public struct Target: Sendable, Equatable {
    /// Its place in the audit.
    public var place: Int
    /// The requirement's reference.
    public var reference: String
    /// The requirement's own name.
    public var identifier: String

    /// Makes a target.
    public init(place: Int, reference: String, identifier: String) {
      (self.place, self.reference, self.identifier) = (place, reference, identifier)
    }
  }

  /// An entry of a map that names no requirement of the audit.
  public struct UnknownRequirement: Error, Equatable, Sendable {
    /// The line of the map.
    public var line: Int
    /// What was named.
    public var name: String
  }

  private var names: [String: [Int]] = [:]
  private var controls: [ControlName: [Int]] = [:]
  private var rules = Lookup()
  private var tags = Lookup()

  /// Entries of a map, those without stars apart: they are found at once.
  private struct Lookup: Sendable {
    var exact: [String: [Int]] = [:]
    var patterns: [(pattern: [UInt8], places: [Int])] = []

    func places(_ text: String) -> [Int]? {
      let small = text.lowercased()
      var found = exact[small]
      guard !patterns.isEmpty else { return found }
      let letters = Array(small.utf8)
      for entry in patterns where ScanMap.fits(letters, entry.pattern) {
        found = (found ?? []) + entry.places
      }
      return found
    }
  }

  /// Makes a matching for the items of an audit.
  ///
  /// - Parameters:
  ///   - targets: The items.
  ///   - map: The officer's own map.
  /// - Throws: `UnknownRequirement` where the map names what the audit does not have.
  public init(_ targets: [Target], map: ScanMap = ScanMap()) throws(UnknownRequirement) {
    for target in targets {
      for name in Set([target.reference, target.identifier].map { $0.lowercased() })
      where !name.isEmpty { names[name, default: []].append(target.place) }
      let control =
        ControlName(reading: target.reference) ?? ControlName(reading: target.identifier)
      if let control { controls[control, default: []].append(target.place) }
    }
    rules = try lookup(map.rules)
    tags = try lookup(map.tags)
  }

  private func lookup(_ entries: [ScanMap.Entry]) throws(UnknownRequirement) -> Lookup {
    var lookup = Lookup()
    for entry in entries {
      var places: [Int] = []
      for name in entry.requirements {
        guard let found = self.places(named: name) else {
          throw UnknownRequirement(line: entry.line, name: name)
        }
        places += found
      }
      let small = entry.pattern.lowercased()
      if small.contains("*") || small.contains("?") {
        lookup.patterns.append((Array(small.utf8), places))
      } else {
        lookup.exact[small, default: []] += places
      }
    }
    return lookup
  }

  /// The items with a name, or of a control written another way.
  private func places(named name: String) -> [Int]? {
    names[name.lowercased()] ?? ControlName(reading: name).flatMap { controls[$0] }
  }

  /// The places of the items that a rule speaks of, in order; none where it speaks of none.
  public func places(of item: ScanItem) -> [Int] {
    if let own = mapped(item) { return Array(Set(own)).sorted() }
    var found: Set<Int> = []
    for name in names(of: item) { found.formUnion(names[name.lowercased()] ?? []) }
    if found.isEmpty {
      for control in asked(by: item) {
        found.formUnion(controls[control] ?? controls[control.base] ?? [])
      }
    }
    return found.sorted()
  }

  /// The controls that a rule names; where it names none, those that its CCIs are parts of.
  private func asked(by item: ScanItem) -> [ControlName] {
    let named = item.tags.filter { $0.kind == .nist }.compactMap { ControlName(reading: $0.value) }
    guard named.isEmpty else { return named }
    return item.tags.filter { $0.kind == .cci }
      .compactMap { ControlCorrelation.control(of: $0.value) }
  }

  private func mapped(_ item: ScanItem) -> [Int]? {
    if let places = rules.places(item.id) { return places }
    var found: [Int]?
    for value in Set(item.tags.map(\.value)) {
      if let places = tags.places(value) { found = (found ?? []) + places }
    }
    return found
  }

  /// The rule's id, in XCCDF also without what stands before its own part, and its names in a STIG.
  private func names(of item: ScanItem) -> [String] {
    var names = [item.id]
    if let own = item.id.firstRange(of: "_rule_"), item.id.hasPrefix("xccdf_") {
      names.append(String(item.id[own.upperBound...]))
    }
    return names + item.tags.filter { $0.kind == .stig }.map(\.value)
  }
}
