public import Model

/// Why a file gives no framework.
public struct UnreadableFramework: Error, Equatable, Sendable, CustomStringConvertible {
  /// Line or path in the file; empty where the whole file is meant.
  ///
  /// Foreign text.
  public var at: String
  /// What is wrong.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes an error.
  public init(at: String = "", reason: String) { (self.at, self.reason) = (at, reason) }

  /// Place and reason.
  public var description: String { at.isEmpty ? reason : "\(at): \(reason)" }
}

/// What was read from one file of frameworks.
public struct FrameworkFile: Sendable, Equatable {
  /// The frameworks in it.
  public var frameworks: [Framework] = []
  /// The mappings in it.
  public var mappings: [FrameworkMapping] = []
  /// What else stands in it and is not imported, in words.
  public var omitted: [String] = []
}

/// A format that frameworks are read from.
public enum FrameworkFormat: Sendable {
  /// Libraries of CISO Assistant, in YAML.
  case ciso
  /// OSCAL catalogues, in JSON, XML or YAML.
  case oscal
  /// Tables of requirements, in CSV or JSON.
  case table(ChecklistTable)
  /// Checklists of one's own.
  case checklist

  /// Its name in the record.
  public var name: String {
    switch self {
    case .ciso: "ciso"
    case .oscal: "oscal"
    case .table: "checklist"
    case .checklist: "framework"
    }
  }

  /// How names of its files end, in lower case.
  var suffixes: [String] {
    let plain =
      switch self {
      case .ciso, .checklist: [".yaml", ".yml"]
      case .oscal: [".json", ".xml", ".yaml", ".yml"]
      case .table: [".csv", ".json"]
      }
    return plain + plain.map { $0 + ".gz" }
  }

  /// The most bytes of one file, unpacked.
  static let maximumBytes = 64 << 20

  /// Reads one file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file, unpacked.
  ///   - path: The file's name, for errors.
  /// - Returns: What stands in the file; each framework can be kept.
  /// - Throws: `UnreadableFramework`.
  func read(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> FrameworkFile {
    var file =
      switch self {
      case .ciso: try CisoLibrary.read(bytes, path: path)
      case .oscal: try OscalCatalogue.read(bytes, path: path)
      case .table(let table): try table.read(bytes, path: path)
      case .checklist: FrameworkFile(frameworks: [try ChecklistReader.read(bytes, path: path)])
      }
    for framework in file.frameworks {
      do throws(UnusableFramework) {
        try framework.check()
      } catch {
        throw UnreadableFramework(at: error.requirement ?? "", reason: error.reason)
      }
    }
    file.omitted = file.omitted.filter { !$0.isEmpty }
    return file
  }
}
