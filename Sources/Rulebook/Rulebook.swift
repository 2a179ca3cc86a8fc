public import Formats
internal import Foundation
internal import Glibc
public import Model

/// The rulebook as it stands on disk: the shipped folder, and an organisation's own over it.
///
/// A folder holds `Laws`, `Calendars`, `Contents`, `Authorities` and `Templates` (in any case of
/// letters), each with YAML files. A rule, calendar, content, authority or template of the organisation's
/// folder stands in place of the shipped one of the same id.
public struct Rulebook: Sendable {
  /// The rules, calendars and contents.
  public let pack: RulePack
  /// The law files that were read, with their cases.
  public let laws: [LawFile]
  /// The calendar files that were read.
  public let calendars: [CalendarFile]
  /// What laws say of requests by people, with its cases.
  public let rights: [RightsFile]
  /// The drafts of texts for people, by id.
  public let drafts: [NoticeDraft]
  /// The shipped rules that own ones replaced.
  public let overridden: [String]
  /// SHA-256 over all files that were read: two rulebooks with the same digest answer alike.
  public let digest: String

  /// Everything that is wrong with a rulebook.
  public struct Faults: Error, Sendable, CustomStringConvertible {
    /// Each fault with file and line; never empty.
    public let faults: [UnreadableYAML]

    /// One fault on each line.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
  }

  /// Reads a rulebook.
  ///
  /// - Parameters:
  ///   - shipped: The folder of the shipped one.
  ///   - own: The organisation's folder; nil for none.
  ///   - withCases: Whether the cases of shipped rules are read, which only a check needs. Those of
  ///     own rules always are: whoever wrote them may never have run them.
  ///   - isInstalled: Whether the shipped folder must have a manifest that lists it; where one lies
  ///     there it is always held to it.
  /// - Throws: `Faults`, all that were found.
  public init(
    shipped: String,
    own: String? = nil,
    withCases: Bool = false,
    isInstalled: Bool = false
  ) throws {
    var reader = Reader(withCases: withCases)
    reader.read(shipped, isOwn: false)
    reader.checkManifest(shipped, isRequired: isInstalled)
    reader.refuseEmpty(shipped)
    if let own { reader.read(own, isOwn: true) }
    self = try reader.rulebook()
  }

  /// The digest that a rulebook of these folders would have, without reading what the files say.
  ///
  /// Costs a twentieth of reading it: whoever knows that nothing was altered need not read it at all.
  ///
  /// - Throws: `Faults` where a file cannot be read or is not what was installed.
  public static func digest(
    shipped: String,
    own: String? = nil,
    isInstalled: Bool = false
  ) throws -> String {
    var reader = Reader(withCases: false)
    reader.readTexts(shipped, isOwn: false)
    reader.checkManifest(shipped, isRequired: isInstalled)
    if let own { reader.readTexts(own, isOwn: true) }
    return try reader.digest()
  }

  /// Runs every case of every file, and gives those that do not come out as worked by hand.
  public func failedCases() -> [UnreadableYAML] {
    let engine = ObligationEngine(pack: pack)
    var failures: [UnreadableYAML] = []
    for file in laws {
      for one in file.cases {
        failures += one.failures(with: engine).map { failure in
          UnreadableYAML(
            file: file.law.file,
            line: failure.line,
            reason: "\(failure.name): \(failure.id): \(failure.reason)"
          )
        }
      }
    }
    failures += rights.flatMap { $0.failures(with: pack) }
    for file in calendars {
      failures += file.failures.map {
        UnreadableYAML(file: file.calendar.id, line: $0.line, reason: $0.reason)
      }
    }
    return failures
  }

  fileprivate init(
    pack: RulePack,
    laws: [LawFile],
    calendars: [CalendarFile],
    rights: [RightsFile],
    drafts: [NoticeDraft],
    overridden: [String],
    digest: String
  ) {
    (self.pack, self.laws, self.calendars) = (pack, laws, calendars)
    self.rights = rights
    self.drafts = drafts.sorted { $0.id < $1.id }
    (self.overridden, self.digest) = (overridden, digest)
  }
}

/// Reads folders and collects what is wrong in them.
private struct Reader {
  let withCases: Bool
  private var laws: [LawFile] = []
  private var calendars: [CalendarFile] = []
  private var contents: [NoticeContent] = []
  private var authorities: [Authority] = []
  private var drafts: [NoticeDraft] = []
  private var rights: [RightsFile] = []
  private var faults: [UnreadableYAML] = []
  private var overridden: [String] = []
  /// The digests of the texts that were read, in the order of reading.
  private var digests = ""
  /// The digest of each shipped file, by kind and name.
  private var shipped: [String: String] = [:]

  init(withCases: Bool) { self.withCases = withCases }

