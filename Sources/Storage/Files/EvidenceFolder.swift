internal import Crypto
internal import Glibc
internal import Model

/// Copies of evidence files, each under the name of its own content.
///
/// Lies beside the store: `evidence/sha256/ab/cd/abcd...`. A copy is 0400 and never altered; the
/// same content is kept once.
public struct EvidenceFolder: Sendable {
  /// The folder itself.
  public let directory: String

  /// The folder that belongs to a store.
  public init(storePath: String) {
    directory = StoreFile.directory(of: storePath) + "/evidence"
  }

  /// Where the copy of a content lies, whether it is there or not.
  public func path(of sha256: String) -> String {
    "\(folder(of: sha256))/\(sha256)"
  }

  /// Whether the copy of a content is there.
  public func contains(_ sha256: String) -> Bool {
    var status = stat()
    return lstat(path(of: sha256), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Copies a file in, hashing it on the way; it is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - source: The file; followed through no link, a plain file only.
  ///   - progress: Called with bytes done and in all; false cancels and leaves nothing behind.
  /// - Returns: The content's SHA-256 in lower-case hexadecimal, and its size.
  /// - Throws: `StoreError.refused`, `StoreError.failed`, `CancellationError`.
  public func add(
    _ source: String,
    progress: (Int64, Int64) -> Bool = { _, _ in true }
  ) throws -> (hex: String, size: Int64) {
    try StoreFile.makeDirectory(directory)
    let draft = try Durable.Draft(in: directory)
    let (hex, size) = try FileDigest.stream(source, progress) { try draft.write($0) }
    let target = path(of: hex)
    guard !contains(hex) else { return (hex, size) }
    try StoreFile.makeDirectory(folder(of: hex))
    try draft.finish(as: target, mode: 0o400)
    for folder in [folder(of: hex), directory] { try Durable.syncDirectory(folder) }
    return (hex, size)
  }

  /// Keeps a content that is in memory; it is on the disk when this returns.
  ///
  /// - Returns: The content's SHA-256 in lower-case hexadecimal, and its size.
  /// - Throws: `StoreError.failed`.
  public func add(content: [UInt8]) throws -> (hex: String, size: Int64) {
    try StoreFile.makeDirectory(directory)
    let hex = Hex.text(SHA256.hash(data: content))
    guard !contains(hex) else { return (hex, Int64(content.count)) }
    let draft = try Durable.Draft(in: directory)
    try content.withUnsafeBytes { try draft.write($0) }
    try StoreFile.makeDirectory(folder(of: hex))
    try draft.finish(as: path(of: hex), mode: 0o400)
    for folder in [folder(of: hex), directory] { try Durable.syncDirectory(folder) }
    return (hex, Int64(content.count))
  }

  /// Whether the copy of a content is still what its name says.
  ///
  /// - Returns: False where the copy is missing or its content differs.
  /// - Throws: `StoreError.failed` where it cannot be read, `CancellationError`.
  public func verify(
    _ sha256: String,
    progress: (Int64, Int64) -> Bool = { _, _ in true }
  ) throws -> Bool {
    guard contains(sha256) else { return false }
    return try FileDigest.sha256(path: path(of: sha256), progress: progress).hex == sha256
  }

  private func folder(of sha256: String) -> String {
    let digits = Array(sha256.utf8)
    precondition(
      digits.count == 64
        && digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) },
      "a content is named by 64 lower-case hexadecimal digits"
    )
    let parts = (
      String(decoding: digits[0..<2], as: UTF8.self), String(decoding: digits[2..<4], as: UTF8.self)
    )
    return "\(directory)/sha256/\(parts.0)/\(parts.1)"
  }
}
