public import Model

/// Reads activities from files and brings them into the record, all of it or nothing.
///
/// An activity is known again by its reference here, by where it was imported from, or by its name. Of a
/// known one only the fields that the file states are set.
public struct ActivityImporter: PlannedImport {
  private let store: any Store
  private let format: ActivityFormat
  private let reading: TimeReading
  private let skipsBad: Bool

  /// Makes an importer.
  ///
  /// - Parameters:
  ///   - store: The record.
  ///   - format: How the files are read.
  ///   - reading: In which zone days are meant.
  ///   - skipsBad: Whether the good rows of a file with bad ones are imported.
  public init(
    _ store: any Store,
    format: ActivityFormat,
    reading: TimeReading,
    skipsBad: Bool = false
  ) {
    (self.store, self.format) = (store, format)
    (self.reading, self.skipsBad) = (reading, skipsBad)
  }

  /// Reads everything and says what would change; the record stays as it is.
  @concurrent public func plan(
    _ paths: [String],
    progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportPlan {
    let known = try await store.answer(ActivityList()).map(\.activity)
    var planner = ActivityPlanner(known)
    let (files, refused) = InputFile.expand(paths, suffixes: format.suffixes)
    planner.summary.refused = refused.map {
      ImportRefusal(file: $0.path, at: "", reason: $0.reason.description)
    }
    let counter = ImportCounter(totalFiles: files.count, progress)
    for file in files {
      do {
        let limit = ActivityFormat.maximumBytes
        let bytes = try file.open(maximumBytes: limit).all(maximumBytes: limit)
        let read = try format.read(bytes, path: file.path, reading)
        counter.add(files: 1, records: read.activities.count)
        planner.take(read, file.path, skipsBad: skipsBad)
      } catch let error as UnreadableActivities {
        planner.summary.refused.append(
          ImportRefusal(file: file.path, at: error.at, reason: error.reason)
        )
      } catch {
        planner.summary.refused.append(
          ImportRefusal(file: file.path, at: "", reason: "\(error)")
        )
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
}

/// Works out what is new.
private struct ActivityPlanner {
  private let byReference: [String: Activity]
  private let bySource: [String: Activity]
  private let byName: [String: [Activity]]
  /// Where what was read so far stands, by what it is known by.
  private var taken: [String: ImportPlace] = [:]
  var summary = ImportSummary()
  var changes: [any Change] = []

  init(_ known: [Activity]) {
    byReference = Dictionary(known.map { ($0.reference, $0) }) { first, _ in first }
    bySource = Dictionary(
      known.filter { !$0.facts.source.isEmpty }.map { ($0.facts.source, $0) }
    ) { first, _ in first }
    byName = Dictionary(grouping: known, by: \.facts.name)
  }

  mutating func take(_ file: ActivityFile, _ path: String, skipsBad: Bool) {
    summary.refused += file.refused.map {
      ImportRefusal(file: path, at: $0.at, reason: $0.reason)
    }
    summary.omitted += file.omitted.map { ImportOmission(file: path, what: $0) }
    guard file.refused.isEmpty || skipsBad else { return }
    for activity in file.activities { add(activity, path) }
  }

  private mutating func add(_ read: ReadActivity, _ path: String) {
    let place = ImportPlace(file: path, at: read.at)
    let key =
      !read.reference.isEmpty
      ? read.reference : read.facts.source.isEmpty ? read.facts.name : read.facts.source
    if let other = taken[key] {
      summary.conflicts.append(
        ImportConflict(id: key, places: [other, place], reason: "it stands here twice")
      )
      return
    }
    taken[key] = place
    guard let old = match(read) else {
      guard read.reference.isEmpty else {
        summary.refused.append(
          ImportRefusal(file: path, at: read.at, reason: "there is no activity \(read.reference)")
        )
        return
      }
      changes.append(AddActivity(read.facts))
      summary.created += 1
      return
    }
    var facts = old.facts
    for field in read.fields { facts.take(field, from: read.facts) }
    if !read.facts.source.isEmpty { facts.source = read.facts.source }
    guard facts != old.facts else {
      summary.unchanged += 1
      return
    }
    changes.append(EditActivity(id: old.id, basedOn: old.version, facts: facts))
    summary.updated += 1
  }

  private func match(_ read: ReadActivity) -> Activity? {
    if !read.reference.isEmpty { return byReference[read.reference] }
    if !read.facts.source.isEmpty, let found = bySource[read.facts.source] { return found }
    // One that was imported from elsewhere is not taken over by its name.
    return byName[read.facts.name]?.first {
      $0.facts.source.isEmpty || read.facts.source.isEmpty
    }
  }
}

extension ActivityFacts {
  /// Takes over a field; a reason for holding data that was looked at stays, where the file says nothing
  /// else.
  fileprivate mutating func take(_ field: ActivityField, from other: ActivityFacts) {
    switch field {
    case .name: name = other.name
    case .role: role = other.role
    case .controllers: controllers = other.controllers
    case .purpose: purpose = other.purpose
    case .basis: basis = other.basis
    case .basisNote: basisNote = other.basisNote
    case .condition: condition = other.condition
    case .people: people = other.people
    case .numbers: numbers = other.numbers
    case .data:
      data = other.data.map { held in
        guard held.justified == nil, let index = self.held(held.category),
          held.why.isEmpty || held.why == data[index].why
        else { return held }
        return data[index]
      }
    case .systems: systems = other.systems
    case .recipients: recipients = other.recipients
    case .processors: processors = other.processors
    case .transfers: transfers = other.transfers
    case .measures: measures = other.measures
    case .owner: owner = other.owner
    case .review: review = other.review
    case .isInternal: internalReason = other.internalReason
    }
  }
}
