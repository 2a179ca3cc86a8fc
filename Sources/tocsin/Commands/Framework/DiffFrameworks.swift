internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework diff`.
struct DiffFrameworks: HeadlessCommand {
  static let origin = "framework diff"
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two frameworks: what was added, removed, changed, moved.",
    discussion: """
      Requirements are matched by the mappings of the record between the two, then by identifier, \
      by reference, and by equal text.
      """
  )

  @Argument(help: "The older one; with @ and its version where there are several.")
  var old: String

  @Argument(help: "The newer one.")
  var new: String

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let one = try await session.wholeFramework(old, in: store)
    let other = try await session.wholeFramework(new, in: store)
    let names = Set([one.identifier, other.identifier] + one.aliases + other.aliases)
    var mappings: [FrameworkMapping] = []
    for row in try await store.answer(MappingList())
    where names.contains(row.sourceFramework) && names.contains(row.targetFramework) {
      if let mapping = try await store.answer(WholeMapping(id: row.id)) { mappings.append(mapping) }
    }
    let difference = FrameworkDifference(from: one, to: other, mappings: mappings)
    if format.json {
      try session.out.json(JSON(difference))
    } else {
      try tell(difference, session)
    }
    return .done
  }

  private func tell(_ difference: FrameworkDifference, _ session: Session) throws {
    func words(_ mention: FrameworkDifference.Mention) -> Words {
      mention.reference.isEmpty
        ? Words(mention.headline) : "\(mention.reference)  \(mention.headline)"
    }
    for mention in difference.added { try session.out.line("added    \(words(mention))") }
    for mention in difference.removed { try session.out.line("removed  \(words(mention))") }
    for alteration in difference.altered {
      let kind: Words = alteration.isChanged ? "changed" : "moved  "
      let was = alteration.before.reference
      let from: Words =
        was == alteration.after.reference || was.isEmpty ? "" : " (was \(was))"
      let fields: Words =
        alteration.fields.isEmpty ? "" : ": \(alteration.fields.joined(separator: ", "))"
      try session.out.line("\(kind)  \(words(alteration.after))\(from)\(fields)")
    }
    try session.out.line(
      """
      \(difference.added.count) added, \(difference.removed.count) removed, \
      \(difference.changed.count) changed, \(difference.moved.count) moved, \
      \(difference.unchanged) unchanged
      """
    )
  }
}

extension JSON {
  fileprivate init(_ difference: FrameworkDifference) {
    func alteration(_ item: FrameworkDifference.Alteration) -> JSON {
      .members([
        "before": JSON(item.before), "after": JSON(item.after),
        "matched_by": .string(item.basis.rawValue), "fields": .texts(item.fields),
        "moved": .bool(item.isMoved),
      ])
    }
    self = .members([
      "added": .array(difference.added.map { JSON($0) }),
      "removed": .array(difference.removed.map { JSON($0) }),
      "changed": .array(difference.changed.map(alteration)),
      "moved": .array(difference.moved.map(alteration)),
      "unchanged": .count(difference.unchanged),
    ])
  }

  fileprivate init(_ mention: FrameworkDifference.Mention) {
    self = .members([
      "id": .string(mention.identifier), "reference": .string(mention.reference),
      "headline": .string(mention.headline), "assessable": .bool(mention.isAssessable),
    ])
  }
}