  mutating func read(_ folder: String, isOwn: Bool) {
    for (yaml, file) in files("Laws", of: folder, isOwn) {
      attempt(file) { reader in
        var found = try LawFile(
          yaml: yaml,
          file: file,
          isOwn: isOwn,
          withCases: isOwn || reader.withCases
        )
        try reader.add(&found)
      }
    }
    var taken: Set<String> = []
    func once(_ kind: String, _ id: String, _ file: String) throws {
      guard taken.insert("\(kind) \(id)").inserted else {
        throw UnreadableYAML(file: file, line: 1, reason: "the \(kind) \(id) stands in two files")
      }
    }
    for (yaml, file) in files("Calendars", of: folder, isOwn) {
      attempt(file) { reader in
        let found = try CalendarFile(yaml: yaml, file: file)
        try once("calendar", found.calendar.id, file)
        reader.calendars.removeAll { $0.calendar.id == found.calendar.id }
        reader.calendars.append(found)
      }
    }
    for (yaml, file) in files("Contents", of: folder, isOwn) {
      attempt(file) { reader in
        let found = try NoticeContent(yaml: yaml, file: file)
        try once("content", found.id, file)
        reader.contents.removeAll { $0.id == found.id }
        reader.contents.append(found)
      }
    }
    for (yaml, file) in files("Authorities", of: folder, isOwn) {
      attempt(file) { reader in
        for found in try Authority.reading(yaml: yaml, file: file) {
          try once("authority", found.key, file)
          reader.authorities.removeAll { $0.key == found.key }
          reader.authorities.append(found)
        }
      }
    }
    for (yaml, file) in files("Templates", of: folder, isOwn) {
      attempt(file) { reader in
        let found = try NoticeDraft(yaml: yaml, file: file)
        try once("template", found.id, file)
        reader.drafts.removeAll { $0.id == found.id }
        reader.drafts.append(found)
      }
    }
    for (yaml, file) in files("Rights", of: folder, isOwn) {
      attempt(file) { reader in
        let found = try RightsFile(yaml: yaml, file: file)
        try once("rights of", found.law.id, file)
        reader.rights.removeAll { $0.law.id == found.law.id }
        reader.rights.append(found)
      }
    }
  }

  /// Reads the files of a folder for their digests alone, in the order of ``read(_:isOwn:)``.
  mutating func readTexts(_ folder: String, isOwn: Bool) {
    for kind in RulebookManifest.folders { _ = files(kind, of: folder, isOwn) }
  }

  /// The digest of all that was read.
  func digest() throws -> String {
    guard faults.isEmpty else { throw Rulebook.Faults(faults: faults) }
    return Digest.sha256(Array(digests.utf8))
  }

  /// Compares the shipped files with what was installed.
  mutating func checkManifest(_ folder: String, isRequired: Bool) {
    let wrong = RulebookManifest.faults(in: folder, found: shipped, isRequired: isRequired)
    let named = Set(wrong.map(\.file))
    // A file that was cut off cannot be read either: one fault for it is enough.
    faults = wrong + faults.filter { !named.contains($0.file) }
  }

  /// A folder without a single law would answer that nothing is owed.
  mutating func refuseEmpty(_ folder: String) {
    guard laws.isEmpty, faults.isEmpty else { return }
    faults.append(
      UnreadableYAML(file: "\(folder)/Laws", line: 1, reason: "no law stands in this folder")
    )
  }

  private mutating func attempt(_ file: String, _ take: (inout Reader) throws -> Void) {
    do {
      try take(&self)
    } catch let fault as UnreadableYAML {
      faults.append(fault)
    } catch {
      faults.append(UnreadableYAML(file: file, line: 1, reason: "\(error)"))
    }
  }

  /// Takes a law; own rules stand in place of shipped ones.
  private mutating func add(_ found: inout LawFile) throws {
    for rule in found.law.rules {
      for (index, other) in laws.enumerated() where other.lines[rule.id] != nil {
        guard found.law.isOwn, !other.law.isOwn else {
          throw UnreadableYAML(
            file: found.law.file,
            line: found.lines[rule.id] ?? 1,
            reason: "\(rule.id) stands in \(other.law.file) as well"
          )
        }
        laws[index].law.rules.removeAll { $0.id == rule.id }
        laws[index].lines[rule.id] = nil
        laws[index].cases = laws[index].cases.map { one in
          var kept = one
          kept.expected.removeAll { $0.id == rule.id }
          return kept
        }
        overridden.append(rule.id)
      }
    }
    if let twin = laws.first(where: { $0.law.id == found.law.id }) {
      guard found.law.isOwn, !twin.law.isOwn else {
        throw UnreadableYAML(
          file: found.law.file,
          line: 1,
          reason: "the law \(found.law.id) stands in \(twin.law.file) as well"
        )
      }
      found.law.id += "-own"
    }
    laws.append(found)
  }

