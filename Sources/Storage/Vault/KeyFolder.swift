internal import Crypto
internal import Foundation
internal import Glibc
internal import Model

/// The folder with the key that wraps data keys: outside the store and its backups.
///
/// The folder is 0700, the key file 0600; looser ones are refused. The key is made once, when
/// something of a store is sealed first, and never replaced.
struct KeyFolder: Sendable {
  /// The folder.
  let directory: String

  /// The folder that belongs to a store unless another is named.
  static func usual(for store: String) -> String { StoreFile.directory(of: store) + "/keys" }

  /// The key file.
  var path: String { directory + "/tocsin.key" }

  /// Reads the key.
  ///
  /// - Throws: `StoreError.refused` where it is missing, open to others, or no key.
  func key() throws -> WrappingKey {
    guard let key = try read() else {
      throw StoreError.refused(
        "the key \(path) is missing; without it no contact can be read: put it back, or name its "
          + "folder in TOCSIN_KEYS"
      )
    }
    return key
  }

  /// Reads the key, or makes it where there is none.
  func keyOrNew() throws -> WrappingKey {
    if let key = try read() { return key }
    try StoreFile.makeDirectory(directory)
    try check(directory, kind: S_IFDIR, mode: "700")
    let bytes = Kernel.randomBytes(32)
    let draft = try Durable.Draft(in: directory)
    try Array("\(Hex.text(bytes))\n".utf8).withUnsafeBytes { try draft.write($0) }
    // A key that another process made meanwhile is not written over.
    guard fsyncDraft(draft), link(draft.path, path) == 0 || errno == EEXIST else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    try Durable.syncDirectory(directory)
    return try key()
  }

  private func fsyncDraft(_ draft: Durable.Draft) -> Bool {
    let descriptor = open(draft.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  private func read() throws -> WrappingKey? {
    var status = stat()
    guard lstat(directory, &status) == 0, lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
      return nil
    }
    try check(directory, kind: S_IFDIR, mode: "700")
    try check(path, kind: S_IFREG, mode: "600")
    guard let text = SmallFile.read(path, limit: 256) else {
      throw StoreError.failed("\(path): it cannot be read")
    }
    let digits = Array(text.utf8.prefix { $0 != 10 })
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    }
    guard digits.count == 64, bytes.count == 32 else {
      throw StoreError.refused("\(path) is no key of Tocsin; put the right file back")
    }
    return WrappingKey(bytes: bytes)
  }

  private func check(_ path: String, kind: mode_t, mode: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    guard status.st_mode & S_IFMT == kind, status.st_uid == geteuid() else {
      throw StoreError.refused("\(path) is not yours, or a link; keys are kept in neither")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw StoreError.refused(
        "\(path) is open to others; run: chmod \(mode) \(Shell.quoted(path))"
      )
    }
  }
}

/// The key that wraps the data keys of mailings, requests, purposes and staff.
struct WrappingKey: Sendable {
  private let key: SymmetricKey
  /// A name for it that tells nothing about it.
  let id: String

  init(bytes: [UInt8]) {
    key = SymmetricKey(data: bytes)
    id = String(Digest.sha256(Array("tocsin.wrapping-key.1".utf8) + bytes).prefix(16))
  }

  /// Wraps a data key for a mailing.
  func wrap(_ data: [UInt8], for mailing: RecordID) throws -> [UInt8] {
    try wrap(data, bound: Self.binding(mailing))
  }

  /// Wraps a data key for a request.
  func wrap(_ data: [UInt8], forRequest request: RecordID) throws -> [UInt8] {
    try wrap(data, bound: Self.binding(request: request))
  }

  /// Wraps a data key, bound to what it is for.
  func wrap(_ data: [UInt8], bound: [UInt8]) throws -> [UInt8] {
    let box = try AES.GCM.seal(data, using: key, authenticating: bound)
    guard let combined = box.combined else {
      throw StoreError.failed("the data key could not be wrapped")
    }
    return [UInt8](combined)
  }

  /// Opens a data key that the key of this name wrapped; refuses where that was another one, or where
  /// what is wrapped was altered.
  func unwrap(_ wrapped: [UInt8], for mailing: RecordID, wrappedBy id: String) throws -> [UInt8] {
    try unwrap(wrapped, bound: Self.binding(mailing), of: "the mailing", wrappedBy: id)
  }

  /// The same for a request.
  func unwrap(
    _ wrapped: [UInt8],
    forRequest request: RecordID,
    wrappedBy id: String
  ) throws -> [UInt8] {
    try unwrap(wrapped, bound: Self.binding(request: request), of: "the request", wrappedBy: id)
  }

  /// Opens a data key that was bound to what it is for; refusals call that by a noun.
  func unwrap(_ wrapped: [UInt8], bound: [UInt8], of noun: String, wrappedBy id: String) throws
    -> [UInt8]
  {
    guard id == self.id else {
      throw StoreError.refused(
        "the key file holds key \(self.id), but \(noun) was sealed under key \(id); put the "
          + "right key back, or name its folder in TOCSIN_KEYS"
      )
    }
    guard let box = try? AES.GCM.SealedBox(combined: wrapped),
      let data = try? AES.GCM.open(box, using: key, authenticating: bound)
    else { throw StoreError.refused("the data key of \(noun) was altered; it opens nothing") }
    return [UInt8](data)
  }

  private static func binding(_ mailing: RecordID) -> [UInt8] {
    Array("tocsin.data-key.1:\(mailing)".utf8)
  }

  private static func binding(request: RecordID) -> [UInt8] {
    Array("tocsin.request-key.1:\(request)".utf8)
  }
}
