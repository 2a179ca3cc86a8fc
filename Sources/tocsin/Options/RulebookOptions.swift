internal import App
internal import ArgumentParser
internal import Foundation
internal import Model
internal import Rulebook

/// Which rules a command works by.
struct RulebookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The organisation's own rules, over the shipped ones.",
      discussion: "Default: $TOCSIN_RULES, else the folder rules beside the store.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var rules: String?

  /// Those of a command line that says nothing of rules, made without the argument parser.
  static var unsaid: RulebookOptions {
    var options = RulebookOptions()
    options.rules = nil
    return options
  }
}

extension Session {
  /// The organisation's own rules; nil where there are none.
  func ownRules(_ options: RulebookOptions) throws -> String? {
    if let named = options.rules ?? environment["TOCSIN_RULES"], !named.isEmpty {
      guard FileManager.default.fileExists(atPath: named) else {
        throw Refusal("there is no folder of rules \(named)")
      }
      return named
    }
    let folder = storePath.lastIndex(of: "/").map { storePath[..<$0] } ?? "."
    let beside = "\(folder)/rules"
    return FileManager.default.fileExists(atPath: beside) ? beside : nil
  }

  /// The shipped rulebook with the organisation's own rules over it.
  func rulebook(_ options: RulebookOptions, withCases: Bool = false) throws -> Rulebook {
    let files = DataFiles(environment: environment)
    let folder = try files.rulebook()
    return try Rulebook(
      shipped: folder,
      own: try ownRules(options),
      withCases: withCases,
      isInstalled: !files.isSource(folder)
    )
  }

  /// The digest of that rulebook, without reading what its files say.
  func rulebookDigest(_ options: RulebookOptions) throws -> String {
    let files = DataFiles(environment: environment)
    let folder = try files.rulebook()
    return try Rulebook.digest(
      shipped: folder,
      own: try ownRules(options),
      isInstalled: !files.isSource(folder)
    )
  }

  /// What keeps clocks in step with facts and rules.
  func keeper(_ store: any Store, _ rulebook: Rulebook) -> ClockKeeper {
    let session = self
    return ClockKeeper(store: store, rulebook: rulebook, origin: origin) { session.now }
  }
}
