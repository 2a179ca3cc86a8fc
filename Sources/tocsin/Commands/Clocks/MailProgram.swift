internal import Exchange
internal import Foundation
internal import Model

/// The host's mail program: it takes a whole message on its standard input and queues it.
struct MailProgram {
  /// Its path.
  let path: String

  /// Whether a text is a plain address: no spaces, no control characters, no leading hyphen that a
  /// program could take for an option.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.hasPrefix("-")
      && text.utf8.count <= 254
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value < 0x7F && !",;<>\"()".unicodeScalars.contains($0)
      }
  }

  /// Hands a message over.
  ///
  /// - Throws: `Refusal` where the program cannot be started or says that it failed; then nothing
  ///   counts as sent.
  func send(subject: String, lines: [String], to addresses: [String], now: Instant) throws {
    let headers = [
      "To: \(addresses.joined(separator: ", "))", "Subject: \(subject)",
      "Date: \(MailProgram.date(now))", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
      "Auto-Submitted: auto-generated",
    ]
    // A line break inside of a line would end it: nothing foreign begins a header of its own.
    let all = (headers + [""] + lines.map { Words($0).text }).map { line in
      String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 }))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-i", "--"] + addresses
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
      try pipe.fileHandleForWriting.write(
        contentsOf: Data((all.joined(separator: "\n") + "\n").utf8)
      )
      try pipe.fileHandleForWriting.close()
    } catch {
      throw Refusal(
        "the mail program \(path) could not take the message: \(error.localizedDescription)",
        advice: "name another one with --sendmail; nothing counts as sent"
      )
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Refusal(
        "the mail program \(path) ended with status \(process.terminationStatus)",
        advice: "see its log; nothing counts as sent"
      )
    }
  }

  /// A date as mail writes it (RFC 5322 section 3.3), in UTC.
  private static func date(_ instant: Instant) -> String {
    let civil = CivilTime(instant)
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(days[civil.weekday - 1]), \(civil.day) \(months[civil.month - 1]) \(civil.year) "
      + "\(civil.isoTime) +0000"
  }
}
