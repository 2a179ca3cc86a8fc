public import Model

/// Reads frameworks and mappings from files and brings them into the record, all or nothing.
///
/// Editions are never altered: a known identifier and version with the same content is unchanged,
/// with other content a conflict.
public struct FrameworkImporter: PlannedImport {
  private let store: any Store
  private let format: FrameworkFormat

  /// Makes an importer.
  public init(_ store: any Store, format: FrameworkFormat) {
    (self.store, self.format) = (store, format)
  }

  /// Reads everything and says what would change; the record stays as it is.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, or `-` for standard input.
  ///   - progress: Is told how far it is, from any thread, once a file.
  /// - Returns: The changes, and what is to be said of them.
  /// - Throws: `StoreError` or `CancellationError`; bad input is in the plan, not thrown.
  @concurrent public func plan(
    _ paths: [String],
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportPlan {
    var planner = FrameworkPlanner(
      frameworks: try await store.answer(FrameworkList()),
      mappings: try await store.answer(MappingList()),
      format: format.name
    )
    let (files, refused) = InputFile.expand(paths, suffixes: format.suffixes)
    planner.summary.refused = refused.map {
      ImportRefusal(file: $0.path, at: "", reason: $0.reason.description)
    }
    let counter = ImportCounter(totalFiles: files.count, progress)
    try await inOrder(files, by: 1) { [format] file in
      let outcome = Self.read(file, format)
      counter.add(files: 1, records: (try? outcome.get().frameworks.count) ?? 0)
      return (file.path, outcome)
    } then: { path, outcome in
      switch outcome {
      case .success(let file): planner.add(file, path)
      case .failure(let refusal): planner.summary.refused.append(refusal)
      }
    }
    return ImportPlan(
      changes: planner.changes,
      summary: planner.summary,
      origin: "import \(format.name)"
    )
  }

  /// Brings a plan into the record in one step: all of it, or none.
  ///
  /// - Throws: `StoreError`; then nothing was imported.
  public func apply(_ plan: ImportPlan) async throws -> ImportSummary {
    guard !plan.changes.isEmpty else { return plan.summary }
    try await store.apply(plan.changes, origin: plan.origin)
    return plan.summary
  }

  private static func read(
    _ file: InputFile,
    _ format: FrameworkFormat
  ) -> Result<FrameworkFile, ImportRefusal> {
    do {
      let limit = FrameworkFormat.maximumBytes
      let bytes = try file.openUnpacked(maximumBytes: limit).all(maximumBytes: limit)
      return .success(try format.read(bytes, path: file.path))
    } catch let error as UnreadableFramework {
      return .failure(ImportRefusal(file: file.path, at: error.at, reason: error.reason))
    } catch {
      return .failure(ImportRefusal(file: file.path, at: "", reason: "\(error)"))
    }
  }
}

/// Works out what is new.
private struct FrameworkPlanner {
  private struct Key: Hashable {
    var isMapping: Bool
    var identifier: String
    var version: String
  }

  private struct Known {
    var digest: String
    /// Where it stands in the input; nil where it is in the record.
    var file: String?
  }

  private let format: String
  private var known: [Key: Known] = [:]
  var summary = ImportSummary()
  var changes: [any Change] = []

  init(frameworks: [FrameworkRow], mappings: [MappingRow], format: String) {
    self.format = format
    for row in frameworks {
      known[Key(isMapping: false, identifier: row.identifier, version: row.edition)] =
        Known(digest: row.digest)
    }
    for row in mappings {
      known[Key(isMapping: true, identifier: row.identifier, version: row.edition)] =
        Known(digest: row.digest)
    }
  }

  mutating func add(_ file: FrameworkFile, _ path: String) {
    for framework in file.frameworks {
      let change = AddFramework(framework: framework, format: format)
      add(
        change,
        change.digest,
        Key(isMapping: false, identifier: framework.identifier, version: framework.version),
        path
      )
    }
    for mapping in file.mappings {
      let change = AddMapping(mapping: mapping)
      add(
        change,
        change.digest,
        Key(isMapping: true, identifier: mapping.identifier, version: mapping.version),
        path
      )
    }
    summary.omitted += file.omitted.map { ImportOmission(file: path, what: $0) }
  }

  private mutating func add(_ change: any Change, _ digest: String, _ key: Key, _ path: String) {
    guard let old = known[key] else {
      known[key] = Known(digest: digest, file: path)
      changes.append(change)
      summary.created += 1
      return
    }
    guard old.digest != digest else {
      summary.unchanged += 1
      return
    }
    summary.conflicts.append(
      ImportConflict(
        id: key.identifier,
        places: ([old.file].compactMap(\.self) + [path]).map { ImportPlace(file: $0, at: "") },
        reason: """
          version \(key.version) is \(old.file == nil ? "in the record" : "here twice") with other \
          content; a new edition needs a version of its own
          """
      )
    )
  }
}
