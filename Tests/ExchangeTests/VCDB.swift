import Foundation
import Testing

@testable import Exchange

/// The VERIS Community Database's files, unpacked once a run into a temporary folder.
enum VCDB {
  static let archive = "incidents-vcdb/vcdb-shared.tar.gz"

  /// The folder with the files; nil where the archive is absent.
  static let folder: String? = {
    guard SharedData.exists(archive) else { return nil }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("vcdb-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let tar = Process()
      tar.executableURL = URL(fileURLWithPath: "/usr/bin/tar")
      tar.arguments = ["-xzf", SharedData.url(archive).path, "-C", folder.path]
      try tar.run()
      tar.waitUntilExit()
      guard tar.terminationStatus == 0 else { return nil }
    } catch { return nil }
    removeAtExit(folder)
    return folder.path
  }()

  /// Every document with its file's path, by path.
  static let documents: [(path: String, document: JSON)] = {
    guard let folder else { return [] }
    return InputFile.expand([folder], suffix: ".json").files.compactMap { file in
      guard let data = FileManager.default.contents(atPath: file.path),
        let document = try? JSON(reading: [UInt8](data))
      else { return nil }
      return (file.path, document)
    }
  }()

  /// What `atexit` has to remove; set once, before that.
  nonisolated(unsafe) private static var unpacked: String?

  private static func removeAtExit(_ folder: URL) {
    unpacked = folder.path
    atexit { if let path = VCDB.unpacked { try? FileManager.default.removeItem(atPath: path) } }
  }
}
