/// Whether the record itself was looked after: when it was last verified, and what that found.
public struct RecordVerified: PostureMeasure {
  /// What scripts call it.
  public static let name = "record-verified"
  /// What people call it.
  public static let title = "journal"
  /// The theme that it counts for.
  public static let theme = PostureTheme.trust

  /// The newest entry of the journal; 0 where there is none.
  public var head: JournalSequence
  /// The last verification; nil where there was none.
  public var last: VerificationMark?
  /// The last one that was 30 days old; nil where there was none.
  public var before: VerificationMark?

  /// Makes the facts.
  public init(head: JournalSequence, last: VerificationMark?, before: VerificationMark? = nil) {
    (self.head, self.last, self.before) = (head, last, before)
  }

  /// Within so many days a verification says enough.
  public static let freshDays: Int64 = 7
  /// After so many days it says nothing any more.
  public static let staleDays: Int64 = 30

  /// Clocks of two hosts may differ by so much; what was verified later than that is not believed.
  private static let skew = 300

  private static func isStillToCome(_ mark: VerificationMark, at now: Instant) -> Bool {
    mark.at > now + .seconds(skew)
  }

  private static func state(_ mark: VerificationMark?, at now: Instant) -> PostureState {
    guard let mark else { return .unknown }
    guard mark.isSound else { return .bad }
    guard !isStillToCome(mark, at: now) else { return .unknown }
    let days = (now - mark.at).wholeMilliseconds / 86_400_000
    return days <= freshDays ? .good : days <= staleDays ? .attention : .unknown
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    guard let last else { return "never verified" }
    guard last.isSound else { return "altered" }
    guard !Self.isStillToCome(last, at: now) else { return "verified at no known time" }
    return "verified \(PostureWords.length((now - last.at).wholeMilliseconds)) ago"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard head > 0 || last?.isSound == false else {
      return MeasureVerdict(.unknown, "nothing is recorded yet")
    }
    let state = Self.state(last, at: now)
    let step = PostureStep(
      last?.isSound == false
        ? "find out what was altered: tocsin verify" : "verify the record: tocsin verify",
      .journal(Subject(.store, 1)),
      count: Int(clamping: head - (last?.head ?? 0))
    )
    guard let last else {
      return MeasureVerdict(.unknown, "never verified; head \(head)", steps: [step])
    }
    let then = now - .seconds(Posture.days * 86_400)
    let earlier = before.map { _ in Self.state(before, at: then) }
    let newer = head - last.head
    let since = newer > 0 ? "; head \(head)" : ""
    let age = PostureWords.length((now - last.at).wholeMilliseconds)
    let when = Self.isStillToCome(last, at: now) ? "at a time that is still to come" : "\(age) ago"
    return MeasureVerdict(
      state,
      last.isSound
        ? "verified to \(last.head), \(when)\(since)"
        : "altered: found \(when)\(since)",
      trend: earlier.map { $0 == state ? .same : state < $0 ? .better : .worse } ?? .unknown,
      before: earlier.map { "\(Posture.days) days before: \($0.label)" } ?? "",
      steps: state == .good ? [] : [step]
    )
  }
}
