import Foundation
import Glibc

/// A real Postfix with a configuration and a queue of its own, that hands all mail to one server.
///
/// It takes mail through its `sendmail`, and sends the bounces of addresses that the server refuses to
/// their return paths, by the same server. Nothing of the host's own mail is touched. Its master wants to
/// be root.
public final class PostfixServer: @unchecked Sendable {
  // @unchecked: the process object is only used by the test that made it.
  private let master = Process()
  private let folder: TemporaryDirectory
  private let root: String

  /// Why there is no Postfix here; nil where one can be started.
  public static var reason: String? {
    guard geteuid() == 0 else { return "Postfix is started by root alone" }
    guard let root = programs else { return "there is no Postfix: make test-programs" }
    // Unpacked it may lack libraries of the system.
    let probe = Process()
    probe.executableURL = URL(fileURLWithPath: "\(root)/usr/sbin/postconf")
    probe.arguments = ["-d", "mail_version"]
    probe.environment = ["LD_LIBRARY_PATH": libraries(root)]
    probe.standardOutput = FileHandle.nullDevice
    probe.standardError = FileHandle.nullDevice
    guard (try? probe.run()) != nil else { return "Postfix cannot be started" }
    probe.waitUntilExit()
    return probe.terminationStatus == 0 ? nil : "Postfix lacks libraries of the system"
  }

  /// The folders of libraries that come with the programs.
  private static func libraries(_ root: String) -> String {
    let places = ["\(root)/usr/lib", "\(root)/lib"].flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix("-linux-gnu") }.map { "\(folder)/\($0)" }
    }
    return (["\(root)/usr/lib/postfix"] + (root.isEmpty ? [] : places)).joined(separator: ":")
  }

  /// Where its programs lie: unpacked in the build folder, or installed.
  private static var programs: String? {
    let above = ChildProcess.buildFolder.deletingLastPathComponent()
    let places = [above.deletingLastPathComponent(), above].map {
      $0.appendingPathComponent("postfix").path
    }
    return (places + [""]).first {
      FileManager.default.isExecutableFile(atPath: "\($0)/usr/lib/postfix/sbin/master")
    }
  }

  /// The mail program and its first arguments.
  public var sendmail: [String] { ["\(root)/usr/sbin/sendmail", "-C", configuration, "-i"] }

  /// What the mail program's environment must have.
  public var environment: [String: String] {
    ["LD_LIBRARY_PATH": Self.libraries(root), "MAIL_CONFIG": configuration]
  }

  /// What it wrote into its log.
  public var log: String {
    (try? String(contentsOfFile: folder.file("log"), encoding: .utf8)) ?? ""
  }

  private var configuration: String { folder.file("conf") }

  /// Starts it; all mail goes to the server at a port of the loopback.
  public init(relayPort port: UInt16) throws {
    guard let root = Self.programs else { throw NotThere() }
    (self.root, folder) = (root, try TemporaryDirectory())
    // Its parts run as accounts that every Debian has, which must be able to come here.
    chmod(folder.path, 0o711)
    for name in ["conf", "data", "queue"] { try makeFolder(name, 0o755, owner: nil) }
    let queues: [(String, mode_t)] = [
      ("active", 0o700), ("bounce", 0o700), ("corrupt", 0o700), ("defer", 0o700),
      ("deferred", 0o700), ("flush", 0o700), ("hold", 0o700), ("incoming", 0o700),
      ("maildrop", 0o730), ("private", 0o700), ("public", 0o710), ("saved", 0o700),
      ("trace", 0o700),
    ]
    for (name, mode) in queues { try makeFolder("queue/\(name)", mode, owner: "daemon") }
    try makeFolder("queue/pid", 0o755, owner: nil)
    try own("data", "daemon")
    try Data(settings(port).utf8).write(to: URL(fileURLWithPath: folder.file("conf/main.cf")))
    try Data(Self.services.utf8).write(to: URL(fileURLWithPath: folder.file("conf/master.cf")))
    master.executableURL = URL(fileURLWithPath: "\(root)/usr/lib/postfix/sbin/master")
    master.arguments = ["-c", configuration, "-d"]
    master.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
    master.standardInput = FileHandle.nullDevice
    master.standardOutput = FileHandle.nullDevice
    master.standardError = FileHandle.nullDevice
    try master.run()
  }

  /// Ends it and its parts at once: asked to end, its master can wait for its own log for ever.
  public func stop() {
    kill(master.processIdentifier, SIGSTOP)
    for part in parts() { kill(part, SIGKILL) }
    kill(master.processIdentifier, SIGKILL)
    master.waitUntilExit()
  }

  /// The processes that the master has started.
  private func parts() -> [pid_t] {
    let master = master.processIdentifier
    let path = "/proc/\(master)/task/\(master)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  /// There is no Postfix.
  public struct NotThere: Error {}

  private func makeFolder(_ name: String, _ mode: mode_t, owner: String?) throws {
    try FileManager.default.createDirectory(
      atPath: folder.file(name),
      withIntermediateDirectories: true
    )
    chmod(folder.file(name), mode)
    if let owner { try own(name, owner) }
  }

  private func own(_ name: String, _ owner: String) throws {
    guard let user = getpwnam(owner), let group = getgrnam("sys") else { throw NotThere() }
    chown(folder.file(name), user.pointee.pw_uid, group.pointee.gr_gid)
  }

  private func settings(_ port: UInt16) -> String {
    """
    compatibility_level = 3.6
    queue_directory = \(folder.file("queue"))
    data_directory = \(folder.file("data"))
    command_directory = \(root)/usr/sbin
    daemon_directory = \(root)/usr/lib/postfix/sbin
    meta_directory = \(root)/etc/postfix
    mail_owner = daemon
    setgid_group = sys
    default_privs = nobody
    import_environment = MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH=\(Self.libraries(root))
    export_environment = MAIL_CONFIG TZ LANG LD_LIBRARY_PATH
    inet_interfaces = loopback-only
    inet_protocols = ipv4
    mynetworks = 127.0.0.0/8
    mydestination =
    myhostname = mx.example.org
    myorigin = example.org
    alias_maps =
    alias_database =
    local_recipient_maps =
    recipient_delimiter = +
    relayhost = [127.0.0.1]:\(port)
    smtp_host_lookup = native
    smtp_tls_security_level = none
    maillog_file = \(folder.file("log"))
    maillog_file_prefixes = \(folder.path)

    """
  }

  private static let services = """
    pickup    unix       n - n 1     1 pickup
    cleanup   unix       n - n -     0 cleanup
    qmgr      unix       n - n 1     1 qmgr
    rewrite   unix       - - n -     - trivial-rewrite
    bounce    unix       - - n -     0 bounce
    defer     unix       - - n -     0 bounce
    trace     unix       - - n -     0 bounce
    flush     unix       n - n 1000? 0 flush
    proxymap  unix       - - n -     - proxymap
    smtp      unix       - - n -     - smtp
    error     unix       - - n -     - error
    retry     unix       - - n -     - error
    postlog   unix-dgram n - n -     1 postlogd

    """
}
