internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident evidence`.
  struct Proof: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evidence",
      abstract: "Files that prove something, by path and SHA-256.",
      subcommands: [List.self, Add.self, Verify.self]
    )

    /// The command `tocsin incident evidence list`.
    struct List: ItemListing {
      static let origin = "incident evidence list"
      static let configuration = CommandConfiguration(
        abstract: "List an incident's evidence, oldest first."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = [
        "ID", "BYTES", "SHA-256", "CUSTODY", "COPIED", "TITLE", "PATH",
      ]
      static let numbers: Set<Int> = [0, 1]
      static let columns = [
        "id", "title", "kind", "path", "sha256", "size", "copied", "note", "recorded_at",
        "effective.text", "covers_from.text", "covers_until.text", "expires.text", "proves",
        "version",
      ]

      static func question(_ incident: RecordID) -> IncidentEvidence {
        IncidentEvidence(incident: incident)
      }

      static func json(_ piece: Evidence) -> JSON { JSON.evidence(piece) }

      static func row(_ piece: Evidence) -> [Words] {
        [
          "\(piece.id)", "\(piece.facts.size)", "\(piece.facts.sha256)",
          "\(piece.custody.last?.kind.label ?? "-")", piece.facts.isCopied ? "yes" : "no",
          "\(piece.facts.title)", "\(piece.facts.path)",
        ]
      }
    }

    /// The command `tocsin incident evidence add`.
    struct Add: HeadlessCommand {
      static let origin = "incident evidence add"
      static let configuration = CommandConfiguration(
        abstract: "Hash a file and take it on as evidence; prints its id and SHA-256."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @Argument(help: "The file; not a link.", completion: .file())
      var path: String

      @Flag(help: "Keep a copy beside the store, under the name of its content.")
      var copy = false

      @Option(help: "What it is; the file's name, if not given.")
      var title: String?

      @Option(help: "Where it comes from, how it was taken.")
      var note = ""

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let store = try session.open()
        let incident = try await session.incident(reference, in: store)
        // Refuse before gigabytes were hashed or copied in vain.
        if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
        let file = URL(fileURLWithPath: path)
        let progress = HashingProgress(session.out, file.lastPathComponent)
        let folder = EvidenceFolder(storePath: store.path)
        let (path, copy) = (file.path, copy)
        let digest = try await offMain {
          try copy
            ? folder.add(path) { progress.tell($0, of: $1) }
            : FileDigest.sha256(path: path) { progress.tell($0, of: $1) }
        }
        session.out.progress(nil)
        let facts = EvidenceFacts(
          title: title ?? file.lastPathComponent,
          path: path,
          sha256: digest.hex,
          size: digest.size,
          isCopied: copy,
          note: note
        )
        let receipt = try await store.apply(
          AddEvidence(incident: incident.id, facts: facts),
          origin: session.origin
        )
        guard !format.json else {
          var object = JSON.receipt(receipt).object ?? JSONObject()
          object["sha256"] = .string(digest.hex)
          object["size"] = .integer(digest.size)
          try session.out.json(.object(object))
          return .done
        }
        try session.out.line("\(receipt.subject.id)  \(digest.hex)")
        return .done
      }
    }

    /// The command `tocsin incident evidence verify`.
    struct Verify: HeadlessCommand {
      static let origin = "incident evidence verify"
      static let configuration = CommandConfiguration(
        abstract: "Hash evidence again and write what was found into its custody.",
        discussion: """
          Exit status 2 where a file is missing or altered. With --read-only nothing is written.
          """
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @Argument(help: "Ids of evidence; all of the incident's, if none is given.")
      var ids: [RecordID] = []

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let store = try session.open()
        let incident = try await session.incident(reference, in: store)
        let all = try await store.answer(IncidentEvidence(incident: incident.id))
        let named = try ids.map { try all.named($0, "evidence", of: incident) }.map(\.id)
        let pieces = ids.isEmpty ? all : all.filter { named.contains($0.id) }
        return try await session.verify(pieces, in: store, format)
      }
    }
  }
}

extension Session {
  /// Looks at pieces of evidence again, and writes into custody what was found.
  ///
  /// What has no content of its own, a link, is named and not looked at.
  func verify(
    _ pieces: [Evidence],
    in store: SQLiteStore,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let folder = EvidenceFolder(storePath: store.path)
    var (status, results) = (ExitStatus.done, [JSON]())
    for piece in pieces {
      var word = "link, not looked at"
      if piece.facts.kind != .link {
        let progress = HashingProgress(out, piece.facts.title)
        let finding = try await offMain { try check(piece, folder, progress) }
        out.progress(nil)
        if finding != .verified { status = .found }
        if store.readOnlyReason == nil {
          try await store.apply(
            RecordCustody(
              id: piece.id,
              basedOn: piece.version,
              kind: finding,
              note: piece.facts.isCopied ? "the copy beside the store" : "the file at its path"
            ),
            origin: origin
          )
        }
        word = finding.label
      }
      if format.json {
        results.append(
          .members([
            "id": .integer(piece.id), "title": .string(piece.facts.title),
            "finding": .string(piece.facts.kind == .link ? "link" : word),
          ])
        )
      } else {
        try out.line("\(piece.id)  \(word)  \(piece.facts.title)")
      }
    }
    if format.json { try out.json(.array(results)) }
    return status
  }
}

/// Looks whether a piece of evidence is still what it was.
@Sendable
private func check(
  _ piece: Evidence,
  _ folder: EvidenceFolder,
  _ progress: HashingProgress
) throws -> CustodyKind {
  let facts = piece.facts
  let path = facts.isCopied ? folder.path(of: facts.sha256) : facts.path
  guard FileManager.default.fileExists(atPath: path) else { return .missing }
  let digest = try FileDigest.sha256(path: path) { progress.tell($0, of: $1) }
  return digest.hex == facts.sha256 && digest.size == facts.size ? .verified : .altered
}

/// Does something slow away from the main thread.
@concurrent
func offMain<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try body()
}

/// Tells on standard error how much of a file was hashed.
struct HashingProgress: Sendable {
  let out: Output
  let name: String

  init(_ out: Output, _ name: String) { (self.out, self.name) = (out, name) }

  /// Tells; always true, because a command is cancelled by ending it.
  func tell(_ done: Int64, of total: Int64) -> Bool {
    if total > 0 { out.progress("hashing \(name): \(done * 100 / total) %") }
    return true
  }
}
