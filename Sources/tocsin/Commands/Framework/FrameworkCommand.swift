internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model

/// The command `tocsin framework`.
struct FrameworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framework",
    abstract: "List, show, search, check, export, compare and remove frameworks.",
    discussion: """
      A framework is a published set of requirements that audits go through. It is brought in with \
      tocsin import ciso, oscal, checklist or framework, and named by its identifier, an alias, or \
      both with @ and the version. Own checklists are plain text files: see docs/checklists.md.
      """,
    subcommands: [
      ListFrameworks.self, ShowFramework.self, SearchFrameworks.self, CheckFramework.self,
      ExportFramework.self, DiffFrameworks.self, RemoveFrameworkCommand.self,
    ]
  )
}

extension Session {
  /// The framework that a name means: an identifier or alias, or one with `@` and the edition.
  ///
  /// - Throws: `Refusal` where there is none, or more than one.
  func framework(_ name: String, in store: any Store) async throws -> FrameworkRow {
    let rows = try await store.answer(FrameworkList())
    var found = rows.filter { $0.isNamed(name) }
    if found.isEmpty {
      found = rows.filter { row in
        ([row.identifier] + row.aliases).contains { "\($0)@\(row.edition)" == name }
      }
    }
    if found.isEmpty {
      // The last part of a URN is what people call it.
      found = rows.filter { row in
        let short = row.identifier.split { $0 == ":" }.last.map(String.init) ?? ""
        return short == name || "\(short)@\(row.edition)" == name
      }
    }
    guard let first = found.first else {
      throw Refusal(
        "there is no framework \(name)",
        advice: "what there is: tocsin framework list"
      )
    }
    guard found.count == 1 else {
      let names = found.map { Words("\($0.identifier)@\($0.edition)") }.joined(by: ", ")
      throw Refusal("\(name) means \(found.count) frameworks: \(names)", advice: "name one of them")
    }
    return first
  }

  /// The whole of a framework in the record.
  func wholeFramework(_ name: String, in store: any Store) async throws -> Framework {
    let row = try await framework(name, in: store)
    guard let framework = try await store.answer(WholeFramework(id: row.id)) else {
      throw Refusal("there is no framework \(name)")
    }
    return framework
  }

  /// The checklists that Tocsin ships: file name and content.
  func shippedFrameworks() throws -> [(name: String, framework: Framework)] {
    let files = DataFiles(environment: environment)
    return try files.names(of: .framework).map { name in
      let path = try files.path(.framework, named: name)
      return (
        name, try ChecklistReader.read(try InputFile(path).bytes(maximumBytes: 4 << 20), path: path)
      )
    }
  }
}
