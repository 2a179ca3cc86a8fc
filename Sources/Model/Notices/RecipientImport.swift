/// What an import of recipients did.
public struct RecipientImport: Codable, Sendable, Equatable {
  /// How many were added, those of a part that was broken off before included.
  public var created = 0
  /// How many rows name a reference that an earlier row or the mailing has already; left out.
  public var repeated = 0
  /// How many rows share an e-mail address with an earlier one; added all the same.
  public var sharedEmails = 0
  /// How many rows share a telephone number with an earlier one; added all the same.
  public var sharedPhones = 0
  /// How many were there already when an import that had been broken off was gone on with.
  public var resumedAt = 0
  /// The duplicates, as far as they are listed.
  public var duplicates: [Duplicate] = []
  /// How many rows were not read.
  public var refusedCount = 0
  /// What was not read, as far as it is listed.
  public var refused: [ImportProblem] = []
  /// Whether one of these took the rest of the input with it, so that bad rows cannot be skipped.
  public var isCutOff = false

  /// Makes an import of nothing.
  public init() {}

  /// How many duplicates are listed; the rest is counted.
  public static let listed = 100

  /// A row that has something in common with an earlier one.
  public struct Duplicate: Codable, Sendable, Hashable {
    /// The line at which it begins.
    public var line: Int
    /// The line of the earlier row; nil where that is in the mailing already.
    public var earlier: Int?
    /// What they have in common.
    public var kind: ContactKey

    /// Makes a duplicate.
    public init(line: Int, earlier: Int?, kind: ContactKey) {
      (self.line, self.earlier, self.kind) = (line, earlier, kind)
    }
  }
}
