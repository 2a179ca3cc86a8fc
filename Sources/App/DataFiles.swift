internal import Foundation

/// Where the files are that Tocsin ships beside its binary: themes, import mappings, the rulebook.
///
/// Looked for in `$TOCSIN_SHARE`, then in `share/tocsin` beside the `bin` folder of the running
/// binary, then in the source tree that the binary was built in. Nothing is compiled in, so an
/// installed copy can be moved as a whole.
public struct DataFiles: Sendable {
  /// The kinds of data file.
  public enum Kind: String, Sendable, CaseIterable {
    /// Colours for roles.
    case theme
    /// Which column of a register means what.
    case mapping
    /// Duties by law.
    case law
    /// Public holidays.
    case calendar
    /// What notices must contain.
    case content
    /// Checklists of our own.
    case framework

    /// The kind's folder in a share folder.
    public var folder: String {
      switch self {
      case .theme: "themes"
      case .mapping: "mappings"
      case .law: "rules/Laws"
      case .calendar: "rules/Calendars"
      case .content: "rules/Contents"
      case .framework: "rules/Frameworks"
      }
    }

    /// The kind's folder in the source tree.
    var sourceFolder: String {
      switch self {
      case .theme: "themes"
      case .mapping: "Sources/Exchange/Mappings"
      case .law: "Sources/Rulebook/Laws"
      case .calendar: "Sources/Rulebook/Calendars"
      case .content: "Sources/Rulebook/Contents"
      case .framework: "Sources/Rulebook/Frameworks"
      }
    }

    /// How the kind's files end.
    var fileExtension: String { "yaml" }
  }

  /// A data file that is nowhere.
  public struct Missing: Error, Hashable, CustomStringConvertible {
    /// What was wanted.
    public let kind: Kind
    /// The name that was asked for.
    ///
    /// Foreign text.
    public let name: String
    /// The folders that were looked at, in order; none where there was nowhere to look.
    public let places: [String]

    /// What happened, in one line.
    public var description: String {
      let looked = places.isEmpty ? "nowhere to look" : places.joined(separator: ", ")
      return "there is no \(kind.rawValue) \(name); looked in: \(looked)"
    }
  }

  private let environment: [String: String]
  private let executable: String?

  /// Makes a finder for a process.
  ///
  /// - Parameters:
  ///   - environment: The process's environment.
  ///   - executable: The running binary's absolute path; nil asks the kernel.
  public init(environment: [String: String], executable: String? = nil) {
    self.environment = environment
    self.executable =
      executable ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
  }

  /// The folders in which files of a kind are looked for, in order, whether they exist or not.
  public func places(for kind: Kind) -> [String] {
    // A share folder that was named is meant: nothing else is looked at.
    if let share = environment["TOCSIN_SHARE"], !share.isEmpty {
      return ["\(share)/\(kind.folder)"]
    }
    guard let executable else { return [] }
    var folder = parent(of: executable)
    var places = ["\(parent(of: folder))/share/tocsin/\(kind.folder)"]
    // .build/x86_64-unknown-linux-gnu/release/tocsin lies four levels below the tree's root.
    for _ in 0..<6 where folder != "/" {
      if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") {
        places.append("\(folder)/\(kind.sourceFolder)")
        break
      }
      folder = parent(of: folder)
    }
    return places
  }

  /// The first folder with files of a kind that exists; nil where there is none.
  public func folder(of kind: Kind) -> String? {
    places(for: kind).first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The folder of the shipped rulebook: the one in which the folder of laws lies.
  ///
  /// - Throws: `Missing`, naming the places that were looked at.
  public func rulebook() throws -> String {
    guard let laws = folder(of: .law) else {
      throw Missing(kind: .law, name: "folder", places: places(for: .law))
    }
    return parent(of: laws)
  }

  /// Whether a folder is the rulebook of a source tree, whose files are there to be edited.
  public func isSource(_ folder: String) -> Bool {
    let tree = parent(of: parent(of: folder))
    return folder.hasSuffix("/Sources/Rulebook")
      && FileManager.default.fileExists(atPath: "\(tree)/Package.swift")
  }

  /// The absolute path of a data file by its name, without an extension.
  ///
  /// - Throws: `Missing`, naming the places that were looked at.
  public func path(_ kind: Kind, named name: String) throws -> String {
    let places = places(for: kind)
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      throw Missing(kind: kind, name: name, places: places)
    }
    for place in places {
      let path = "\(place)/\(name).\(kind.fileExtension)"
      if FileManager.default.isReadableFile(atPath: path) { return path }
    }
    throw Missing(kind: kind, name: name, places: places)
  }

  /// The names of all files of a kind, sorted; those of an earlier place hide those of a later one.
  public func names(of kind: Kind) -> [String] {
    var names: Set<String> = []
    for place in places(for: kind) {
      for file in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
      where file.hasSuffix(".\(kind.fileExtension)") && !file.hasPrefix(".") {
        names.insert(String(file.dropLast(kind.fileExtension.count + 1)))
      }
    }
    return names.sorted()
  }

  private func parent(of path: String) -> String {
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    return parent.isEmpty ? "/" : String(parent)
  }
}
