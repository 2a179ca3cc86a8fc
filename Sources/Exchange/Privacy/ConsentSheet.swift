internal import Foundation
public import Model

/// Consent records as a CSV file: who, which purpose, what they said, when, under which version.
///
/// The file is mode 0600, follows no link and never replaces another; it gets its name when the journal
/// has said that it is there. Cells that a spreadsheet would run begin with a quote mark.
public final class ConsentSheet: ConsentSink, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let path: String
  private let file: PartFile
  private let csv = CSVWriter()

  /// The names of the columns.
  public static let columns = [
    "reference", "purpose", "state", "at", "channel", "version", "no_longer_right", "stated",
    "zone",
    "source",
  ]

  /// Begins a file.
  ///
  /// - Parameter path: Where it is to stand; nothing may stand there.
  /// - Throws: `UnwritableOutput`.
  public init(_ path: String) throws {
    self.path = path
    let url = URL(fileURLWithPath: path)
    guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else {
      throw UnwritableOutput.failed(path, "a file stands there already; name another")
    }
    let folder = try FolderHandle(url.deletingLastPathComponent().path)
    file = try PartFile(url.lastPathComponent, in: folder)
    try file.write(csv.row(Self.columns))
  }

  /// Writes records.
  public func add(_ records: [ConsentRecord], of row: PurposeRow) throws {
    for record in records {
      let version = row.version(record.version)?.facts
      try file.write(
        csv.row([
          record.subject?.reference ?? "", row.purpose.facts.slug, record.state.rawValue,
          record.at.description, record.channel, version?.label ?? "",
          version?.flaw?.rawValue ?? "", record.subject?.when ?? "", record.subject?.zone ?? "",
          record.subject?.source ?? "",
        ])
      )
    }
  }

  /// Brings the file to the disk, without a name yet.
  public func finish() throws -> String { try file.seal() }

  /// Gives the file its name.
  public func publish() throws { _ = try file.finish() }
}
