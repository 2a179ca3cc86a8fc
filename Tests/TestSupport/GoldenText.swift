import Foundation
public import Testing

/// Compares a document with one that was read once and kept.
///
/// `TOCSIN_RECORD_SCREENS=1` writes the files anew; read the difference before it is committed.
public enum GoldenText {
  /// Compares a text with `fixtures/<name>`, byte for byte.
  public static func expect(
    _ name: String,
    _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let file = folder.appending(path: name)
    let bytes = Data(text.utf8)
    if ProcessInfo.processInfo.environment["TOCSIN_RECORD_SCREENS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try bytes.write(to: file, options: .atomic)
      } catch {
        Issue.record("\(file.path) could not be written: \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let kept = try? Data(contentsOf: file) else {
      Issue.record(
        "There is no \(file.path); TOCSIN_RECORD_SCREENS=1 records it:\n\(text)",
        sourceLocation: sourceLocation
      )
      return
    }
    guard kept != bytes else { return }
    let (old, new) = (lines(String(decoding: kept, as: UTF8.self)), lines(text))
    let place = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let at = place ?? min(old.count, new.count)
    Issue.record(
      """
      \(name) is not what it was, line \(at + 1):
      - \(at < old.count ? old[at] : "(nothing)")
      + \(at < new.count ? new[at] : "(nothing)")
      """,
      sourceLocation: sourceLocation
    )
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../fixtures").standardizedFileURL
}
