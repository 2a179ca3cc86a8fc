/// Which consent records of a purpose are wanted; what is nil does not restrict.
public struct ConsentFilter: Codable, Sendable, Hashable {
  /// Only those that stand so; the latest of each person unless told.
  public var standings: Set<ConsentStanding>?
  /// Only those that say this.
  public var states: Set<ConsentState>?
  /// Only those under versions of these labels, in lower case; `none` for no version.
  public var versions: Set<String>?
  /// Only those over these channels, in lower case; `none` for no channel.
  public var channels: Set<String>?
  /// Only those under a version that is no longer right.
  public var isStale: Bool

  /// The word for what has no version or no channel.
  public static let none = "none"

  /// Makes a filter.
  public init(
    standings: Set<ConsentStanding>? = [.current],
    states: Set<ConsentState>? = nil,
    versions: Set<String>? = nil,
    channels: Set<String>? = nil,
    isStale: Bool = false
  ) {
    (self.standings, self.states, self.versions) = (standings, states, versions)
    (self.channels, self.isStale) = (channels, isStale)
  }

  /// All records there are, later ones and those before.
  public static let everything = ConsentFilter(standings: nil)
  /// Those who consent under a version that is no longer right.
  public static let stale = ConsentFilter(states: [.given], isStale: true)

  /// Reads words such as `state:given version:2024-1 channel:web,phone is:stale`.
  ///
  /// `standing:all` means what was said before too.
  ///
  /// - Throws: `Unreadable` that names the word.
  public init(parsing text: String) throws(Unreadable) {
    self.init()
    for word in text.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Unreadable(word: String(word)) }
      let values = parts[1].lowercased().split(separator: ",").map(String.init)
      switch parts[0] {
      case "state":
        for value in values {
          guard let state = ConsentState(rawValue: value) else { throw Unreadable(word: value) }
          states = (states ?? []).union([state])
        }
      case "standing":
        if values == ["all"] {
          standings = nil
          continue
        }
        standings = []
        for value in values {
          guard let standing = ConsentStanding(rawValue: value) else {
            throw Unreadable(word: value)
          }
          standings?.insert(standing)
        }
      case "version": versions = (versions ?? []).union(values)
      case "channel": channels = (channels ?? []).union(values)
      case "is":
        guard values == ["stale"] else { throw Unreadable(word: String(word)) }
        isStale = true
        states = (states ?? []).union([.given])
      default: throw Unreadable(word: String(word))
      }
    }
  }

  /// The words that mean it.
  public var text: String {
    func list(_ name: String, _ values: [String]?) -> [String] {
      values.map { ["\(name):\($0.joined(separator: ","))"] } ?? []
    }
    var words: [String] = []
    if standings != [.current] {
      words += standings.map { list("standing", $0.map(\.rawValue).sorted()) } ?? ["standing:all"]
    }
    if isStale {
      words.append("is:stale")
    } else {
      words += list("state", states?.map(\.rawValue).sorted())
    }
    return (words + list("version", versions?.sorted()) + list("channel", channels?.sorted()))
      .joined(separator: " ")
  }

  /// Whether records that are counted together pass.
  ///
  /// - Parameters:
  ///   - tally: What they have in common.
  ///   - version: Their version; nil where they have none.
  /// - Returns: Whether they pass.
  public func passes(_ tally: ConsentTally, _ version: ConsentVersionFacts?) -> Bool {
    let label = version?.label.lowercased() ?? Self.none
    let channel = tally.channel.isEmpty ? Self.none : tally.channel.lowercased()
    return standings?.contains(tally.standing) ?? true && states?.contains(tally.state) ?? true
      && versions?.contains(label) ?? true && channels?.contains(channel) ?? true
      && (!isStale || version?.flaw != nil)
  }

  /// A word of a filter that means nothing here.
  public struct Unreadable: Error, Equatable, CustomStringConvertible {
    /// The word.
    ///
    /// Foreign text.
    public var word: String

    /// What may stand there.
    public var description: String {
      "\(word) is no part of a filter; write state:given,withdrawn,expired, version:LABEL, "
        + "channel:WORD, is:stale or standing:all"
    }
  }
}
