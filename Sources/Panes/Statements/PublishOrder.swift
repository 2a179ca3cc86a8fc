public import Model

/// Which statement is to be published, and where.
public struct PublishOrder: Hashable, Sendable {
  /// The statement.
  public var statement: RecordID
  /// Its reference, for what is shown while it runs.
  public var reference: String
  /// The folder of the site.
  public var path: String
  /// Whether a statement's site that stands there is replaced.
  public var replaces: Bool

  /// Makes an order.
  public init(statement: RecordID, reference: String, path: String, replaces: Bool) {
    (self.statement, self.reference) = (statement, reference)
    (self.path, self.replaces) = (path, replaces)
  }
}
