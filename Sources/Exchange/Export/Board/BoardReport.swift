public import Model

/// The report of a period to the board: two pages, each figure beside the one of the period before and
/// with what it is a part of.
///
/// The same record gives the same bytes. Where something is missing that is said; no figure stands for it.
public struct BoardReport: Sendable {
  let content: BoardContent.Answer

  /// Makes the report.
  public init(_ content: BoardContent.Answer) { self.content = content }

  /// A figure of both periods.
  struct Row: Equatable {
    var title: String
    var now: String
    var before: String
    var trend = PostureTrend.unknown

    /// Whether it went well, in a word; empty where nothing can be said.
    var change: String { trend == .unknown ? "" : trend.label }
  }

  /// Figures that belong together.
  struct Part: Equatable {
    var title: String
    var rows: [Row]
    /// What is said below them, a line each.
    ///
    /// Foreign text.
    var notes: [String] = []
  }

  var title: String {
    let whose = SinkText.line(content.organisation)
    return "Security and privacy, \(content.period.text)" + (whose.isEmpty ? "" : " · \(whose)")
  }

  /// What the report covers, in a line.
  var scope: String {
    let before = content.period.previous.text
    let zone = content.zone.name
    guard let soFar = content.soFar else {
      return "\(content.period.text) compared with \(before); days as in \(zone); exercises are "
        + "left out"
    }
    return "\(content.period.text) up to \(soFar), compared with the same part of \(before); "
      + "days as in \(zone); exercises are left out"
  }

  static let titles = ["Figure", "This period", "Period before", "Change"]

  /// How the figures were come by: what a reader must know to trust them.
  var method: [String] {
    [
      "Of two bars the upper one is this period, the lower one the period before.",
      "Times to aware, contain and notify are medians over the incidents of which the organisation "
        + "became aware in the period. A time counts where it is known to the day or better; one known "
        + "to the day stands for the middle of it; one known to the month or year does not count. "
        + "First told is the first filing, or an earlier time that was stated.",
      "A filing is in time by the deadline as it stands in the record now; only the first one of each "
        + "duty counts. A duty whose deadline fell into the period and of which nothing was filed by its "
        + "end was not in time; filed later it counts as late in that period too.",
      "People in mailings stand as they do now. How many were told is not shown where in a month of the "
        + "period fewer than \(content.least) were told, or fewer than that were not. Training and "
        + "phishing exercises are shown of \(content.least) people or more; a figure can still be one "
        + "person more or less than in a report of another day.",
      "Findings, training and open requests are as they stood at the end of the period.",
    ]
  }

  /// What stands on the first page.
  var first: [Part] { [incidents, duties] }
  /// What stands on the second page.
  var second: [Part] { [audits, findings, people, requests] }

  // MARK: Parts

  private var incidents: Part {
    let (now, before) = (content.now, content.before)
    func opened(_ figures: BoardFigures) -> String {
      "\(figures.incidents), \(figures.breaches) confirmed breaches"
    }
    func severe(_ figures: BoardFigures) -> String {
      "\(figures.opened[0]) critical, \(figures.opened[1]) high of \(figures.incidents)"
    }
    return Part(
      title: "Incidents",
      rows: [
        Row(
          title: "Incidents opened",
          now: opened(now),
          before: opened(before),
          trend: PostureTrend(from: before.incidents, to: now.incidents, isLessBetter: true)
        ),
        Row(title: "Of them severe", now: severe(now), before: severe(before)),
        times("Time to aware", \.aware),
        times("Time to contain", \.contain),
        times("Time to notify", \.notify),
      ],
      notes: [exact].compactMap(\.self)
    )
  }

  private func times(_ title: String, _ path: KeyPath<BoardFigures, BoardTimes>) -> Row {
    let (now, before) = (content.now[keyPath: path], content.before[keyPath: path])
    return Row(
      title: title,
      now: Self.words(now),
      before: Self.words(before),
      trend: PostureTrend(
        from: before.median.map { Int($0) },
        to: now.median.map { Int($0) },
        isLessBetter: true
      )
    )
  }

  /// `median 9 h, 5 of 7 incidents`.
  static func words(_ times: BoardTimes) -> String {
    guard let median = times.median else {
      return times.base == 0 ? "no incident" : "not known of any of \(times.base) incidents"
    }
    return "median \(BoardTimes.words(median)), \(times.minutes.count) of \(times.base) incidents"
  }

