internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The folder of a site, which appears whole or not at all.
///
/// Everything is written into a folder beside it, which then takes its name. Files can be read by all, unlike
/// those of other exports: they are made for the public. A folder that no site stands in is never replaced.
public final class SiteFolder {
  private let path: String
  private let part: String
  private let force: Bool
  private var isPlaced = false
  /// Where the site stands that was there before, until it is certain that it is not wanted any more.
  private var old: String?

  /// Writes a site beside its place.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - path: Where it is to stand.
  ///   - force: Whether a site that stands there is replaced.
  /// - Throws: `UnwritableOutput`; nothing is left behind then.
  public init(_ site: StatementSite, to path: String, force: Bool) throws(UnwritableOutput) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard !path.isEmpty else { throw .failed(path, "a folder has a name") }
    (self.path, self.force) = (path, force)
    part = "\(path).\(UInt32.random(in: .min ... .max)).part"
    try check()
    guard mkdir(part, 0o755) == 0 else { throw .failed(part, String(cString: strerror(errno))) }
    do throws(UnwritableOutput) {
      try Self.mode(0o755, part)
      for file in site.files {
        let parts = file.path.split(separator: "/").map(String.init)
        var folder = part
        for name in parts.dropLast() {
          folder += "/\(name)"
          if mkdir(folder, 0o755) == 0 { try Self.mode(0o755, folder) }
        }
        let place = "\(part)/\(file.path)"
        try OutputFile.write(file.bytes, to: place, force: false)
        try Self.mode(0o644, place)
      }
    } catch {
      remove(part)
      throw error
    }
  }

  deinit {
    if !isPlaced { remove(part) }
    if let old { remove(old) }
  }

  private static func mode(_ mode: mode_t, _ path: String) throws(UnwritableOutput) {
    guard chmod(path, mode) == 0 else { throw .failed(path, String(cString: strerror(errno))) }
  }

  /// Refuses a place where something else stands.
  private func check() throws(UnwritableOutput) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return }
    guard facts.st_mode & S_IFMT == S_IFDIR else {
      throw .failed(path, "this is no folder and is not replaced")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [""]
    if names.isEmpty { return }
    guard isSite else {
      throw .failed(path, "something else than a statement's site stands there; it is not replaced")
    }
    guard force else { throw .exists(path) }
  }

  /// Whether the site of a statement stands there, and nothing that its manifest does not name.
  private var isSite: Bool {
    guard let bytes = FileManager.default.contents(atPath: "\(path)/manifest.json"),
      let json = try? JSON(reading: [UInt8](bytes)),
      json["format"]?.text == "tocsin-statement-1"
    else { return false }
    let known = Set((json["files"]?.elements ?? []).compactMap { $0["path"]?.text })
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.allSatisfy { name in
      var facts = stat()
      guard lstat("\(path)/\(name)", &facts) == 0 else { return false }
      if facts.st_mode & S_IFMT == S_IFDIR { return known.contains { $0.hasPrefix("\(name)/") } }
      return facts.st_mode & S_IFMT == S_IFREG && (known.contains(name) || name == "manifest.json")
    }
  }

  /// Gives the folder its name; what stood there before is kept aside until this folder is let go of.
  public func place() throws(UnwritableOutput) {
    try check()
    var facts = stat()
    let stands = lstat(path, &facts) == 0
    if stands, Self.exchange(part, path) {
      (isPlaced, old) = (true, part)
      syncParent()
      return
    }
    // A file system that cannot exchange two names: for a moment none stands there.
    if stands, ![EINVAL, ENOSYS, ENOTSUP].contains(errno) {
      throw .failed(path, String(cString: strerror(errno)))
    }
    let aside = "\(part).old"
    if stands, rename(path, aside) != 0 {
      throw .failed(path, String(cString: strerror(errno)))
    }
    guard rename(part, path) == 0 else {
      let words = String(cString: strerror(errno))
      if stands { _ = rename(aside, path) }
      throw .failed(path, words)
    }
    isPlaced = true
    if stands { old = aside }
    syncParent()
  }

  /// Takes back what was placed: what stood there before stands there again.
  public func takeBack() {
    guard isPlaced else { return }
    let before = old
    (isPlaced, old) = (false, nil)
    if let before, Self.exchange(before, path) { return remove(before) }
    // What cannot be put back is left beside it rather than removed.
    let placed = "\(part).back"
    guard rename(path, placed) == 0 else { return }
    if let before { _ = rename(before, path) }
    remove(placed)
  }

  /// Gives each of two folders the other's name in one step: whoever reads always finds one of them.
  private static func exchange(_ one: String, _ other: String) -> Bool {
    #if canImport(Glibc)
    // Glibc declares renameat2 for GNU sources only, so its module does not show it; 2 is RENAME_EXCHANGE
    // of linux/fs.h.
    typealias Rename =
      @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
    guard let address = dlsym(nil, "renameat2") else {
      errno = ENOSYS
      return false
    }
    return unsafeBitCast(address, to: Rename.self)(AT_FDCWD, one, AT_FDCWD, other, 2) == 0
    #else
    return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
    #endif
  }

  /// Brings the names to the disk before what stood there is taken away.
  private func syncParent() {
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
