/// A mail that came back, judged, with where it stands.
public struct BouncedMail: Sendable {
  /// The file and the mail's place in it.
  ///
  /// Foreign text.
  public var place: String
  /// SHA-256 of its bytes: by it a mail is known that was taken in before.
  public var digest: [UInt8]
  /// What it says.
  public var verdict: BounceVerdict

  /// Makes a mail.
  public init(place: String, digest: [UInt8], verdict: BounceVerdict) {
    (self.place, self.digest, self.verdict) = (place, digest, verdict)
  }
}

/// Where mails that came back are read from, one by one.
public protocol BounceSource: AnyObject, Sendable {
  /// The next mail; nil at the end. Files that cannot be read are passed over and told in `refused`.
  func next() throws -> BouncedMail?
  /// What could not be read, by file.
  var refused: [ImportProblem] { get }
}

/// Takes mails that came back to the people they speak of, by `BounceRule`.
///
/// Each is matched by the return path's tag, then by the Message-ID's, whose checks nobody can make
/// without the mailing's key; where both are there both must be right, and name the same person. Then by
/// address: such a mail is only told, for anybody can have written it, unless `takesAddresses`. One that was taken in before alters nothing. Works in
/// short transactions: broken off, what was done stays, and the same input goes on.
public struct BounceIntake: Job {
  /// What was done.
  public typealias Outcome = BounceImport
  /// Only of this mailing; nil for all whose people can be read.
  public var mailing: RecordID?
  /// Where the mails are read from.
  public var source: any BounceSource
  /// Whether those are taken too of which only the address is known: somebody has looked at them.
  public var takesAddresses: Bool
  /// Whether nothing is altered, only told.
  public var isDryRun: Bool

  /// Makes the job.
  public init(
    into mailing: RecordID? = nil,
    from source: any BounceSource,
    takesAddresses: Bool = false,
    isDryRun: Bool = false
  ) {
    (self.mailing, self.source) = (mailing, source)
    (self.takesAddresses, self.isDryRun) = (takesAddresses, isDryRun)
  }
}

/// What an import of mails that came back did.
public struct BounceImport: Codable, Sendable, Equatable {
  /// How many mails were read.
  public var mails = 0
  /// How many of them are of which kind.
  public var kinds: [BounceKind: Int] = [:]
  /// How many were taken in before, and altered nothing.
  public var known = 0
  /// How many people went to which state.
  public var moved: [RecipientState: Int] = [:]
  /// How many people it was kept beside, their state as it was.
  public var noted = 0
  /// How many people it was only counted for.
  public var counted = 0
  /// How many matches were made by what.
  public var matches: [BounceMatch: Int] = [:]
  /// How many speak of nobody in a mailing.
  public var unmatchedCount = 0
  /// Those, as far as they are listed.
  public var unmatched: [ImportProblem] = []
  /// How many name somebody by the address alone, and were not taken: somebody must look and confirm.
  public var byAddressCount = 0
  /// Those, as far as they are listed: of whom they speak, and what they say.
  public var byAddress: [ImportProblem] = []
  /// How many were refused: the check of their tag is wrong, or the file could not be read.
  public var refusedCount = 0
  /// Those, as far as they are listed.
  public var refused: [ImportProblem] = []

  /// Makes an import of nothing.
  public init() {}

  /// How many unmatched and refused ones are listed; the rest is counted.
  public static let listed = 1000

  /// How many people something was done for.
  public var people: Int { noted + counted + moved.values.reduce(0, +) }

  /// Counts one that speaks of nobody.
  public mutating func addUnmatched(_ place: String, _ reason: String) {
    unmatchedCount += 1
    if unmatched.count < Self.listed { unmatched.append(.init(at: place, reason: reason)) }
  }

  /// Counts one that names somebody by the address alone.
  public mutating func addByAddress(_ place: String, _ words: String) {
    byAddressCount += 1
    if byAddress.count < Self.listed { byAddress.append(.init(at: place, reason: words)) }
  }

  /// Counts one that was refused.
  public mutating func addRefused(_ place: String, _ reason: String) {
    refusedCount += 1
    if refused.count < Self.listed { refused.append(.init(at: place, reason: reason)) }
  }

  /// Counts what became of somebody.
  public mutating func count(_ outcome: BounceOutcome, by match: BounceMatch) {
    matches[match, default: 0] += 1
    switch outcome {
    case .moves(let state): moved[state, default: 0] += 1
    case .noted: noted += 1
    case .counted: counted += 1
    }
  }
}