  /// How many of the lengths rest on days alone; nil where none does.
  private var exact: String? {
    let all = [content.now.aware, content.now.contain, content.now.notify]
    let days = all.reduce(0) { $0 + $1.toTheDay }
    let count = all.reduce(0) { $0 + $1.minutes.count }
    return days == 0 ? nil : "\(days) of \(count) lengths rest on a time known to the day alone."
  }

  private var duties: Part {
    let (now, before) = (content.now, content.before)
    func filed(_ figures: BoardFigures) -> String {
      let tally = figures.filings
      guard tally.total > 0 else { return "nothing was filed" }
      return Self.inTime(tally.onTime, of: tally.told, unknown: tally.unclear + tally.undated)
        + (tally.missed > 0 ? ", \(tally.missed) not filed at all" : "")
    }
    func late(_ figures: BoardFigures) -> String {
      figures.lateDuties == 0
        ? "none" : "\(figures.lateDuties) \(figures.lateDuties == 1 ? "duty" : "duties") not filed"
    }
    func told(_ figures: BoardFigures) -> String {
      let mailings = figures.mailings
      guard mailings.count > 0 else { return "no mailing" }
      let rest = mailings.listed - mailings.told
      guard !mailings.isWithheld, isShown(mailings.told), isShown(rest) else { return "not shown" }
      return "\(mailings.told) of \(mailings.listed)"
        + Self.share(mailings.told, of: mailings.listed)
        + ", \(mailings.count) \(mailings.count == 1 ? "mailing" : "mailings")"
    }
    func percent(_ part: Int, _ whole: Int) -> Int? { whole > 0 ? part * 1000 / whole : nil }
    return Part(
      title: "Duties and notices",
      rows: [
        Row(
          title: "Filed in time",
          now: filed(now),
          before: filed(before),
          trend: PostureTrend(
            from: percent(before.filings.onTime, before.filings.told),
            to: percent(now.filings.onTime, now.filings.told),
            isLessBetter: false
          )
        ),
        Row(
          title: "Duties late at the end",
          now: late(now),
          before: late(before),
          trend: PostureTrend(from: before.lateDuties, to: now.lateDuties, isLessBetter: true)
        ),
        Row(title: "People told", now: told(now), before: told(before)),
        Row(
          title: "Public notices begun",
          now: "\(now.publications)",
          before: "\(before.publications)"
        ),
      ]
    )
  }

  private var audits: Part {
    func words(_ figures: BoardFigures) -> String {
      let new = figures.audits.count(where: \.isNew)
      let rest = figures.audits.count - new
      return (new == 0 ? "none" : "\(new)") + (rest > 0 ? ", \(rest) from before stand" : "")
    }
    let shown = content.now.audits.prefix(Self.most)
    let more = content.now.audits.count - shown.count
    return Part(
      title: "Audits",
      rows: [Row(title: "Audits signed", now: words(content.now), before: words(content.before))],
      notes: shown.map { audit in
        let score = audit.score.map(Self.percent) ?? "no score"
        let before = audit.before.map { ", \(Self.percent($0)) the pass before" } ?? ""
        return "\(audit.reference) \(audit.name): \(score), \(audit.assessed) of \(audit.items) "
          + "assessed\(before)\(audit.isNew ? "" : "; signed before this period")"
      } + (more > 0 ? ["and \(more) more"] : [])
    )
  }

  private var findings: Part {
    let (now, before) = (content.now.findings, content.before.findings)
    func flow(_ findings: BoardFigures.Findings) -> String {
      "\(findings.opened) opened, \(findings.closed) closed"
    }
    func late(_ findings: BoardFigures.Findings) -> String {
      findings.open == 0 ? "none open" : "\(findings.late) of \(findings.open) open"
    }
    func age(_ findings: BoardFigures.Findings) -> String {
      guard let median = BoardTimes.median(findings.ages), let oldest = findings.ages.last else {
        return "none open"
      }
      return "median \(Self.days(median)), oldest \(Self.days(oldest)), of \(findings.open) open"
    }
    return Part(
      title: "Findings",
      rows: [
        Row(title: "Findings", now: flow(now), before: flow(before)),
        Row(
          title: "Late at the end",
          now: late(now),
          before: late(before),
          trend: PostureTrend(from: before.late, to: now.late, isLessBetter: true)
        ),
        Row(
          title: "Age at the end",
          now: age(now),
          before: age(before),
          trend: PostureTrend(
            from: BoardTimes.median(before.ages).map { Int($0) },
            to: BoardTimes.median(now.ages).map { Int($0) },
            isLessBetter: true
          )
        ),
      ]
    )
  }

