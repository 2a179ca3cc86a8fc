internal import App
internal import ArgumentParser
internal import Foundation
internal import Model

/// The command `tocsin generate-manual`.
///
/// The manual page is made from the commands themselves and from the dashboard's table of actions,
/// so it cannot say what is not so.
struct GenerateManual: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manual page in roff, for man.",
    shouldDisplay: false
  )

  func run() throws {
    let help = try JSONDecoder().decode(ToolHelp.self, from: Data(Tocsin._dumpHelp().utf8))
    let out = Output()
    try out.bytes(ManualPage(help.command, keys: ManualKeys.all).text.utf8)
    try out.flush()
  }
}

/// What the argument parser tells about the commands.
private struct ToolHelp: Decodable {
  let command: CommandHelp
}

/// What the argument parser tells about one command.
private struct CommandHelp: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let subcommands: [CommandHelp]?
  let arguments: [ArgumentInfo]?

  /// What it tells about an argument or option.
  struct ArgumentInfo: Decodable {
    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let allValues: [String]?
    let defaultValue: String?
  }

  /// A name of an option.
  struct Name: Decodable {
    let kind: String
    let name: String

    var text: String { (kind == "long" ? "--" : "-") + name }
  }
}

/// A manual page in the man macros of roff.
private struct ManualPage {
  private(set) var text = ""

  init(_ command: CommandHelp, keys: [ManualKeys.Row]) {
    line(".TH TOCSIN 1 \"\" \"Tocsin \(Tocsin.version)\" \"Tocsin\"")
    line(".SH NAME")
    paragraph("tocsin - \(lowercased(command.abstract ?? ""))")
    line(".SH SYNOPSIS")
    line(".B tocsin")
    paragraph("[options] [command ...]")
    line(".SH DESCRIPTION")
    prose(command.discussion)
    line(".SH OPTIONS")
    for argument in command.arguments ?? [] where isShown(argument) { option(argument) }
    line(".SH COMMANDS")
    for subcommand in command.subcommands ?? [] { describe(subcommand, path: "tocsin") }
    if !keys.isEmpty { describe(keys) }
    facts()
    files()
  }

  private mutating func describe(_ command: CommandHelp, path: String) {
    guard command.shouldDisplay != false, command.commandName != "help" else { return }
    let path = "\(path) \(command.commandName)"
    let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
    let arguments = (command.arguments ?? []).filter(isShown)
    let positional = arguments.filter { $0.kind == "positional" }.map { argument in
      let name = "<\(argument.valueName ?? "value")>\(argument.isRepeating ? " ..." : "")"
      return argument.isOptional ? "[\(name)]" : name
    }
    line(".SS \(escaped(([path] + positional).joined(separator: " ")))")
    paragraph(command.abstract ?? "")
    if let discussion = command.discussion, !discussion.isEmpty {
      line(".PP")
      prose(discussion)
    }
    let common: Set<String> = ["store", "now", "read-only", "json"]
    for argument in arguments {
      let isCommon = argument.names?.contains { common.contains($0.name) } ?? false
      if !isCommon { option(argument) }
    }
    for subcommand in subcommands { describe(subcommand, path: path) }
  }

  private func isShown(_ argument: CommandHelp.ArgumentInfo) -> Bool {
    argument.shouldDisplay
      && !(argument.names?.contains { $0.name == "help" || $0.name == "version" } ?? false)
  }

  private mutating func option(_ argument: CommandHelp.ArgumentInfo) {
    let value = argument.valueName.map { "<\($0)>" } ?? "<value>"
    let names = (argument.names ?? []).map(\.text).joined(separator: ", ")
    line(".TP")
    switch argument.kind {
    case "positional": line(".I \(escaped(value))")
    case "flag": line(".B \(escaped(names))")
    default: line(".BI \"\(escaped(names)) \" \"\(escaped(value))\"")
    }
    paragraph(argument.abstract ?? "")
    if let values = argument.allValues, !values.isEmpty {
      paragraph("One of \(values.joined(separator: ", ")).")
    }
  }

