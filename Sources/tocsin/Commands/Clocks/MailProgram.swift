internal import Exchange
internal import Foundation
internal import Model

/// The host's mail program: it takes a whole message on its standard input and queues it.
struct MailProgram {
  /// Its path.
  let path: String

  /// Hands a message over.
  ///
  /// - Throws: `Refusal` where the message is not fit, the program cannot be started or says that it
  ///   failed; then nothing counts as sent.
  func send(_ message: MailMessage) throws {
    let bytes: [UInt8]
    do {
      bytes = try message.bytes()
    } catch let error as UnfitMail {
      throw Refusal("\(error)", advice: "nothing counts as sent")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    let sender = message.returnPath.map { ["-f", $0] } ?? []
    process.arguments = ["-i"] + sender + ["--"] + message.to.map(\.address)
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
      try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
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
}
