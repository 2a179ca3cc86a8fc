public import Drawing
public import Model

/// The tab of public notices that stand in for people who cannot be told one by one.
public typealias PublicTab = MailingItemTab<PublicItems>

/// The public notices of a mailing, by when they began.
public enum PublicItems: MailingItemKind {
  /// What can happen to public notices.
  public enum Event: Sendable {
    case createPressed
    case editPressed
    /// The approved texts are known; the publication that is edited, nil for a new one.
    case editionsAnswered(Publication?, Result<[NoticeEdition], StoreError>)
    case evidenceAnswered(Publication?, [NoticeEdition], Result<[Evidence], StoreError>)
    case submitted(Publication?, [String: String])
    case endPressed
    case endTyped(Publication, String)
    case removePressed
  }

  /// Names the question.
  public static let slot = "mailing.publications"
  /// What is said where there are none.
  public static let empty = "No public notice yet; c writes down where one stands."

  /// The question for a mailing's public notices.
  public static func question(_ mailing: Mailing) -> MailingPublications {
    MailingPublications(mailing: mailing.id)
  }
  /// The public notices, by when they began.
  public static func items(_ answer: [Publication]) -> [Publication] { answer }

  /// How many people they stand in for: those who cannot be told one by one.
  public static func summary(_ scene: MailingScene<PublicItems>) -> [Span] {
    let unreachable = scene.status.count([.unreachable])
    let planned = scene.mailing.facts.channels.contains(.publicNotice)
    let count = Look.count(Int64(unreachable))
    let stands = (scene.answer ?? []).contains { $0.facts.standing(scene.context.now) == .now }
    var spans = [
      Span(count, unreachable > 0 ? .warning : .textStrong),
      Span(unreachable == 1 ? " person is unreachable" : " people are unreachable", .textMuted),
    ]
    if unreachable > 0, !stands {
      spans.append(Span("  ! no notice stands in public now", .warning))
    } else if !planned {
      spans.append(Span("  this mailing plans no public notice", .textMuted))
    }
    return spans
  }

  /// The columns of the list.
  public static func columns(_ scene: MailingScene<PublicItems>) -> [TableColumn<Publication>] {
    let now = scene.context.now
    return [
      TableColumn("days", title: "Days", width: .fixed(17), priority: 10) {
        Line([Look.days($0.facts, now: now)])
      },
      TableColumn("place", title: "Where", width: .flexible(minimum: 10, weight: 2), priority: 9) {
        Line(Untrusted($0.facts.place), .textStrong)
      },
      TableColumn("from", title: "From", width: .fixed(10), priority: 7) {
        Line(String(Look.narrow($0.facts.from).prefix(10)))
      },
      TableColumn("until", title: "Until", width: .fixed(10), priority: 8) {
        $0.facts.until.map { Line(String(Look.narrow($0).prefix(10))) }
          ?? Line("open", .warning)
      },
      TableColumn("means", title: "In", width: .fixed(12), priority: 5) {
        Line($0.facts.means.label, .textMuted)
      },
      TableColumn("for", title: "For", width: .flexible(minimum: 6, weight: 1), priority: 4) {
        let places = $0.facts.jurisdictions
        return places.isEmpty
          ? Line("everybody", .textMuted) : Line(places.joined(separator: " "))
      },
    ]
  }

  /// What is known of a public notice.
  public static func lines(_ item: Publication?, _ scene: MailingScene<PublicItems>) -> [Line] {
    guard let item else { return [] }
    let facts = item.facts
    func label(_ text: String) -> Span { Span(text.padded(to: 14), .textMuted) }
    func known(_ text: String, _ otherwise: String) -> Span {
      text.isEmpty ? Span(otherwise, .warning) : Span(Untrusted(text))
    }
    return [
      Line([Span("\(facts.means.label)  ", .heading, .bold), Span(Untrusted(facts.place))]),
      Line([label("stands"), Look.days(facts, now: scene.context.now)]),
      Line([label("from"), Span(facts.from.plainWithZone)]),
      Line([
        label("until"),
        facts.until.map { Span($0.plainWithZone) } ?? Span("open: x t says when it ends", .warning),
      ]),
      Line([
        label("for"),
        Span(
          facts.jurisdictions.isEmpty ? "everybody" : facts.jurisdictions.joined(separator: ", ")
        ),
      ]),
      Line([label("text"), known(facts.text, "none of the mailing's")]),
      Line([label("telephone"), known(facts.telephone, "none named")]),
      Line([
        label("evidence"),
        facts.evidence.map { Span("\($0)") } ?? Span("nothing keeps how it stood there", .warning),
      ]),
      Line([label("written down"), Span("\(Look.minute(item.recordedAt)) UTC")]),
    ]
  }

  /// When a day more will have passed.
  public static func nextTick(_ items: [Publication], now: Instant) -> Instant? {
    items.compactMap { item in
      let (from, until) = (item.facts.from.earliest, item.facts.until?.earliest)
      guard now >= from else { return from }
      if let until, now >= until { return nil }
      let day = (now - from).components.seconds / 86_400 + 1
      return min(from + .seconds(day * 86_400), until ?? .distant)
    }.min()
  }
}

extension Instant {
  /// Later than anything that is waited for.
  fileprivate static let distant = Instant(seconds: 253_402_300_799)
}

extension PublicationFacts {
  /// Whether it stands in public.
  enum Standing: Equatable {
    case ahead, now, over
  }

  /// Where it is in its time.
  func standing(_ now: Instant) -> Standing {
    if now < from.earliest { return .ahead }
    return until.map { $0.earliest <= now } == true ? .over : .now
  }

  /// How many days it has stood by now.
  func daysStood(_ now: Instant) -> Int {
    let end = min(until?.earliest ?? now, now)
    return max(0, Int((end - from.earliest).components.seconds / 86_400))
  }
}

extension Look {
  /// How long a public notice has stood, with a sign that needs no colour; 17 columns at most.
  static func days(_ facts: PublicationFacts, now: Instant) -> Span {
    switch facts.standing(now) {
    case .ahead:
      return Span("= in \(TimeWords.length(facts.from.earliest - now))", .information)
    case .over: return Span("+ \(facts.days ?? 0) days, over", .stateDone)
    case .now:
      let stood = facts.daysStood(now)
      guard let days = facts.days else {
        return Span("> \(stood) days, open", .warning)
      }
      return Span("> day \(stood) of \(days)", .stateProgress)
    }
  }
}
