public import Model

/// A format that records are read from.
public enum ImportFormat: Sendable {
  /// VERIS incidents as JSON: one document a file, arrays, or JSON lines.
  case veris
  /// A register as CSV, by a mapping.
  case register(RegisterMapping)

  /// Its name in `ImportSource`.
  public var name: String {
    switch self {
    case .veris: ImportVeris.format
    case .register(let mapping): mapping.id
    }
  }

  /// What is written into the journal as the origin of its changes.
  public var origin: String {
    switch self {
    case .veris: "import veris"
    case .register(let mapping): "import register \(mapping.id)"
    }
  }

  /// How names of its files end, in lower case.
  var suffix: String {
    switch self {
    case .veris: ".json"
    case .register: ".csv"
    }
  }
}

/// How an import treats what it finds.
public struct ImportOptions: Sendable {
  /// Whether the good records of a file with bad ones are imported.
  public var skipsBad: Bool
  /// The most bytes of one file.
  public var maximumFileBytes: Int
  /// The limits of one JSON document.
  public var json: JSONLimits
  /// The limits of CSV rows.
  public var csv: CSVLimits
  /// How many refusals of one file are listed; the rest is counted in one line.
  public var maximumRefusals: Int

  /// Makes options.
  public init(
    skipsBad: Bool = false,
    maximumFileBytes: Int = 2 << 30,
    json: JSONLimits = JSONLimits(),
    csv: CSVLimits = CSVLimits(),
    maximumRefusals: Int = 100
  ) {
    (self.skipsBad, self.maximumFileBytes) = (skipsBad, maximumFileBytes)
    (self.json, self.csv, self.maximumRefusals) = (json, csv, maximumRefusals)
  }
}

/// How far an import is.
public struct ImportProgress: Sendable, Hashable {
  /// Files that were read.
  public var files: Int
  /// Files there are in all.
  public var totalFiles: Int
  /// Records that were read.
  public var records: Int

  /// Makes a progress.
  public init(files: Int, totalFiles: Int, records: Int) {
    (self.files, self.totalFiles, self.records) = (files, totalFiles, records)
  }
}

/// What an import is going to change, and what it will say then.
public struct ImportPlan: Sendable {
  /// The changes, in order of path and place.
  public var changes: [any Change]
  /// The summary for when the changes are in the record.
  public var summary: ImportSummary
  /// The origin of the changes in the journal.
  public var origin: String
}

/// Reads files and brings them into the record, all of it or nothing.
public protocol PlannedImport: Sendable {
  /// Reads everything and says what would change; the record stays as it is.
  func plan(
    _ paths: [String],
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws -> ImportPlan
  /// Brings a plan into the record in one step: all of it, or none.
  func apply(_ plan: ImportPlan) async throws -> ImportSummary
}

/// Reads incidents of a format and brings them into the record, all of it or nothing.
///
/// Used by the command and the dashboard alike. Ids are compared byte for byte. A known id with the
/// same content is unchanged; with newer content the record is updated, unless somebody edited here
/// what the source changed: that is a conflict, and the record stays as it is. An incident that was
/// made here and comes back from an export is recognised.
public struct Importer: PlannedImport {
  private let store: any Store
  private let format: ImportFormat
  private let options: ImportOptions

  /// Makes an importer.
  public init(
    _ store: any Store,
    format: ImportFormat,
    options: ImportOptions = ImportOptions()
  ) {
    (self.store, self.format, self.options) = (store, format, options)
  }

  /// Reads everything and says what would change; the record stays as it is.
  ///
  /// Runs off the caller's thread and ends early with `CancellationError` when the task is
  /// cancelled.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, or `-` for standard input.
  ///   - progress: Is told how far it is, from any thread, at most once a file and 256 records.
  /// - Returns: The changes, and what is to be said of them.
  /// - Throws: `StoreError` or `CancellationError`; bad input is in the plan, not thrown.
  @concurrent public func plan(
    _ paths: [String],
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportPlan {
    let known = try await store.answer(ImportedSources(format: format.name))
    var planner = ImportPlanner(known: known, format: format)
    let (files, refused) = InputFile.expand(paths, suffix: format.suffix)
    planner.summary.refused = refused.map {
      ImportRefusal(file: $0.path, at: "", reason: $0.reason.description)
    }
    let counter = ImportCounter(totalFiles: files.count, progress)
    try await inOrder(files, by: 32) { [options, format] file in
      try FileOutcome(reading: file, format, options, counter)
    } then: { outcome in
      planner.summary.refused += outcome.refused
      for record in outcome.records { planner.add(record) }
    }
    let changes = try await planner.settle(with: store)
    return ImportPlan(changes: changes, summary: planner.summary, origin: format.origin)
  }

  /// Brings a plan into the record in one step: all of it, or none.
  ///
  /// - Parameter plan: What `plan` gave.
  /// - Returns: The summary of what was done.
  /// - Throws: `StoreError`; then nothing was imported.
  public func apply(_ plan: ImportPlan) async throws -> ImportSummary {
    guard !plan.changes.isEmpty else { return plan.summary }
    try await store.apply(plan.changes, origin: plan.origin)
    return plan.summary
  }
}
