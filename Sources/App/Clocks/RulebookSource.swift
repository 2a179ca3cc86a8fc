public import Rulebook

/// Where a dashboard has its rules from.
public struct RulebookSource: Sendable {
  /// The digest of the rulebook as it stands now; cheap.
  public var digest: @Sendable () throws -> String
  /// Reads the rulebook; takes long enough to be kept off the main thread.
  public var read: @Sendable () throws -> Rulebook

  /// Makes a source.
  public init(
    digest: @escaping @Sendable () throws -> String,
    read: @escaping @Sendable () throws -> Rulebook
  ) {
    (self.digest, self.read) = (digest, read)
  }
}