  private var people: Part {
    let (now, before) = (content.now, content.before)
    func training(_ figures: BoardFigures) -> String {
      let tally = figures.training
      guard figures.people > 0 else { return "no staff is listed" }
      guard figures.people >= content.least else {
        return "not shown"
      }
      guard let percent = tally.percentInOrder else { return "no plan asks for training" }
      return "\(tally.done + tally.due) of \(tally.total) duties (\(percent) %), "
        + "\(figures.people) people"
    }
    func phishing(_ figures: BoardFigures) -> String {
      guard let last = figures.exercises.last else { return "no exercise" }
      guard let counts = last.counts else {
        return "not shown"
      }
      return "\(counts.clicked) of \(counts.sent) followed the link"
        + Self.share(counts.clicked, of: counts.sent) + ", \(counts.reported) reported it"
    }
    func clicked(_ figures: BoardFigures) -> Int? {
      figures.exercises.last?.counts.flatMap { $0.share($0.clicked) }
    }
    func known(_ figures: BoardFigures) -> Int? {
      figures.people >= content.least ? figures.training.percentInOrder : nil
    }
    return Part(
      title: "People",
      rows: [
        Row(
          title: "Training in order",
          now: training(now),
          before: training(before),
          trend: PostureTrend(from: known(before), to: known(now), isLessBetter: false)
        ),
        Row(
          title: "Last phishing exercise",
          now: phishing(now),
          before: phishing(before),
          trend: PostureTrend(from: clicked(before), to: clicked(now), isLessBetter: true)
        ),
      ]
    )
  }

  private var requests: Part {
    let (now, before) = (content.now, content.before)
    func inTime(_ requests: BoardFigures.Requests) -> String {
      let told = requests.onTime + requests.late
      guard told + requests.unclear > 0 else { return "none was answered" }
      return Self.inTime(requests.onTime, of: told, unknown: requests.unclear)
    }
    func length(_ requests: BoardFigures.Requests) -> String {
      BoardTimes.median(requests.days)
        .map { "median \(Self.days($0)), of \(requests.days.count)" } ?? "none was answered"
    }
    func flow(_ requests: BoardFigures.Requests) -> String {
      "\(requests.received) received, \(requests.ended) ended"
    }
    func late(_ requests: BoardFigures.Requests) -> String {
      requests.open == 0 ? "none open" : "\(requests.overdue) of \(requests.open) open"
    }
    func deleted(_ figures: BoardFigures) -> String {
      figures.deletions == 0
        ? "none" : "\(figures.deletions), \(figures.deleted) records as far as counted"
    }
    func share(_ requests: BoardFigures.Requests) -> Int? {
      let total = requests.onTime + requests.late
      return total > 0 ? requests.onTime * 1000 / total : nil
    }
    return Part(
      title: "Requests and deletion",
      rows: [
        Row(
          title: "Requests by people",
          now: flow(now.requests),
          before: flow(before.requests)
        ),
        Row(
          title: "Answered in time",
          now: inTime(now.requests),
          before: inTime(before.requests),
          trend: PostureTrend(
            from: share(before.requests),
            to: share(now.requests),
            isLessBetter: false
          )
        ),
        Row(title: "Time to answer", now: length(now.requests), before: length(before.requests)),
        Row(
          title: "Late at the end",
          now: late(now.requests),
          before: late(before.requests),
          trend: PostureTrend(
            from: before.requests.overdue,
            to: now.requests.overdue,
            isLessBetter: true
          )
        ),
        Row(title: "Deletion runs", now: deleted(now), before: deleted(before)),
      ]
    )
  }

  // MARK: Words

  /// `3 of 4 (75 %), of 1 more not known`: a share of those of which it can be told.
  private static func inTime(_ count: Int, of told: Int, unknown: Int) -> String {
    guard told > 0 else { return "not known of any of \(unknown)" }
    return "\(count) of \(told)\(share(count, of: told))"
      + (unknown > 0 ? ", of \(unknown) more not known" : "")
  }

  /// How many audits are listed: so that two pages stay two.
  private static let most = 6

  /// Whether a number of people says nothing of any one of them.
  private func isShown(_ people: Int) -> Bool { people == 0 || people >= content.least }

  static func share(_ part: Int, of whole: Int) -> String {
    whole > 0 ? " (\(part * 100 / whole) %)" : ""
  }

  static func percent(_ hundredths: Int) -> String {
    let tenths = (hundredths + 5) / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private static func days(_ count: Int64) -> String { "\(count) \(count == 1 ? "day" : "days")" }
}
