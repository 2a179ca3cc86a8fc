import Dispatch
import Foundation
import Model
import Panes
import Storage

/// Keeps drafts in the officer's state folder, written a moment after the last key.
final class FolderShelf: DraftShelf {
  private let folder: DraftFolder
  private let queue = DispatchQueue(label: "tocsin.drafts", qos: .utility)
  /// What is yet to be written; touched on `queue` alone, as the rest below.
  private nonisolated(unsafe) var waiting: [String: [String: String]] = [:]
  private nonisolated(unsafe) var failed: @Sendable (ErrandFailure) -> Void = { _ in }
  /// Whether the last write failed, and the officer knows.
  private nonisolated(unsafe) var isFailing = false

  /// How long after a key its draft is written; keys in between are written with it.
  private let delay: DispatchTimeInterval

  init(path: String, delay: DispatchTimeInterval = .milliseconds(400)) {
    (folder, self.delay) = (DraftFolder(directory: path), delay)
  }

  func all() -> [String: [String: String]] {
    Dictionary(folder.load().map { ($0.key, $0.fields) }) { _, later in later }
  }

  func save(key: String, fields: [String: String]) {
    queue.async { [self] in
      let isFirst = waiting.isEmpty
      waiting[key] = fields
      guard isFirst else { return }
      queue.asyncAfter(deadline: .now() + delay) { [self] in
        guard !waiting.isEmpty else { return }
        tell(flush())
      }
    }
  }

  // Waits on purpose: the process is about to end or to stop, and nothing is drawn any more.
  func saveNow(key: String, fields: [String: String]) -> ErrandFailure? {
    queue.sync {
      waiting[key] = fields
      let failure = flush()
      isFailing = failure != nil
      return failure
    }
  }

  func drop(key: String) {
    queue.async { [self] in
      waiting[key] = nil
      do {
        try folder.remove(key: key)
      } catch {
        tell(ErrandFailure("\(error)"))
      }
    }
  }

  func watch(_ failed: @escaping @Sendable (ErrandFailure) -> Void) {
    queue.async { [self] in self.failed = failed }
  }

  /// Writes what waits; a draft that could not be written comes whole with the next key.
  private func flush() -> ErrandFailure? {
    var failure: ErrandFailure?
    for (key, fields) in waiting {
      do {
        try folder.save(key: key, fields: fields)
      } catch {
        failure = ErrandFailure("\(error)")
      }
    }
    waiting = [:]
    return failure
  }

  private func tell(_ failure: ErrandFailure?) {
    defer { isFailing = failure != nil }
    if let failure, !isFailing { failed(failure) }
  }
}

/// Keeps no drafts: for tapes and read-only sessions.
struct NoShelf: DraftShelf {
  func all() -> [String: [String: String]] { [:] }
  func save(key: String, fields: [String: String]) {}
  func saveNow(key: String, fields: [String: String]) -> ErrandFailure? { nil }
  func drop(key: String) {}
  func watch(_ failed: @escaping @Sendable (ErrandFailure) -> Void) {}
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
