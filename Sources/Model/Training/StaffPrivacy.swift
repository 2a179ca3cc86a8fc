/// How the organisation wants data of its own staff treated.
public struct StaffPrivacy: Codable, Sendable, Hashable {
  /// Whether only keyed pseudonyms are kept: then no name is ever written.
  public var isPseudonymous: Bool
  /// The fewest people of whom results of phishing exercises are shown.
  public var minimumGroup: Int
  /// Why results of phishing exercises may be shown by name; empty for never.
  ///
  /// Foreign text.
  public var namedResults: String

  /// What holds where the organisation has said nothing: names sealed, groups of ten, never by name.
  ///
  /// Our own choice; ten is what statistical offices commonly ask for, no law sets it.
  public static let usual = StaffPrivacy()

  /// The least that can be asked for: smaller groups would name people.
  public static let leastGroup = 3

  /// Makes a setting.
  public init(isPseudonymous: Bool = false, minimumGroup: Int = 10, namedResults: String = "") {
    (self.isPseudonymous, self.minimumGroup) = (isPseudonymous, minimumGroup)
    self.namedResults = namedResults
  }

  /// Whether results of phishing exercises may be shown by name.
  public var showsNames: Bool { namedResults.contains { !$0.isWhitespace } }
}

extension Organisation {
  /// How data of staff are treated, whether or not somebody has said so.
  public var privacyOfStaff: StaffPrivacy { staffPrivacy ?? .usual }
}
