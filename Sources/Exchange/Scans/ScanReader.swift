internal import Formats
public import Model

/// A format in which scanners and assessors write results.
public enum ScanFormat: String, Vocabulary {
  /// XCCDF 1.1 or 1.2 with test results, XML.
  case xccdf
  /// The asset reporting format around XCCDF test results, XML.
  case arf
  /// A checklist of DISA's STIG Viewer 2, XML.
  case ckl
  /// A checklist of DISA's STIG Viewer 3, JSON.
  case cklb
  /// InSpec results, which are the Heimdall data format, JSON.
  case hdf
  /// The report file of Lynis, `report.dat`.
  case lynis
  /// OSCAL assessment results: JSON, XML or YAML.
  case oscalResults = "oscal-results"
  /// An OSCAL plan of action and milestones: JSON, XML or YAML.
  case oscalPlan = "oscal-poam"

  /// The format as it is called in a sentence.
  public var label: String {
    switch self {
    case .xccdf: "XCCDF results"
    case .arf: "ARF (XCCDF results)"
    case .ckl: "STIG checklist (CKL)"
    case .cklb: "STIG checklist (CKLB)"
    case .hdf: "HDF (InSpec results)"
    case .lynis: "Lynis report"
    case .oscalResults: "OSCAL assessment results"
    case .oscalPlan: "OSCAL plan of action and milestones"
    }
  }
}

/// Why a scanner's results cannot be used.
public struct UnreadableScan: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line or the path in the document; empty where the whole file is meant.
  ///
  /// May quote foreign text.
  public var at: String
  /// What is wrong there.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes an error.
  public init(at: String = "", _ reason: String) { (self.at, self.reason) = (at, reason) }

  /// Place and reason.
  public var description: String { at.isEmpty ? reason : "\(at): \(reason)" }
}

/// How much of a scanner's results is read before they are refused.
public struct ScanLimits: Sendable, Hashable {
  /// The most bytes of a file, and of what is packed in one.
  public var maximumBytes = 256 << 20
  /// The most bytes of a JSON document, which is in memory as a whole.
  public var maximumJSON = 64 << 20
  /// The most bytes of an OSCAL document in XML or YAML, which is in memory as a whole.
  public var maximumTree = 32 << 20
  /// The most bytes of a line of a Lynis report.
  public var maximumLine = 4 << 20

  /// Makes the usual limits.
  public init() {}
}

/// Results out of one scanner's file, one by one, in the order of the file.
///
/// XML and Lynis reports are streamed: memory holds one result and what is known of the rules. What
/// was given before an error is of no use: an error means that the whole file is refused.
public struct ScanReader {
  /// The format, told or found out from the content.
  public let format: ScanFormat
  private var source: any ScanEvents

  /// Opens a file.
  ///
  /// Files packed by gzip are unpacked on the way.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - format: The format; nil finds it out from the content.
  ///   - limits: How much is read before it is refused.
  /// - Throws: `UnreadableInput` where it cannot be read, `UnreadableScan` where it is none of the
  ///   formats or not as it should be.
  public init(_ file: InputFile, format: ScanFormat? = nil, limits: ScanLimits = ScanLimits())
    throws
  {
    try self.init(
      try file.openUnpacked(maximumBytes: limits.maximumBytes),
      format: format,
      limits: limits
    )
  }

  /// Reads bytes that are not packed.
  ///
  /// Throws as the other does.
  public init(
    _ source: any ByteSource,
    format: ScanFormat? = nil,
    limits: ScanLimits = ScanLimits()
  ) throws {
    let start = try source.first(64 << 10)
    let whole = PrefixedSource(start, source)
    do {
      (self.format, self.source) =
        switch try ScanKind.decided(ScanKind(start), format, isEmpty: start.isEmpty) {
        case .xml: try ScanReader.xml(whole, format, limits)
        case .json: try ScanReader.json(whole, format, limits)
        case .lynis: (.lynis, LynisReader(whole, limits))
        case .yaml:
          try OSCALReader.reader(
            of: try OSCALTree(yaml: whole, maximumBytes: limits.maximumTree),
            format
          )
        }
    } catch {
      throw ScanReader.reworded(error)
    }
  }

  /// Reads on; nil at the end.
  ///
  /// Throws `UnreadableScan`, or what the source throws.
  public mutating func next() throws -> ScanEvent? {
    do {
      return try source.next()
    } catch {
      throw ScanReader.reworded(error)
    }
  }

  /// An error in the one form that all formats have.
  private static func reworded(_ error: any Error) -> any Error {
    switch error {
    case let error as UnreadableXML: UnreadableScan(at: "line \(error.line)", error.reason)
    case let error as UnreadableJSON: UnreadableScan(at: error.at, error.reason)
    case let error as UnreadableYAML: UnreadableScan(at: "line \(error.line)", error.reason)
    default: error
    }
  }

  private static func xml(
    _ source: any ByteSource,
    _ format: ScanFormat?,
    _ limits: ScanLimits
  ) throws -> (ScanFormat, any ScanEvents) {
    var reader = XMLReader(source)
    guard case .start(let root) = try reader.next() else {
      throw UnreadableScan("there is no element in it")
    }
    switch (format, root.name) {
    case (nil, "asset-report-collection"), (.arf, "asset-report-collection"):
      return (.arf, XCCDFReader(reader, root))
    case (nil, "Benchmark"), (nil, "TestResult"), (.xccdf, _), (.arf, _):
      return (.xccdf, XCCDFReader(reader, root))
    case (nil, "data-stream-collection"):
      throw UnreadableScan("a SCAP data stream: rules to be checked, no results")
    case (nil, "CHECKLIST"), (.ckl, "CHECKLIST"): return (.ckl, CKLReader(reader))
    case (nil, "assessment-results"), (nil, "plan-of-action-and-milestones"),
      (.oscalResults, _), (.oscalPlan, _):
      let tree = try OSCALTree(xml: &reader, root, maximumBytes: limits.maximumTree)
      return try OSCALReader.reader(of: tree, format)
    case (let format?, _):
      throw UnreadableScan(at: "line \(root.line)", "<\(root.name)> begins no \(format.label)")
    case (nil, _):
      throw UnreadableScan(
        at: "line \(root.line)",
        "XML that begins with <\(root.name)>, which is none of the formats that are read"
      )
    }
  }

  private static func json(
    _ source: any ByteSource,
    _ format: ScanFormat?,
    _ limits: ScanLimits
  ) throws -> (ScanFormat, any ScanEvents) {
    let bytes = try source.all(maximumBytes: limits.maximumJSON)
    let document = try JSON(
      reading: bytes,
      limits: JSONLimits(maximumBytes: limits.maximumJSON)
    )
    switch try format ?? ScanKind.format(of: document) {
    case .cklb: return (.cklb, EventList(try CKLBReader.events(document)))
    case .hdf: return (.hdf, EventList(try HDFReader.events(document)))
    case let found: return try OSCALReader.reader(of: OSCALTree(document), found)
    }
  }
}

/// What gives events, one by one.
protocol ScanEvents {
  /// The next one; nil at the end.
  mutating func next() throws -> ScanEvent?
}

/// Events that were all read before.
struct EventList: ScanEvents {
  private var rest: ArraySlice<ScanEvent>

  init(_ events: [ScanEvent]) { rest = events[...] }

  mutating func next() -> ScanEvent? { rest.popFirst() }
}
