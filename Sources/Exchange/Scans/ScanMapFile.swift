internal import Formats
public import Model

extension ScanMap {
  /// Reads a map: a YAML file with `rules` and `tags`, in which patterns have requirements.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  /// - Throws: `UnreadableScanMap` for the first fault.
  public init(reading bytes: [UInt8], file: String) throws(UnreadableScanMap) {
    self.init()
    do {
      let root = try StrictYAML(reading: bytes, file: file, maximumBytes: ScanMap.maximumBytes)
      try root.allow("rules", "tags")
      for (key, path) in [("rules", \ScanMap.rules), ("tags", \ScanMap.tags)] {
        guard let part = root.optional(key), !part.isNull else { continue }
        self[keyPath: path] = try part.members().map { pattern, value in
          guard !pattern.trimmed.isEmpty else { throw value.error("a pattern is empty") }
          let names = value.isNull ? [] : try value.texts()
          guard !names.contains(where: { $0.trimmed.isEmpty }) else {
            throw value.error("the reference of a requirement is empty")
          }
          return Entry(pattern: pattern, requirements: names.map(\.trimmed), line: value.line)
        }
      }
      guard !rules.isEmpty || !tags.isEmpty else {
        throw root.error("a map has rules or tags, and requirements for them")
      }
      let starred = (rules + tags).count { $0.pattern.contains("*") || $0.pattern.contains("?") }
      guard starred <= ScanMap.maximumPatterns else {
        throw root.error("more than \(ScanMap.maximumPatterns) patterns with * or ?")
      }
    } catch let error as UnreadableYAML {
      throw UnreadableScanMap(file: error.file, line: error.line, reason: error.reason)
    } catch {
      throw UnreadableScanMap(file: file, line: 1, reason: "\(error)")
    }
  }

  /// The most bytes of a map.
  public static let maximumBytes = 1 << 20
}

/// Why an officer's map cannot be used.
public struct UnreadableScanMap: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong there.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes an error.
  public init(file: String, line: Int, reason: String) {
    (self.file, self.line, self.reason) = (file, line, reason)
  }

  /// File, line and reason, as compilers write them.
  public var description: String { "\(file):\(line): \(reason)" }
}
