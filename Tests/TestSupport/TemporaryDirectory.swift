import Glibc

/// A fresh directory, 0700, that is removed with everything in it when the last reference goes.
public final class TemporaryDirectory: Sendable {
  /// Where it lies, absolute.
  public let path: String

  /// Makes one below `$TMPDIR`, else `/tmp`.
  public init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/tocsin-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failed(code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// A path below it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove("\(path)/\(name)") }
      }
      closedir(stream)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// The system refused.
  public struct Failed: Error {
    /// The error number.
    public var code: Int32
  }
}
