public import Model

/// The site of a statement: every file of it, the same bytes however often it is made.
///
/// A page for the statement, one for versions and corrections, one for each public incident, each earlier
/// version as it stood, the same as Markdown, `security.txt`, and a manifest of all. No script, nothing that
/// is loaded from elsewhere, no time but the day of the version.
public struct StatementSite: Sendable {
  /// A file of the site.
  public struct File: Sendable, Hashable {
    /// Its path below the site's folder, with `/`.
    public var path: String
    /// What it holds.
    public var bytes: [UInt8]

    init(_ path: String, _ text: String) { (self.path, bytes) = (path, Array(text.utf8)) }
  }

  /// The files by path; the manifest is the last.
  public let files: [File]
  /// SHA-256 of the manifest, in hexadecimal.
  public let manifestDigest: String

  /// Makes the site.
  ///
  /// - Parameters:
  ///   - edition: The version that is published.
  ///   - earlier: The versions that were published before it; their order does not matter.
  public init(_ edition: StatementEditionFacts, earlier: [StatementEditionFacts] = []) {
    let versions =
      ([edition] + earlier.filter { $0.number < edition.number && $0.published != nil })
      .sorted { $0.number > $1.number }
    let pages = StatementPages(edition, versions: versions)
    var files = [File("index.html", pages.statement(edition, isCurrent: true))]
    files.append(File("versions.html", pages.versions))
    for incident in edition.content.incidents {
      files.append(File(StatementPages.path(of: incident.reference), pages.page(of: incident)))
    }
    for version in versions {
      let name = "versions/v\(version.number)"
      files.append(File("\(name).md", StatementMarkdown.text(version)))
      if version.number != edition.number {
        files.append(File("\(name).html", pages.statement(version, isCurrent: false)))
      }
    }
    files.append(File("statement.md", StatementMarkdown.text(edition)))
    if let security = edition.content.security {
      files.append(File(".well-known/security.txt", security.text))
    }
    files.sort { $0.path < $1.path }
    let manifest = Self.manifest(edition, files)
    let last = File("manifest.json", manifest)
    manifestDigest = Digest.sha256(last.bytes)
    self.files = files + [last]
  }

  private static func manifest(_ edition: StatementEditionFacts, _ files: [File]) -> String {
    let json = JSON.members([
      "format": .string("tocsin-statement-1"), "statement": .string(edition.reference),
      "version": .integer(Int64(edition.number)),
      "date": .string(edition.content.date.iso), "digest": .string(edition.digest),
      "files": .array(
        files.map { file in
          .members([
            "path": .string(file.path), "bytes": .integer(Int64(file.bytes.count)),
            "sha256": .string(Digest.sha256(file.bytes)),
          ])
        }
      ),
    ])
    return json.written(.indented) + "\n"
  }
}
