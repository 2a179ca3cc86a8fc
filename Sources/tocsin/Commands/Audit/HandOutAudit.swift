internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit hand-out`.
  struct HandOut: HeadlessCommand {
    static let origin = "audit hand-out"
    static let configuration = CommandConfiguration(
      commandName: "hand-out",
      abstract: "Write items into a file that somebody without an account can fill in.",
      discussion: """
        A name that ends in .csv gives a table, any other YAML. Items may be headings: all below \
        them go out. Without items those of the person go out. The items are noted as the \
        person's. The file comes back with: tocsin audit hand-in.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "Items or headings, by their requirements' references.")
    var items: [String] = []

    @Option(name: .customLong("to"), help: "Who is to answer.")
    var person: String

    @Option(help: "The file.", completion: .file())
    var output: String

    @Flag(help: "Replace the file where it is there already.")
    var force = false

    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      guard let content = try await store.answer(WholeAudit(id: audit.row.id)),
        let framework = try await store.answer(WholeFramework(id: audit.row.audit.framework))
      else { throw Refusal("\(reference) is not in the record any more") }
      let chosen = try chosen(content.items, framework)
      guard !chosen.isEmpty else {
        throw Refusal("there is nothing to hand out to \(person)", advice: "name items")
      }
      let sheet = AnswerSheet(
        audit: audit.row.audit.reference,
        person: person,
        items: chosen.map { line($0, framework.requirements[$0.position]) }
      )
      let text = output.lowercased().hasSuffix(".csv") ? sheet.csv : sheet.yaml
      // First the file: a note that somebody is to answer is worth nothing without it.
      try OutputFile.write(Array(text.utf8), to: output, force: force)
      let changes: [any Change] = chosen.filter { $0.assignee != person }.map {
        AnswerItem(id: $0.id, basedOn: $0.version, edits: [.assignee(person)])
      }
      if !changes.isEmpty { try await store.apply(changes, origin: session.origin) }
      try session.out.line("\(chosen.count) items for \(person) in \(output)")
      return .done
    }

    private func chosen(_ all: [AuditItem], _ framework: Framework) throws -> [AuditItem] {
      let known = all.filter { framework.requirements.indices.contains($0.position) }
      guard !items.isEmpty else { return known.filter { $0.assignee == person } }
      let ends = RequirementPlaces(framework.requirements).ends
      var positions: Set<Int> = []
      for name in items {
        let found = framework.requirements.firstIndex {
          $0.identifier == name || $0.reference.lowercased() == name.lowercased()
        }
        guard let found else { throw Refusal("there is no item or heading \(name)") }
        positions.formUnion(found..<ends[found])
      }
      return known.filter { positions.contains($0.position) }
    }

    private func line(_ item: AuditItem, _ requirement: Requirement) -> AnswerSheet.Item {
      var line = AnswerSheet.Item(id: item.identifier)
      let texts = requirement.texts
      line.reference = requirement.reference
      line.text = [texts.name, texts.text].filter { !$0.isEmpty }.joined(separator: "\n")
      line.questions = requirement.questions.map { question in
        let choices = question.choices.map { "\($0.id) (\($0.text))" }.joined(separator: ", ")
        return "\(question.id): \(question.text)" + (choices.isEmpty ? "" : " [\(choices)]")
      }
      if let previous = item.previous {
        line.previous =
          previous.result.label
          + (previous.observation.isEmpty ? "" : ": \(previous.observation)")
      }
      return line
    }
  }

  /// The command `tocsin audit hand-in`.
  struct HandIn: HeadlessCommand {
    static let origin = "audit hand-in"
    static let configuration = CommandConfiguration(
      commandName: "hand-in",
      abstract: "Read a filled-in file back: its answers become proposals in review.",
      discussion: """
        Each answer is accepted or sent back with tocsin audit review. What was left empty is not \
        touched. A file with one fault changes nothing.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "The file, or - for standard input.", completion: .file())
    var file: String

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      let sheet: AnswerSheet
      do {
        let bytes = try InputFile(file).bytes(maximumBytes: AnswerSheet.maximumBytes)
        sheet = try AnswerSheet.read(bytes, path: file)
      } catch let error as UnreadableAnswers {
        throw Refusal("\(file): \(error); nothing was taken")
      }
      let name = audit.row.audit.reference
      guard sheet.audit == name else {
        throw Refusal("\(file) is for the audit \(sheet.audit), not for \(name)")
      }
      guard let content = try await store.answer(WholeAudit(id: audit.row.id)) else {
        throw Refusal("\(name) is not in the record any more")
      }
      let items = Dictionary(content.items.map { ($0.identifier, $0) }) { first, _ in first }
      var changes: [any Change] = []
      for line in sheet.items where line.isAnswered {
        guard let item = items[line.id] else {
          throw Refusal("\(file): there is no item \(line.id) in \(name); nothing was taken")
        }
        guard item.assignee == sheet.person else {
          throw Refusal("\(file): \(line.id) was not handed out to \(sheet.person)")
        }
        guard let result = line.result else {
          throw Refusal("\(file): \(line.id) has an answer but no result; nothing was taken")
        }
        if result == .notApplicable, line.reason.isEmpty {
          throw Refusal("\(file): \(line.id) is not applicable without a reason")
        }
        let proposal = AuditProposal(
          by: sheet.person,
          at: session.now,
          result: result,
          reason: line.reason,
          score: line.score,
          observation: line.observation,
          answers: line.answers
        )
        changes.append(
          AnswerItem(
            id: item.id,
            basedOn: item.version,
            edits: [.proposal(proposal), .work(.inReview)]
          )
        )
      }
      let receipts =
        changes.isEmpty ? [] : try await store.apply(changes, origin: session.origin)
      if format.json {
        try session.out.json(.array(receipts.map { .receipt($0) }))
      } else {
        let empty = sheet.items.count - changes.count
        try session.out.line("\(name): \(changes.count) proposals, \(empty) left empty")
      }
      return .done
    }
  }
}
