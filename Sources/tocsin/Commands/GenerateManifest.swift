internal import ArgumentParser
internal import Rulebook

/// The command `tocsin generate-manifest`.
///
/// An installation writes down which rules it has installed, so that a lost or altered one is seen.
struct GenerateManifest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manifest of a rulebook's folder, for an installation.",
    shouldDisplay: false
  )

  @Argument(help: "The folder with Laws, Calendars and Contents.", completion: .directory)
  var folder: String

  func run() throws {
    let out = Output()
    try out.bytes(try RulebookManifest.text(of: folder).utf8)
    try out.flush()
  }
}
