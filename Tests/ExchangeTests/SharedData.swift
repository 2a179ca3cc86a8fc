import Foundation
import Testing

@testable import Exchange

/// Test data that lies beside the checkout; tests that need it are skipped where it is absent.
enum SharedData {
  /// The folder: `$TOCSIN_SHARED`, else `../shared` beside the checkout.
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["TOCSIN_SHARED"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../shared").standardized
  }()

  static func url(_ path: String) -> URL { folder.appendingPathComponent("data/\(path)") }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path))) }
}

/// One string of the hostile corpus.
struct HostileString: CustomTestStringConvertible {
  var id: String
  var family: String
  /// The text, or nil where the entry is raw bytes.
  var text: String?
  var bytes: [UInt8]
  var testDescription: String { id }

  /// The entries of some families; empty where the corpus is absent.
  static func corpus(_ families: String...) -> [HostileString] {
    // Foundation reads the corpus: it holds NUL, which the reader under test refuses.
    guard let bytes = try? SharedData.bytes("hostile/terminal.json"),
      let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let strings = root["strings"] as? [[String: Any]]
    else { return [] }
    return strings.compactMap { entry in
      guard let id = entry["id"] as? String, let family = entry["class"] as? String,
        families.isEmpty || families.contains(family)
      else { return nil }
      if let raw = entry["bytes"] as? String, let data = Data(base64Encoded: raw) {
        return HostileString(id: id, family: family, text: nil, bytes: [UInt8](data))
      }
      guard let text = entry["text"] as? String else { return nil }
      let whole = String(repeating: text, count: entry["repeat"] as? Int ?? 1)
      return HostileString(id: id, family: family, text: whole, bytes: [UInt8](whole.utf8))
    }
  }
}
