public import Model

/// Mails that came back out of files, one by one, judged.
///
/// Files are mails, mailboxes of many, Maildirs, folders of them, or standard input; see `MailFiles`. What
/// cannot be read is told, and the others are read.
public final class BounceFiles: BounceSource, @unchecked Sendable {
  // @unchecked: a source is used by one task at a time.
  private var files: ArraySlice<InputFile>
  private var current: (path: String, reader: MailboxReader)?
  private let judge = BounceReader()

  /// What could not be read, by file.
  public private(set) var refused: [ImportProblem]

  /// The most bytes of one file that are read.
  public static let maximumFile = 64 << 30

  /// Finds the files; `-` is standard input.
  public init(_ paths: [String]) {
    let found = MailFiles.expand(paths)
    files = found.files[...]
    refused = found.refused.map { ImportProblem(at: $0.path, reason: "\($0.reason)") }
  }

  /// The next mail; nil at the end.
  public func next() throws -> BouncedMail? {
    while true {
      if case (let path, var reader)? = current {
        do {
          let message = try reader.next()
          current = message == nil ? nil : (path, reader)
          guard let message else { continue }
          var digest = RunningDigest()
          message.bytes.withUnsafeBytes { digest.update($0) }
          return BouncedMail(
            place: message.number == 1 ? path : "\(path):\(message.number)",
            digest: digest.bytes,
            verdict: judge.verdict(of: message.bytes)
          )
        } catch let error as UnreadableInput {
          refuse(path, error)
          current = nil
          continue
        }
      }
      guard let file = files.popFirst() else { return nil }
      do {
        current = (file.path, MailboxReader(try file.open(maximumBytes: Self.maximumFile)))
      } catch {
        refuse(file.path, error)
      }
    }
  }

  private func refuse(_ path: String, _ error: UnreadableInput) {
    refused.append(ImportProblem(at: path, reason: "\(error)"))
  }
}
