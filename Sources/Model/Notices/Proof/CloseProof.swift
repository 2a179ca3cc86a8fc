/// Closes a proof: what the files of a mailing's proof come to, and as of which entry they are.
///
/// Made by the job that reads for a proof, behind all that it read, and the last entry that the proof
/// shows. So the head of the journal fixes every file, and that no entry of the mailing before it is left
/// out.
public struct CloseProof: Change {
  /// What the journal calls it.
  public static let name = "proof.close"
  /// The mailing.
  public var mailing: RecordID
  /// The newest entry of the mailing in what was read; those behind it are not in the rows.
  public var at: JournalSequence
  /// How many people there are.
  public var people: Int
  /// SHA-256 over names and digests of all files but journal, manifest and instructions; hexadecimal.
  public var content: String
  /// SHA-256 over what the manifest says but the journal's head, and over the instructions; nil in
  /// proofs from before that was bound.
  public var manifest: String?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "closed a proof of \(people) recipients" }

  /// Makes the change.
  public init(
    mailing: RecordID,
    at: JournalSequence,
    people: Int,
    content: String,
    manifest: String?
  ) {
    (self.mailing, self.at, self.people, self.content) = (mailing, at, people, content)
    self.manifest = manifest
  }
}
