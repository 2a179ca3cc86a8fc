/// Brings recipients into a mailing: reads the source, then seals and writes, side by side.
///
/// Where the source has rows that cannot be read, none is brought in, unless `skipsBad`. Each
/// transaction holds rows, index, tallies and the point to resume from together, so an import that
/// was killed or cancelled is gone on with by importing the same input again.
public struct RecipientIntake: Job {
  /// What was done.
  public typealias Outcome = RecipientImport
  /// The mailing.
  public var mailing: RecordID
  /// Where the recipients come from; read twice.
  public var source: any RecipientSource
  /// Whether the good rows of a source with bad ones are brought in.
  public var skipsBad: Bool
  /// About how many rows there are, as far as anybody knows.
  public var expected: Int
  /// How many rows are written in one transaction, at most a segment of the index.
  public var batch: Int

  /// Makes the job.
  public init(
    into mailing: RecordID,
    from source: any RecipientSource,
    skipsBad: Bool = false,
    expecting expected: Int = 1 << 20,
    batch: Int = 131_072
  ) {
    (self.mailing, self.source, self.skipsBad) = (mailing, source, skipsBad)
    (self.expected, self.batch) = (expected, batch)
  }
}
