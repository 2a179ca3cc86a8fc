import Dispatch
import Foundation
import Model
import Panes
import Storage

/// Keeps drafts in the officer's state folder, written a moment after the last key.
final class FolderShelf: DraftShelf {
  private let folder: DraftFolder
  private let queue = DispatchQueue(label: "tocsin.drafts", qos: .utility)
  /// What is yet to be written; touched on `queue` alone.
  private nonisolated(unsafe) var waiting: [String: [String: String]] = [:]

  init(path: String) { folder = DraftFolder(directory: path) }

  func all() -> [String: [String: String]] {
    Dictionary(folder.load().map { ($0.key, $0.fields) }) { _, later in later }
  }

  func save(key: String, fields: [String: String]) {
    queue.async { [self] in
      let isFirst = waiting.isEmpty
      waiting[key] = fields
      guard isFirst else { return }
      queue.asyncAfter(deadline: .now() + .milliseconds(400)) { [self] in flush() }
    }
  }

  // Waits on purpose: the process is about to end or to stop, and nothing is drawn any more.
  func saveNow(key: String, fields: [String: String]) {
    queue.sync {
      waiting[key] = fields
      flush()
    }
  }

  func drop(key: String) {
    queue.async { [self] in
      waiting[key] = nil
      try? folder.remove(key: key)
    }
  }

  private func flush() {
    for (key, fields) in waiting { try? folder.save(key: key, fields: fields) }
    waiting = [:]
  }
}

/// Keeps no drafts: for tapes and read-only sessions.
struct NoShelf: DraftShelf {
  func all() -> [String: [String: String]] { [:] }
  func save(key: String, fields: [String: String]) {}
  func saveNow(key: String, fields: [String: String]) {}
  func drop(key: String) {}
}

/// Hashes evidence where it lies, and keeps copies beside the store.
struct StoreFiles: EvidenceFiles {
  let folder: EvidenceFolder

  func digest(path: String, copy: Bool, progress: @escaping @Sendable (Int64, Int64) -> Bool)
    -> Result<FileFacts, ErrandFailure>
  {
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    do {
      let (hex, size) =
        copy
        ? try folder.add(absolute, progress: progress)
        : try FileDigest.sha256(path: absolute, progress: progress)
      return .success(FileFacts(path: absolute, sha256: hex, size: size))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }

  func verify(_ evidence: Evidence, progress: @escaping @Sendable (Int64, Int64) -> Bool)
    -> Result<FileFacts, ErrandFailure>
  {
    let path =
      evidence.facts.isCopied
      ? folder.path(of: evidence.facts.sha256) : evidence.facts.path
    do {
      let (hex, size) = try FileDigest.sha256(path: path, progress: progress)
      return .success(FileFacts(path: path, sha256: hex, size: size))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
