internal import Exchange
public import Model
public import Panes

/// Publishes statements: writes the site and says so in the record, both or neither.
public struct StatementDesk: Sendable {
  private let store: any Store
  private let origin: String

  /// Makes a desk.
  public init(_ store: any Store, origin: String) { (self.store, self.origin) = (store, origin) }

  /// What was published.
  public struct Outcome: Sendable {
    /// The version.
    public var edition: StatementEdition
    /// How many files the site has.
    public var files: Int
    /// SHA-256 of the manifest.
    public var manifest: String
    /// Whether it had been published before: then the record says nothing new.
    public var isAgain: Bool
    /// How many of its lines the record does not support any more; none of a new version.
    public var unsupported: Int
  }

  /// Why nothing was published.
  public struct Refused: Error, CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String
    /// What to do; may be empty.
    public var advice: String
  }

  /// Publishes the version of a statement that is approved, else again the one that the public sees.
  ///
  /// The site is written beside its place first, then the folder gets its name; then the record says that it
  /// is published, and the version before it is superseded, in one transaction. Where the record refuses that
  /// the folder is taken back, and what stood there before stands there again.
  ///
  /// - Parameters:
  ///   - id: The statement.
  ///   - path: The folder of the site.
  ///   - force: Whether a statement's site that stands there is replaced.
  ///   - isAgain: Whether the version that the public sees is put out again though a newer one came to nothing.
  /// - Returns: What was published.
  /// - Throws: `Refused`, `UnwritableOutput`, `StoreError`.
  public func publish(
    _ id: RecordID,
    to path: String,
    force: Bool,
    isAgain: Bool = false
  ) async throws -> Outcome {
    guard let details = try await store.answer(StatementDetails(id: id)) else {
      throw StoreError.notFound(Subject(.statement, id))
    }
    let reference = details.row.statement.reference
    let before = details.editions.first { $0.facts.state == .published }
    let live = details.editions.first { $0.facts.state.isLive }
    if let live, live.facts.state == .waiting {
      throw Refused(
        description: "version \(live.facts.number) of \(reference) waits for a second person",
        advice: "tocsin statement approve \(reference) --digest \(live.facts.digest.prefix(12))"
      )
    }
    guard let edition = live ?? before else {
      throw Refused(
        description: "\(reference) has no version that is approved",
        advice: "tocsin statement propose \(reference)"
      )
    }
    let newest = details.editions.max { $0.facts.number < $1.facts.number }
    if live == nil, !isAgain, let newest, newest.facts.number > edition.facts.number {
      let (number, lines) = (edition.facts.number, details.row.unsupported)
      let why = newest.facts.end.map { " (\(firstLine($0.note)))" } ?? ""
      let untrue =
        lines == 0
        ? "" : ", \(lines == 1 ? "1 line" : "\(lines) lines") of it not true any more"
      throw Refused(
        description: "version \(newest.facts.number) of \(reference) "
          + "\(newest.facts.state.standing)\(why); what is published is version \(number)\(untrue)",
        advice:
          "tocsin statement propose \(reference); or --again to put out version \(number) again"
      )
    }
    let earlier = details.editions.filter { $0.facts.state.wasPublished && $0.id != edition.id }
    let site = StatementSite(edition.facts, earlier: earlier.map(\.facts))
    let folder = try SiteFolder(site, to: path, force: force)
    try folder.place()
    if live != nil {
      var changes: [any Change] = []
      if let before {
        changes.append(
          MoveStatement(
            id: before.id,
            basedOn: before.version,
            step: .supersede(by: edition.facts.number)
          )
        )
      }
      changes.append(
        MoveStatement(
          id: edition.id,
          basedOn: edition.version,
          step: .publish(manifest: site.manifestDigest)
        )
      )
      do {
        try await store.apply(changes, origin: origin)
      } catch {
        folder.takeBack()
        throw error
      }
    }
    return Outcome(
      edition: edition,
      files: site.files.count,
      manifest: site.manifestDigest,
      isAgain: live == nil,
      unsupported: live == nil ? details.row.unsupported : 0
    )
  }

  /// Publishes for the dashboard, and says what was done.
  public func publish(_ order: PublishOrder) async -> Result<String, ErrandFailure> {
    do {
      let outcome = try await publish(order.statement, to: order.path, force: order.replaces)
      return .success(
        "version \(outcome.edition.facts.number): \(outcome.files) files in \(order.path)"
      )
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
