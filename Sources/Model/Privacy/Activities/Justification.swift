/// Says again why an activity holds a category of data.
public struct JustifyData: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "activity.justify"
  /// Which activity.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Which category of its data.
  ///
  /// Foreign text.
  public var category: String
  /// Why it is held.
  ///
  /// Foreign text; not empty.
  public var why: String
  /// The day on which somebody looked at it.
  public var on: StatedTime

  /// The record that it alters.
  public var subject: Subject { Subject(.activity, id) }
  /// What it does, in a few words.
  public var headline: String { "justified holding \(firstLine(category)): \(firstLine(why))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, category: String, why: String, on: StatedTime) {
    (self.id, self.basedOn, self.category) = (id, basedOn, category)
    (self.why, self.on) = (why, on)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<ActivityFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<ActivityFacts> {
    var state = try present(state)
    guard why.contains(where: { !$0.isWhitespace }) else {
      throw RefusedStep("say why \(category) is held")
    }
    guard let index = state.facts.held(category) else {
      throw RefusedStep("\(state.facts.name) holds no \(category)")
    }
    state.facts.data[index].why = why
    state.facts.data[index].justified = on
    state.facts.data[index].justifiedBy = account
    return state
  }
}

/// A category of data that an activity holds though nobody has justified it within the period.
public struct UnjustifiedData: Codable, Sendable, Equatable, Identifiable {
  /// The activity's number.
  public var activity: RecordID
  /// What people call the activity.
  public var reference: String
  /// What the activity is called.
  ///
  /// Foreign text.
  public var name: String
  /// Who answers for the activity; nil where nobody does.
  ///
  /// Foreign text.
  public var owner: String?
  /// The category.
  ///
  /// Foreign text.
  public var category: String
  /// Why it was held; empty where nobody ever said.
  ///
  /// Foreign text.
  public var why: String
  /// When it was last justified; nil where nobody ever did.
  public var last: StatedTime?
  /// Since when it stands without a justification.
  public var since: Instant

  /// The activity and the category in one.
  public var id: String { "\(activity)/\(category)" }

  /// Makes a row.
  public init(
    activity: RecordID,
    reference: String,
    name: String,
    owner: String?,
    category: String,
    why: String,
    last: StatedTime?,
    since: Instant
  ) {
    (self.activity, self.reference, self.name) = (activity, reference, name)
    (self.owner, self.category, self.why) = (owner, category, why)
    (self.last, self.since) = (last, since)
  }
}

/// How often a reason for holding data must be looked at again.
public enum Justification {
  /// The months that a justification lasts where the organisation has said nothing.
  ///
  /// Our own choice: GDPR art. 5(1)(c) sets no number.
  public static let usualMonths = 12

  /// What of an activity nobody has justified within the period, in the order of its data.
  ///
  /// - Parameters:
  ///   - activity: The activity.
  ///   - months: How long a justification lasts.
  ///   - now: The present.
  ///   - zone: Where days are counted.
  /// - Returns: What nobody has justified.
  public static func missing(
    in activity: Activity,
    months: Int,
    at now: Instant,
    zone: Zone
  ) -> [UnjustifiedData] {
    activity.facts.data.compactMap { held in
      let since =
        held.justified.map {
          Period.months(months).end(from: zone.instant(of: $0.lastDay(in: zone)), in: zone)
        }
        ?? activity.openedAt
      guard since < now || held.justified == nil else { return nil }
      return UnjustifiedData(
        activity: activity.id,
        reference: activity.reference,
        name: activity.facts.name,
        owner: activity.facts.owner,
        category: held.category,
        why: held.why,
        last: held.justified,
        since: since
      )
    }
  }
}
