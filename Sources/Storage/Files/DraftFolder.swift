internal import Crypto
internal import Foundation
internal import Glibc
internal import Model

/// Unsaved edits, kept until they are saved or dropped: what a lost connection must not take.
///
/// One file for each form, 0600 in a folder 0700, replaced whole. Names are hashed, so a key may
/// hold anything.
public struct DraftFolder: Sendable {
  /// A kept edit.
  public struct Draft: Codable, Sendable, Equatable {
    /// What the form was for, such as `incident/42`.
    public var key: String
    /// The fields as they were typed.
    ///
    /// Foreign text.
    public var fields: [String: String]

    /// Makes a draft.
    public init(key: String, fields: [String: String]) { (self.key, self.fields) = (key, fields) }
  }

  /// Where the drafts lie.
  public let directory: String

  /// A folder of drafts; made when the first is saved.
  public init(directory: String) { self.directory = directory }

  /// Keeps a draft, in place of an older one of the same key; on the disk when this returns.
  ///
  /// - Throws: `StoreError.refused` where others could read the folder, `StoreError.failed`.
  public func save(key: String, fields: [String: String]) throws {
    try StoreFile.makeDirectory(directory)
    try checkFolder()
    let text = try JSON.text(Draft(key: key, fields: fields))
    try Durable.write(Array(text.utf8), to: path(of: key))
  }

  /// The drafts that are there, by key; files that are no drafts are left out.
  public func load() -> [Draft] {
    guard (try? checkFolder()) != nil, let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var drafts: [Draft] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(".draft"),
        let text = SmallFile.read("\(directory)/\(name)", limit: 64 << 20),
        let draft = try? JSON.value(text, as: Draft.self), path(of: draft.key).hasSuffix(name)
      else { continue }
      drafts.append(draft)
    }
    return drafts.sorted { $0.key < $1.key }
  }

  /// Drops a draft; one that is not there is no error.
  public func remove(key: String) throws {
    guard unlink(path(of: key)) == 0 || errno == ENOENT else {
      throw StoreError.failed("\(directory): \(ErrorText.of(errno))")
    }
  }

  private func path(of key: String) -> String {
    "\(directory)/\(Hex.text(SHA256.hash(data: Array(key.utf8)))).draft"
  }

  private func checkFolder() throws {
    var status = stat()
    guard lstat(directory, &status) == 0 else {
      throw StoreError.failed("\(directory): \(ErrorText.of(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
      throw StoreError.refused("\(directory) is not a folder of yours; move it away")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw StoreError.refused(
        "\(directory) is open to others; run: chmod 700 \(Shell.quoted(directory))"
      )
    }
  }
}
