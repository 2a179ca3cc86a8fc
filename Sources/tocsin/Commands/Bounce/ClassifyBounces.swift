internal import ArgumentParser
internal import Exchange
internal import Model

extension BounceCommand {
  /// The command `tocsin bounce classify`.
  struct Classify: HeadlessCommand {
    static let origin = "bounce classify"
    static let configuration = CommandConfiguration(
      commandName: "classify",
      abstract: "Say of mails that came back whom they did not reach, and why.",
      discussion: """
        Reads delivery status notifications (RFC 3464), automatic replies (RFC 3834), complaints \
        (RFC 5965) and the bounces in prose of qmail, Exim, sendmail, Exchange and many others. A \
        FILE is a mail, a mailbox of many (mbox), a Maildir, a folder of .eml and .mbox files, or - \
        for standard input; lines may end by LF, CR LF or CR. No store is needed or altered.

        Each mail is a bounce, delayed, delivered, an auto reply, a complaint or not a bounce. HARD \
        is yes where the address itself is dead (no such mailbox or domain, moved, takes no mail) \
        and this was said for good; no for everything that may pass or is about the message or us. \
        docs/bounces.md has the reasons. A file that cannot be read is told on standard error, the \
        others are read, and the exit status is 1.
        """
    )

    @Argument(
      help: "Mails, mailboxes, Maildirs, folders, or - for standard input.",
      completion: .file()
    )
    var files: [String]

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    /// The most bytes of one file that are read.
    private static let maximumFile = 64 << 30

    func perform(in session: Session) async throws -> ExitStatus {
      let found = MailFiles.expand(files)
      var failures = found.refused.map { "\($0.path): \($0.reason)" }
      var sheet = BounceSheet(isJSON: format.json, out: session.out)
      for file in found.files {
        do {
          try Classify.read(file, into: &sheet)
        } catch let error as UnreadableInput {
          failures.append("\(file.path): \(error)")
        }
      }
      try sheet.finish()
      for failure in failures { session.out.note("tocsin: \(failure)") }
      return failures.isEmpty ? .done : .failed
    }

    private static func read(_ file: InputFile, into sheet: inout BounceSheet) throws {
      var mailbox = MailboxReader(try file.open(maximumBytes: maximumFile))
      let reader = BounceReader()
      while let message = try mailbox.next() {
        try sheet.take(reader.verdict(of: message.bytes), of: message, in: file.path)
      }
    }
  }
}
