/// Approves the people whom an edition in force covers, and takes back those whom it does not.
///
/// Whoever is pending, gets a text over some channel and lacks nothing that it needs goes to approved;
/// whoever was approved by an edition before and gets nothing of this one goes back to pending. Broken
/// off, it is gone on with by performing it again. It ends with an error where the edition is voided.
public struct EditionRelease: Job {
  /// What was done.
  public struct Outcome: Sendable, Hashable {
    /// How many went to approved.
    public var approved = 0
    /// How many went back to pending.
    public var returned = 0
    /// How many are pending still because no text is for them.
    public var uncovered = 0
    /// How many are pending still because they lack what their text needs.
    public var incomplete = 0
    /// How many somebody else took elsewhere between the look and the move; they stay where they are.
    public var altered = 0
    /// Whether all were looked at; not where it was cancelled.
    public var isComplete = false

    /// Makes an outcome of nothing.
    public init() {}
  }

  /// The edition.
  public var edition: RecordID
  /// The personal fields that each text cannot do without, by the text's name.
  public var needs: [String: [MergeField]]

  /// Makes the job.
  public init(edition: RecordID, needs: [String: [MergeField]]) {
    (self.edition, self.needs) = (edition, needs)
  }
}
