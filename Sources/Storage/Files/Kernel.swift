internal import Glibc
public import Model

/// The clock that runs since the machine was started, also while it sleeps, and its boot's id.
enum BootClock {
  static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// The kernel's id of this boot; `unknown` where /proc is not mounted.
  static let boot: String = {
    let text = SmallFile.read("/proc/sys/kernel/random/boot_id", limit: 64) ?? ""
    let id = text.prefix { !$0.isWhitespace }
    return id.isEmpty ? "unknown" : String(id)
  }()
}

/// Reads small files whole, without Foundation.
enum SmallFile {
  /// The text of a file, or of its first `limit` bytes; nil where it cannot be read.
  static func read(_ path: String, limit: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer.prefix(count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Random bytes and the wall clock, as the kernel has them.
enum Kernel {
  /// Random bytes; at most 256 at a time.
  static let randomBytes: @Sendable (Int) -> [UInt8] = { count in
    var bytes = [UInt8](repeating: 0, count: count)
    precondition(
      getentropy(&bytes, count) == 0,
      "the kernel gives up to 256 random bytes at a time"
    )
    return bytes
  }

  /// The wall clock, to the millisecond.
  static let now: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(
      milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    )
  }
}

/// Who acts, by the kernel's word.
public enum KernelIdentity {
  /// The effective user, with what the environment claims beside it.
  ///
  /// The name comes from the password database by the kernel's uid, never from the environment;
  /// where the account has no name (or the directory service is away) it is the number. The claims
  /// `ssh` (where the connection comes from) and `sudo` (who called sudo) can be forged by the user.
  public static func current(environment: [String: String]) -> Actor {
    let uid = geteuid()
    var claims: [String: String] = [:]
    if let ssh = environment["SSH_CONNECTION"]?.split(separator: " ").first, !ssh.isEmpty {
      claims["ssh"] = String(ssh.prefix(64))
    }
    if let sudo = environment["SUDO_USER"], !sudo.isEmpty {
      claims["sudo"] = String(sudo.prefix(64))
    }
    return Actor(uid: uid, name: name(of: uid) ?? String(uid), claims: claims)
  }

  private static func name(of uid: uid_t) -> String? {
    var entry = passwd()
    var result: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(uid, &entry, &buffer, buffer.count, &result) == 0, result != nil,
      let name = entry.pw_name
    else { return nil }
    return String(validatingCString: name)
  }
}

/// Where the store lies.
public enum StorePath {
  /// The path a command works on: `--store`, else `$TOCSIN_STORE`, else
  /// `$XDG_DATA_HOME/tocsin/tocsin.sqlite`, else `~/.local/share/tocsin/tocsin.sqlite`.
  ///
  /// An empty variable counts as absent, and a relative `XDG_DATA_HOME` too (XDG base directory
  /// specification 0.8).
  public static func resolve(option: String?, environment: [String: String]) -> String {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let option, !option.isEmpty { return option }
    if let store = value("TOCSIN_STORE") { return store }
    if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") {
      return data + "/tocsin/tocsin.sqlite"
    }
    return (value("HOME") ?? homeDirectory) + "/.local/share/tocsin/tocsin.sqlite"
  }

  private static var homeDirectory: String {
    var entry = passwd()
    var result: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &result) == 0, result != nil,
      let home = entry.pw_dir.flatMap({ String(validatingCString: $0) })
    else { return "/" }
    return home
  }
}
