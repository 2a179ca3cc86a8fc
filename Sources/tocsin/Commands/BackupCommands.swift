internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin backup`.
struct BackupCommand: HeadlessCommand {
  static let origin = "backup"
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a copy of the store as it stands at one moment, and check it.",
    discussion: "Others may go on writing. Copying the file by other means can give half a store."
  )

  @Argument(help: "Where the copy goes.", completion: .file())
  var path: String

  @Flag(help: "Replace a file that has the name already.")
  var force = false

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let out = session.out
    let report = try await writing(from: session.storePath, to: path, force: force) { done, total in
      if total > 0 { out.progress("checking the copy: entry \(done) of \(total)") }
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(
        .members([
          "path": .string(report.path), "size": .integer(report.size),
          "incidents": .count(report.incidents), "head": .integer(report.head),
          "head_hash": .string(report.headHash),
        ])
      )
    } else {
      try out.line("\(report.path): \(report.incidents) incidents, \(report.size) bytes")
      try out.line("head \(report.head):\(report.headHash)")
    }
    return .done
  }
}

/// The command `tocsin restore`.
struct RestoreCommand: HeadlessCommand {
  static let origin = "restore"
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of the store; the replaced file is kept.",
    discussion: """
      The backup is checked first. The journal says that the store was put back. Its mailings are held \
      until an officer says for each what was sent since the backup (tocsin mailing release); what the \
      replaced store had erased since is erased again, as far as that store can be read.
      """
  )

  @Argument(help: "The backup.", completion: .file())
  var path: String

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    if options.readOnly { throw StoreError.readOnly("it was asked for with --read-only") }
    let out = session.out
    let report = try await Backup.restore(
      from: path,
      to: session.storePath,
      origin: session.origin,
      options: session.storeOptions
    ) { done, total in
      if total > 0 { out.progress("checking the backup: entry \(done) of \(total)") }
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(
        .members([
          "path": .string(report.path), "backup_head": .integer(report.backupHead),
          "replaced_head": .integer(report.replacedHead), "kept_as": .text(report.keptAs),
          "entry": .integer(report.entry),
          "held": .array(
            report.held.map { .members(["mailing": .string($0.reference), "told": .told($0)]) }
          ),
          "erased": .texts(report.erased), "not_erased": .texts(report.notErased),
          "missing": .texts(report.missing),
        ])
      )
    } else {
      try out.line("\(report.path): restored to entry \(report.backupHead)")
      if let kept = report.keptAs {
        try out.line("the replaced store, up to entry \(report.replacedHead), is kept as \(kept)")
      }
      for mailing in report.held {
        try out.line("held: \(mailing.reference); \(mailing.words)")
      }
      for name in report.erased { try out.line("erased again: \(name)") }
      for problem in report.notErased { out.note("\(problem)") }
      for name in report.missing {
        out.note("\(name) is in the replaced store and not in the backup")
      }
      if !report.held.isEmpty {
        out.note("say for each what was sent since the backup: tocsin mailing release MAILING")
      }
    }
    return .done
  }
}

/// Backs up away from the main thread.
@concurrent
private func writing(
  from store: String,
  to target: String,
  force: Bool,
  _ progress: @escaping @Sendable (Int64, Int64) -> Bool
) async throws -> BackupReport {
  try Backup.write(from: store, to: target, force: force, progress: progress)
}
