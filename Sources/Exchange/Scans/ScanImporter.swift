public import Model

/// Reads a scanner's file for an audit: what is brought into the record by one change.
public struct ScanImporter: Sendable {
  /// What was read out of one file.
  public struct Plan: Sendable {
    /// The change that brings it into the record.
    public var change: ImportScan
    /// The rules that speak of no item of the audit, in the file's order.
    public var unmatched: [ScanGathering.Unmatched]
  }

  private let audit: RecordID
  private let matching: ScanMatching
  private let items: [Int: RecordID]
  private let formats: Set<ScanFormat>
  private let target: String?
  private let limits: ScanLimits

  /// Makes an importer for the items of an audit.
  ///
  /// - Parameters:
  ///   - content: The audit.
  ///   - framework: Its framework, whole.
  ///   - formats: The formats that are taken.
  ///   - map: The officer's own map.
  ///   - target: What was looked at, where the officer says so.
  ///   - limits: How much is read before it is refused.
  /// - Throws: `ScanMatching.UnknownRequirement` where the map names what the audit does not have.
  public init(
    _ content: AuditContent,
    _ framework: Framework,
    formats: Set<ScanFormat>,
    map: ScanMap = ScanMap(),
    target: String? = nil,
    limits: ScanLimits = ScanLimits()
  ) throws(ScanMatching.UnknownRequirement) {
    audit = content.audit.id
    let requirements = framework.requirements
    matching = try ScanMatching(
      content.items.map { item in
        let isKnown = requirements.indices.contains(item.position)
        return ScanMatching.Target(
          place: item.place,
          reference: isKnown ? requirements[item.position].reference : "",
          identifier: item.identifier
        )
      },
      map: map
    )
    items = Dictionary(content.items.map { ($0.place, $0.id) }) { first, _ in first }
    (self.formats, self.target, self.limits) = (formats, target, limits)
  }

  /// The numbers of the items that a plan's results speak of, in order.
  public func items(of plan: Plan) -> [RecordID] {
    Set(plan.change.results.flatMap(\.places)).sorted().compactMap { items[$0] }
  }

  /// Reads a file to its end; the record stays as it is.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input; packed by gzip or not.
  ///   - name: What the file is called in the record; its path's last part where nil.
  ///   - progress: Is told now and then how many results were read.
  /// - Returns: The plan.
  /// - Throws: `ImportRefusal` where the file is not taken; then nothing of it is.
  public func plan(
    _ file: InputFile,
    named name: String? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(ImportRefusal) -> Plan {
    do {
      return try read(file, name, progress)
    } catch let error as UnreadableScan {
      throw ImportRefusal(file: file.path, at: error.at, reason: error.reason)
    } catch is ScanGathering.TooMany {
      let reason = "more than \(ScanGathering.maximum) rules"
      throw ImportRefusal(file: file.path, at: "", reason: reason)
    } catch {
      throw ImportRefusal(file: file.path, at: "", reason: "\(error)")
    }
  }

  private func read(
    _ file: InputFile,
    _ name: String?,
    _ progress: (Int) -> Void
  ) throws -> Plan {
    let raw = HashedSource(try file.open(maximumBytes: limits.maximumBytes))
    let start = try raw.first(2)
    let whole = PrefixedSource(start, raw)
    let isPacked = start == [0x1F, 0x8B]
    var reader = try ScanReader(
      isPacked ? GzipSource(whole, maximumBytes: limits.maximumBytes) : whole,
      limits: limits
    )
    guard formats.contains(reader.format) else {
      let command = reader.format.command
      throw UnreadableScan("\(reader.format.label), which is read by: tocsin import \(command)")
    }
    var gathering = ScanGathering(matching, target: target, tool: reader.format.tool)
    var count = 0
    while let event = try reader.next() {
      if case .fact(let fact) = event, fact.name == ScanFact.unfinished {
        throw UnreadableScan("\(fact.value): the scan broke off, or the file was cut")
      }
      try gathering.take(event)
      count += 1
      if count.isMultiple(of: 512) { progress(count) }
    }
    guard gathering.counts.total > 0 else { throw UnreadableScan("there are no results in it") }
    let run = gathering.first ?? ScanRun()
    let parts = file.path.split(separator: "/")
    var counts: [String: Int] = [:]
    for outcome in ScanOutcome.allCases where gathering.counts[outcome] > 0 {
      counts[outcome.rawValue] = gathering.counts[outcome]
    }
    let facts = AuditScanFacts(
      file: name ?? parts.last.map(String.init) ?? file.path,
      sha256: try raw.digestOfAll(),
      format: reader.format.rawValue,
      tool: [run.tool.isEmpty ? reader.format.tool : run.tool, run.toolVersion]
        .filter { !$0.isEmpty }.joined(separator: " "),
      target: target ?? run.target,
      benchmark: [run.benchmark, run.benchmarkVersion].filter { !$0.isEmpty }
        .joined(separator: " "),
      startedAt: run.startedAt,
      counts: counts
    )
    return Plan(
      change: ImportScan(id: audit, scan: facts, results: gathering.results),
      unmatched: gathering.unmatched
    )
  }
}

extension ScanFormat {
  /// The import that reads it.
  fileprivate var command: String {
    switch self {
    case .xccdf, .arf: "xccdf"
    case .ckl, .cklb: "ckl"
    case .hdf: "hdf"
    case .lynis: "lynis"
    case .oscalResults, .oscalPlan: "oscal-results"
    }
  }

  /// What stands for the scanner where a file does not name it.
  fileprivate var tool: String {
    switch self {
    case .xccdf, .arf: "XCCDF"
    case .ckl, .cklb: "STIG Viewer"
    case .hdf: "InSpec"
    case .lynis: "Lynis"
    case .oscalResults, .oscalPlan: "OSCAL"
    }
  }
}

/// Bytes of a source, hashed on the way.
private final class HashedSource: ByteSource {
  private let source: any ByteSource
  private var digest = RunningDigest()

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }

  /// The hash of everything, what a reader left unread included.
  func digestOfAll() throws -> String {
    var rest = [UInt8](repeating: 0, count: 64 << 10)
    while try rest.withUnsafeMutableBytes({ try read(into: $0) }) > 0 {}
    return digest.text
  }
}
