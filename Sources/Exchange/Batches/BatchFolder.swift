internal import Foundation
public import Model

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The folder into which a batch is written: a CSV file for the printer or call centre, a manifest
/// without personal data, and where it was asked for each text in a file of its own.
///
/// Files are mode 0600, follow no link and never replace another: one that is there already and is the
/// same is left, one that is otherwise refuses the batch. Each file gets its name when all of it is on
/// the disk.
public final class BatchFolder: BatchSink, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let path: String
  /// A text as it is handed to the printer; nil where it is not known.
  private let rendered: @Sendable (String) throws -> String?
  private var folder: FolderHandle?
  private var file: PartFile?
  private var batch: MailingBatch?
  private var counts: [String: Int] = [:]
  private let csv = CSVWriter()

  /// Names a folder; it is made where there is none.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - rendered: A text by the name of its version, such as `E1/T3.2`, with the names of columns in
  ///     place of what each person has of their own.
  public init(_ path: String, rendered: @escaping @Sendable (String) throws -> String?) {
    (self.path, self.rendered) = (path, rendered)
  }

  /// The name of a batch's files, without what follows.
  public static func stem(of batch: MailingBatch) -> String {
    let number = BatchName.text(of: batch.number)
    return "\(batch.mailingReference)-\(number)-\(batch.channel.rawValue)"
  }

  /// Begins the file of a batch.
  public func begin(_ batch: MailingBatch) throws {
    // What was begun before is given up.
    (file, self.folder) = (nil, nil)
    let folder = try FolderHandle(path)
    self.folder = folder
    self.batch = batch
    counts = [:]
    let file = try PartFile("\(Self.stem(of: batch)).csv", in: folder)
    self.file = file
    try file.write(csv.row(batch.columns.map(\.rawValue)))
  }

  /// Writes rows.
  public func write(_ rows: [BatchRow]) throws {
    guard let batch, let file else { return }
    for row in rows {
      try file.write(csv.row(batch.columns.map { BatchCell.text($0, of: row, in: batch) }))
      counts[row.text, default: 0] += 1
    }
  }

  /// Gives all files their names; they are on the disk when this returns.
  public func finish() throws -> [BatchFile] {
    guard let batch, let file, let folder else { return [] }
    var files = [try file.finish()]
    let stem = Self.stem(of: batch)
    let texts = counts.keys.filter { !$0.isEmpty }.sorted()
    if batch.hasTexts {
      for text in texts {
        guard let words = try rendered(text) else {
          throw UnwritableOutput.failed(path, "the text \(text) is not known any more")
        }
        let name = text.replacing("/", with: "-")
        let part = try PartFile("\(stem)-\(name).txt", in: folder)
        try part.write(words)
        files.append(try part.finish())
      }
    }
    let manifest = try PartFile("\(stem).manifest.json", in: folder)
    try manifest.write(Self.manifest(batch, files, counts).written(.indented) + "\n")
    files.append(try manifest.finish())
    try folder.sync()
    (self.file, self.folder) = (nil, nil)
    return files
  }

  /// What the manifest says: nothing of any person.
  private static func manifest(
    _ batch: MailingBatch,
    _ files: [BatchFile],
    _ counts: [String: Int]
  ) -> JSON {
    .members([
      "format": .string("tocsin-batch-1"), "mailing": .string(batch.mailingReference),
      "batch": .integer(batch.number), "channel": .string(batch.channel.rawValue),
      "count": .integer(Int64(batch.count)),
      "fixed_at": .string((batch.fixedAt ?? batch.openedAt).description),
      "columns": .array(batch.columns.map { .string($0.rawValue) }),
      "texts": .array(
        counts.sorted { $0.key < $1.key }.map { text, count in
          .members(["text": .string(text), "count": .integer(Int64(count))])
        }
      ),
      "files": .array(
        files.map { file in
          .members([
            "name": .string(file.name), "bytes": .integer(Int64(file.bytes)),
            "sha256": .string(file.sha256),
          ])
        }
      ),
    ])
  }
}

/// A cell of a batch's file.
enum BatchCell {
  static func text(_ column: BatchColumn, of row: BatchRow, in batch: MailingBatch) -> String {
    let recipient = row.recipient
    let contact = recipient.contact
    return switch column {
    case .batch: String(batch.number)
    case .line: String(row.line)
    case .number: String(recipient.number)
    case .reference: contact?.reference ?? ""
    case .name: contact?.name ?? ""
    case .address: contact?.address ?? ""
    case .phone: dialled(contact?.phone ?? "")
    case .language: recipient.language
    case .jurisdiction: recipient.jurisdiction
    case .protection: recipient.protection.label
    case .categories: contact?.categories ?? ""
    case .offer: contact?.offer ?? ""
    case .text: row.text
    }
  }

  /// A number that can be dialled and that no spreadsheet takes for a formula.
  ///
  /// With `+` or `00` in front it is a sign and digits alone (E.164): dialling machines take it, and a
  /// spreadsheet that reckons with it gets the same number. `+49 30-5551` would be reckoned out. One
  /// without stays as it was written, for digits alone would lose their leading zero there.
  static func dialled(_ phone: String) -> String {
    let digits = phone.filter { ("0"..."9").contains($0) }
    let start = phone.drop { $0 == " " || $0 == "(" }
    if start.hasPrefix("+") { return "+\(digits)" }
    if start.hasPrefix("00") { return "+\(digits.dropFirst(2))" }
    return phone
  }
}
