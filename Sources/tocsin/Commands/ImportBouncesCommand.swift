internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension Import {
  /// The command `tocsin import bounces`.
  struct Bounces: HeadlessCommand {
    static let origin = "import bounces"
    static let configuration = CommandConfiguration(
      commandName: "bounces",
      abstract: "Take mails that came back to the people of mailings whom they speak of.",
      discussion: """
        PATH is a mail, a mailbox (mbox), a Maildir, a folder of .eml and .mbox files, or - for \
        standard input. Each mail is matched by the return path and the Message-ID, both with a check \
        that only the mailing's key makes, then by address among the people who were written to. \
        What has only the address can be forged by anybody: it is told and not taken; look at it, and \
        take it with --by-address. Dead addresses: bounced-hard. Other refusals: bounced-soft, for mailing retry. \
        Complaints: complaint. Notices of delivery and automatic replies are kept beside the person \
        and prove nothing; delays are counted. docs/bounces.md has the rule.

        The same mail alters nothing twice. Those that speak of nobody are listed by file and place. \
        Exit status 1 where a file could not be read or a check was wrong.
        """
    )

    @Argument(
      help: "Mails, mailboxes, Maildirs, folders, or - for standard input.",
      completion: .file()
    )
    var paths: [String]
    @Option(help: "Only of this mailing, such as MLG-2026-0001.") var mailing: String?
    @Flag(help: "Take mails too of which only the address is known: you have looked at them.")
    var byAddress = false
    @Flag(help: "Say what would be done, and alter nothing.") var dryRun = false
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      var id: RecordID?
      if let mailing { id = try await session.mailing(mailing, in: store).id }
      let out = session.out
      let summary = try await store.perform(
        BounceIntake(
          into: id,
          from: BounceFiles(paths),
          takesAddresses: byAddress,
          isDryRun: dryRun
        ),
        origin: session.origin
      ) { progress in
        out.progress("mails: \(progress.done)")
        return true
      }
      out.progress(nil)
      if format.json {
        try out.json(json(summary))
      } else {
        try tell(summary, out)
      }
      return summary.refusedCount == 0 ? .done : .failed
    }

    private func tell(_ summary: BounceImport, _ out: Output) throws {
      let kinds = BounceKind.allCases.compactMap { kind in
        summary.kinds[kind].map { "\(Words(kind.label)) \($0)" as Words }
      }
      try out.line("\(summary.mails) mails: \(kinds.isEmpty ? "none" : kinds.joined(by: ", "))")
      if dryRun { try out.line("nothing was altered; this would be done:") }
      for state in RecipientState.allCases {
        if let count = summary.moved[state] { try out.line("  \(state.label): \(count)") }
      }
      if summary.noted > 0 { try out.line("  kept beside the person: \(summary.noted)") }
      if summary.counted > 0 { try out.line("  delayed, only counted: \(summary.counted)") }
      if summary.known > 0 { try out.line("  taken in before: \(summary.known)") }
      let matches = BounceMatch.allCases.compactMap { match in
        summary.matches[match].map { "\(Words(match.label)) \($0)" as Words }
      }
      if !matches.isEmpty { try out.line("matched by \(matches.joined(by: ", "))") }
      for mail in summary.byAddress {
        out.note("by address only, look and confirm: \(mail.at): \(mail.reason)")
      }
      more(summary.byAddressCount, summary.byAddress, "by address only", out)
      if summary.byAddressCount > 0 {
        out.note(
          "anybody can have written mails that have only the address; to take them: --by-address"
        )
      }
      for problem in summary.unmatched { out.note("unmatched: \(problem.at): \(problem.reason)") }
      more(summary.unmatchedCount, summary.unmatched, "unmatched", out)
      for problem in summary.refused { out.note("refused: \(problem.at): \(problem.reason)") }
      more(summary.refusedCount, summary.refused, "refused", out)
    }

    private func more(_ count: Int, _ listed: [ImportProblem], _ word: Words, _ out: Output) {
      if count > listed.count { out.note("and \(count - listed.count) more \(word)") }
    }

    private func json(_ summary: BounceImport) -> JSON {
      func object<Key: Hashable>(_ keys: [Key], _ counts: [Key: Int], _ name: (Key) -> String)
        -> JSON
      {
        var object = JSONObject()
        for key in keys { if let count = counts[key] { object[name(key)] = .count(count) } }
        return .object(object)
      }
      func problems(_ problems: [ImportProblem]) -> JSON {
        .array(
          problems.map { .members(["at": .string($0.at), "reason": .string($0.reason)]) }
        )
      }
      return .members([
        "mails": .count(summary.mails),
        "kinds": object(BounceKind.allCases, summary.kinds, \.rawValue),
        "dry_run": .bool(dryRun),
        "moved": object(RecipientState.allCases, summary.moved, \.rawValue),
        "noted": .count(summary.noted), "counted": .count(summary.counted),
        "known": .count(summary.known),
        "matched_by": object(BounceMatch.allCases, summary.matches, \.rawValue),
        "by_address": .count(summary.byAddressCount),
        "by_address_mails": problems(summary.byAddress),
        "unmatched": .count(summary.unmatchedCount), "refused": .count(summary.refusedCount),
        "unmatched_mails": problems(summary.unmatched),
        "refused_mails": problems(summary.refused),
      ])
    }
  }
}
