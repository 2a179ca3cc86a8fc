import Foundation

/// Test data beside the checkout, which is not part of it.
enum SharedData {
  /// The folder, or nil where it is absent; tests that need it are then skipped.
  static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let places = [
      environment["TOCSIN_SHARED"].map { URL(filePath: $0) },
      root.deletingLastPathComponent().appending(path: "shared"),
    ]
    return places.compactMap(\.self).first {
      FileManager.default.fileExists(atPath: $0.appending(path: "data").path)
    }
  }()

  /// Whether the folder is there.
  static var isPresent: Bool { folder != nil }

  /// A file of it.
  static func data(_ path: String) throws -> Data {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try Data(contentsOf: folder.appending(path: "data").appending(path: path))
  }

  /// The lines of a Unicode data file without comments: the fields, trimmed, and the comment.
  static func unicodeFile(_ name: String) throws -> [(fields: [String], comment: String)] {
    let text = String(decoding: try data("unicode-tests/\(name)"), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let fields = parts[0].split(separator: ";").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard let first = fields.first, !first.isEmpty else { return nil }
      let comment = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      return (fields, comment)
    }
  }

  /// The scalars of a range in a Unicode data file: `0041` or `0041..005A`.
  static func range(_ field: String) -> ClosedRange<UInt32>? {
    let ends = field.split(separator: ".").compactMap { UInt32($0, radix: 16) }
    guard let first = ends.first, let last = ends.last else { return nil }
    return first...last
  }
}
