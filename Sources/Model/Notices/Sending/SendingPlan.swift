/// How the e-mails of a mailing are sent: who writes, how fast, when, and through which program.
public struct SendingPlan: Hashable, Codable, Sendable {
  /// The address that stands in From; empty until somebody says.
  public var sender = ""
  /// The name beside it.
  ///
  /// Foreign text.
  public var senderName = ""
  /// The address to which bounces go, tagged for each person; empty for the sender's.
  public var returnPath = ""
  /// The list's id (RFC 2919); empty for one made of the mailing's reference and the sender's domain.
  public var listID = ""
  /// How many are handed over in a minute at most; nil for as many as the program takes.
  public var perMinute: Int?
  /// How many are marked at once before they are handed over: so many at most are uncertain if the
  /// sender is killed.
  public var batch = 50
  /// How many hand-overs go on at the same time.
  public var lanes = 2
  /// When nobody is written to; nil for never.
  public var quiet: QuietHours?
  /// The zone of people of whom nobody knows where they live.
  public var zone = Zone.utc
  /// The mail program and its first arguments.
  ///
  /// Behind them come `-f` and the return path. With `-t` among them the program reads the address from
  /// the message; without it `--` and the recipient follow, and stand in lists of processes.
  public var program = ["/usr/sbin/sendmail", "-i", "-t"]
  /// The exit statuses after which nobody knows whether the program took the message; 74 is EX_IOERR.
  public var uncertainStatuses = [74]
  /// After so many failures in a row the sending stops.
  public var threshold = 5
  /// How many seconds a hand-over may take.
  public var timeout = 120

  /// Makes the usual plan, without a sender.
  public init() {}

  /// What the parts of it may be.
  enum Limits {
    static let perMinute = 1...1_000_000
    static let batch = 1...1000
    static let lanes = 1...16
    static let threshold = 1...1000
    static let timeout = 1...3600
    static let status = 1...255
    static let arguments = 1...64
    static let text = 1000
  }

  /// What keeps the plan from being kept; nil where nothing does.
  public var problem: String? {
    func isOutside(_ number: Int, _ range: ClosedRange<Int>, _ what: String) -> String? {
      range.contains(number)
        ? nil : "\(what) is a number from \(range.lowerBound) to \(range.upperBound)"
    }
    let texts = [sender, senderName, returnPath, listID] + program
    if texts.contains(where: { $0.utf8.count > Limits.text || $0.utf8.contains(0) }) {
      return "a part of the plan is too long, or holds a character 0"
    }
    for (address, name) in [(sender, "sender"), (returnPath, "return-path")]
    where !address.isEmpty && !MailName.isAddress(address) {
      return "\(name) is a plain mail address such as notices@example.org"
    }
    if !listID.isEmpty, !MailName.isListID(listID) {
      return "list-id is words with dots between them, such as notices.example.org (RFC 2919)"
    }
    if !Limits.arguments.contains(program.count) || program[0].isEmpty {
      return "a mail program is a path with at most 63 arguments"
    }
    if !program[0].hasPrefix("/") { return "the mail program is named by its whole path" }
    if uncertainStatuses.contains(where: { !Limits.status.contains($0) }) {
      return "an exit status is a number from 1 to 255"
    }
    return perMinute.flatMap { isOutside($0, Limits.perMinute, "per-minute") }
      ?? isOutside(batch, Limits.batch, "batch") ?? isOutside(lanes, Limits.lanes, "parallel")
      ?? isOutside(threshold, Limits.threshold, "threshold")
      ?? isOutside(timeout, Limits.timeout, "timeout")
  }

  /// The zones in whose quiet hours nobody of a jurisdiction is written to.
  public func zones(of jurisdiction: String) -> [Zone] {
    let known = JurisdictionZones.zones(of: jurisdiction)
    return known.isEmpty ? [zone] : known
  }

  /// Until when it is quiet in a jurisdiction; nil where it is not.
  public func quietUntil(in jurisdiction: String, at now: Instant) -> Instant? {
    guard let quiet else { return nil }
    let zones = zones(of: jurisdiction)
    return quiet.isQuiet(at: now, in: zones) ? quiet.end(after: now, in: zones) : nil
  }

  /// Where bounces go when they are not tagged.
  public var bounceAddress: String { returnPath.isEmpty ? sender : returnPath }

  /// The domain in which ids of messages are made: the sender's.
  public var domain: String {
    sender.lastIndex(of: "@").map { String(sender[sender.index(after: $0)...]).lowercased() } ?? ""
  }

  /// The id of the list that a mailing's notices belong to.
  public func listID(of reference: String) -> String {
    listID.isEmpty ? "\(reference.lowercased()).notices.\(domain)" : listID
  }

  /// The mail program with all its arguments for a message.
  ///
  /// - Parameters:
  ///   - returnPath: Where bounces of it go.
  ///   - recipient: The address.
  /// - Returns: The program's path and its arguments.
  public func arguments(from returnPath: String, to recipient: String) -> [String] {
    let all = program + ["-f", returnPath]
    return program.dropFirst().contains("-t") ? all : all + ["--", recipient]
  }

  /// How many are marked at once: what the rate gives in ten seconds, and at most a batch.
  public var claim: Int { min(batch, max(lanes, (perMinute ?? .max) / 6)) }

  /// Its parts by name, as texts.
  public var named: [(String, String)] {
    [
      ("sender", sender), ("sender-name", senderName), ("return-path", returnPath),
      ("list-id", listID), ("per-minute", perMinute.map(String.init) ?? ""),
      ("batch", "\(batch)"), ("parallel", "\(lanes)"), ("quiet", quiet?.description ?? ""),
      ("zone", zone.name), ("program", program.joined(separator: " ")),
      ("uncertain-status", uncertainStatuses.map(String.init).joined(separator: ",")),
      ("threshold", "\(threshold)"), ("timeout", "\(timeout)"),
    ]
  }
}