  private mutating func describe(_ keys: [ManualKeys.Row]) {
    line(".SH KEYS")
    paragraph("In the dashboard ? shows those that work where you are.")
    var place = ""
    for row in keys {
      if row.place != place {
        place = row.place
        line(".SS \(escaped(place))")
      }
      line(".TP")
      line(".B \(escaped(row.keys.joined(separator: "  ")))")
      paragraph(row.help)
    }
  }

  /// What the obligation engine can be told of an incident.
  private mutating func facts() {
    line(".SH FACTS")
    paragraph(
      "The keys of a facts file, one JSON object, nested or written out. All may be absent: what is "
        + "not stated is unknown, never false or zero. A stated list is complete."
    )
    for entry in FactCatalogue.entries {
      line(".TP")
      line(".B \(escaped(entry.name))")
      paragraph("\(entry.meaning) \(entry.values).")
    }
    paragraph("tocsin rules facts lists them, with the codes of jurisdictions.")
    paragraph("Sectors: \(Sector.known.sorted().joined(separator: ", ")).")
  }

  private mutating func files() {
    line(".SH EXIT STATUS")
    for (status, meaning) in [
      ("0", "Done."), ("1", "Refused, or failed; nothing half done remains."),
      ("2", "A check found something."), ("64", "The command line makes no sense."),
    ] {
      line(".TP")
      line(".B \(status)")
      paragraph(meaning)
    }
    line(".SH ENVIRONMENT")
    for (name, meaning) in [
      ("TOCSIN_STORE", "The store's file, where --store is not given."),
      ("TOCSIN_SHARE", "The folder with themes, mappings and rules; no other is looked at then."),
      (
        "TOCSIN_RULES",
        "The organisation's own rules; by default the folder rules beside the store."
      ),
      (
        "TOCSIN_KEYS",
        "The folder with the key to contacts; by default the folder keys beside the store."
      ),
      ("XDG_DATA_HOME", "Where the store lies by default: tocsin/tocsin.sqlite in it."),
      ("NO_COLOR", "Draw without colours."),
      ("TZ", "The zone in which times without a zone are read."),
      ("VISUAL, EDITOR", "The editor for long texts."),
    ] {
      line(".TP")
      line(".B \(escaped(name))")
      paragraph(meaning)
    }
    line(".SH FILES")
    line(".TP")
    line(".I ~/.local/share/tocsin/tocsin.sqlite")
    paragraph("The store. Copy it with tocsin backup, never by other means while it is in use.")
    line(".TP")
    line(".I share/tocsin/themes, share/tocsin/mappings, share/tocsin/rules")
    paragraph("Data files, beside the folder that the binary lies in.")
    line(".SH REQUIREMENTS")
    paragraph(
      "On Debian the packages libncursesw6, libsqlite3-0, libstdc++6, ncurses-base and tzdata."
    )
  }

  private mutating func line(_ roff: String) { text += roff + "\n" }

  private mutating func paragraph(_ words: String) { line(escaped(words)) }

  /// Prose whose empty lines part paragraphs.
  private mutating func prose(_ words: String?) {
    for (index, part) in (words ?? "").split(separator: "\n").enumerated() {
      if index > 0 { line(".PP") }
      paragraph(String(part))
    }
  }

  private func lowercased(_ words: String) -> String {
    var words = words
    if words.hasSuffix(".") { words.removeLast() }
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// Words that roff takes for words.
  private func escaped(_ words: String) -> String {
    let flat = words.split(whereSeparator: \.isNewline).joined(separator: " ")
      .replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
      .replacingOccurrences(of: "\"", with: "\\(dq")
    return flat.hasPrefix(".") || flat.hasPrefix("'") ? "\\&" + flat : flat
  }
}