  /// The files of a kind in a folder, sorted by name, as text with their paths.
  ///
  /// An own folder is read as far as it goes: a link that leads out of it is not followed.
  private mutating func files(_ kind: String, of folder: String, _ isOwn: Bool)
    -> [(yaml: String, file: String)]
  {
    let folders = [kind, kind.lowercased()].map { "\(folder)/\($0)" }
    guard let place = folders.first(where: FileManager.default.fileExists) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    var found: [(yaml: String, file: String)] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = "\(place)/\(name)"
      guard name.hasSuffix(".yaml") else {
        faults.append(
          UnreadableYAML(file: path, line: 1, reason: "not read: a rulebook's files end in .yaml")
        )
        continue
      }
      if isOwn, Reader.leads(path, outOf: folder) {
        faults.append(
          UnreadableYAML(
            file: path,
            line: 1,
            reason: "not followed: a link that leads out of \(folder); copy the file there"
          )
        )
        continue
      }
      var facts = stat()
      guard lstat(path, &facts) == 0, facts.st_size <= 256 << 10 else {
        faults.append(UnreadableYAML(file: path, line: 1, reason: "longer than 256 KiB"))
        continue
      }
      if let data = FileManager.default.contents(atPath: path),
        let yaml = String(validating: data, as: UTF8.self)
      {
        found.append((yaml, path))
        let digest = Digest.sha256(Array(yaml.utf8))
        digests += digest
        if !isOwn { shipped["\(kind)/\(name)"] = digest }
      } else {
        faults.append(UnreadableYAML(file: path, line: 1, reason: "cannot be read as UTF-8"))
      }
    }
    return found
  }

  /// Whether a path ends, links followed, outside of a folder.
  private static func leads(_ path: String, outOf folder: String) -> Bool {
    func real(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    return !real(path).hasPrefix(real(folder) + "/")
  }

  /// Says of own rules whether their own cases bear them out, and trusts those that fail no more.
  private mutating func judgeOwnRules() {
    let engine = ObligationEngine(
      pack: RulePack(
        laws: laws.map(\.law),
        calendars: calendars.map(\.calendar),
        contents: contents
      )
    )
    let own = laws.filter(\.law.isOwn)
    let tested = Set(own.flatMap { $0.cases.flatMap { $0.expected.map(\.id) } })
    let failed = Set(
      own.flatMap { $0.cases.flatMap { $0.failures(with: engine).map(\.id) } }
    )
    for (index, file) in laws.enumerated() where file.law.isOwn {
      laws[index].law.rules = file.law.rules.map { rule in
        var judged = rule
        judged.proof =
          failed.contains(rule.id) ? .fails : tested.contains(rule.id) ? nil : .untested
        if judged.proof == .fails { judged.confidence = .low }
        return judged
      }
    }
  }

  /// Whether no rule waits for itself: only then can cases be worked.
  private var areSound: Bool { RuleCycles.faults(in: RulePack(laws: laws.map(\.law))).isEmpty }

  mutating func rulebook() throws -> Rulebook {
    if faults.isEmpty, laws.contains(where: \.law.isOwn), areSound { judgeOwnRules() }
    let pack = RulePack(
      laws: laws.map(\.law),
      calendars: calendars.map(\.calendar),
      contents: contents,
      authorities: authorities,
      rights: rights.map(\.law)
    )
    let all =
      faults + laws.flatMap { dangling($0, pack) } + cycles(pack)
      + rights.flatMap { lost($0, pack) }
    guard all.isEmpty else { throw Rulebook.Faults(faults: all) }
    return Rulebook(
      pack: pack,
      laws: laws,
      calendars: calendars,
      rights: rights,
      drafts: drafts,
      overridden: overridden.sorted(),
      digest: Digest.sha256(Array(digests.utf8))
    )
  }

  /// References of a law that lead nowhere.
  private func dangling(_ file: LawFile, _ pack: RulePack) -> [UnreadableYAML] {
    file.law.rules.flatMap { rule in
      func fault(_ reason: String) -> UnreadableYAML {
        UnreadableYAML(
          file: file.law.file,
          line: file.lines[rule.id] ?? 1,
          reason: "\(rule.id): \(reason)"
        )
      }
      var faults: [UnreadableYAML] = []
      for id in Set(rule.dependencies).sorted() where pack.rule(id) == nil {
        faults.append(fault("there is no rule \(id)"))
      }
      if let calendar = rule.calendar, calendar != "seat", pack.calendars[calendar] == nil {
        faults.append(fault("there is no calendar \(calendar)"))
      }
      for id in rule.contents where pack.contents[id] == nil {
        faults.append(fault("there is no content \(id)"))
      }
      for clock in rule.clocks {
        if let from = clock.from, let until = clock.until, from >= until {
          faults.append(fault("in force until \(until.civil.isoDate), before it begins"))
        }
      }
      return faults
    }
  }

  /// A calendar that a law of rights names and nobody has.
  private func lost(_ file: RightsFile, _ pack: RulePack) -> [UnreadableYAML] {
    guard let calendar = file.law.calendar, calendar != "seat", pack.calendars[calendar] == nil
    else { return [] }
    return [
      UnreadableYAML(file: file.file, line: 1, reason: "there is no calendar \(calendar)")
    ]
  }

  /// Rules that wait for each other in a ring, or in too long a row.
  private func cycles(_ pack: RulePack) -> [UnreadableYAML] {
    RuleCycles.faults(in: pack).compactMap { fault in
      guard let (law, _) = pack.rule(fault.id) else { return nil }
      let line = laws.first { $0.law.id == law.id }?.lines[fault.id] ?? 1
      return UnreadableYAML(file: law.file, line: line, reason: fault.reason)
    }
  }
}
