public import Drawing
public import Model

/// The tab of support that people are offered: pools of codes, and who has one.
public typealias SupportTab = MailingItemTab<SupportItems>

/// The pools of codes of a mailing by name, and the jurisdictions whose people get one of them.
public enum SupportItems: MailingItemKind {
  /// A pool, and what is offered out of it.
  public struct Pool: Identifiable, Sendable, Equatable {
    /// Its codes.
    public var numbers: OfferNumbers.Pool
    /// What is offered out of it; nil where nothing is any more.
    public var line: OfferLine?

    /// Its name.
    public var id: String { numbers.name }
  }

  /// What can happen to support.
  public enum Event: Sendable {
    case offerPressed
    case editPressed
    case offerSubmitted(OfferPlan, replacing: String?, [String: String])
    case removePressed
    case importPressed
    case importSubmitted([String: String])
    case imported(String, Result<OfferImport, ErrandFailure>)
    case assignPressed
    case assigned(Result<OfferAssignment.Outcome, StoreError>)
  }

  /// Names the question.
  public static let slot = "mailing.support"
  /// What is said where there is none.
  public static let empty = "No support is offered; c offers some, such as credit monitoring."

  /// The question for a mailing's support.
  public static func question(_ mailing: Mailing) -> OfferNumbers { OfferNumbers(of: mailing.id) }

  /// The pools, those of which something is offered and those that are left over.
  public static func items(_ answer: OfferNumbers.Answer) -> [Pool] {
    let lines = Dictionary(answer.plan.lines.map { ($0.pool, $0) }) { first, _ in first }
    let known = Set(answer.pools.map(\.name))
    let empty = answer.plan.lines.filter { !known.contains($0.pool) }.map {
      OfferNumbers.Pool(name: $0.pool, imported: 0, assigned: 0, waiting: 0)
    }
    return (answer.pools + empty).sorted { $0.name < $1.name }
      .map { Pool(numbers: $0, line: lines[$0.name]) }
  }

  /// What stops a text that names a code; and who came with one.
  public static func summary(_ scene: MailingScene<SupportItems>) -> [Span] {
    guard let answer = scene.answer else { return [] }
    let own =
      answer.own > 0
      ? [Span("  \(Look.count(Int64(answer.own))) came with a code", .textMuted)] : []
    if let problem = answer.problems.first {
      let rest = answer.problems.count - 1
      return [Span(Untrusted("! \(problem)"), .warning)]
        + (rest > 0 ? [Span("  and \(rest) more", .warning)] : []) + own
    }
    guard !answer.plan.lines.isEmpty else {
      return [Span("nothing is offered", .textMuted)] + own
    }
    return [Span("+ everybody who is offered support has a code", .success)] + own
  }

  /// The columns of the pools.
  public static func columns(_ scene: MailingScene<SupportItems>) -> [TableColumn<Pool>] {
    func count(
      _ id: String,
      _ title: String,
      _ priority: Int,
      _ number: @escaping @Sendable (Pool) -> Int
    )
      -> TableColumn<Pool>
    {
      TableColumn(id, title: title, width: .fixed(9), alignment: .right, priority: priority) {
        let number = number($0)
        return number == 0 ? Line("·", .textMuted) : Line(Look.count(Int64(number)))
      }
    }
    return [
      TableColumn("pool", title: "Pool", width: .flexible(minimum: 8, weight: 1), priority: 10) {
        Line(Untrusted($0.id), .textStrong)
      },
      TableColumn("months", title: "Months", width: .fixed(6), alignment: .right, priority: 8) {
        $0.line.map { Line("\($0.months)") } ?? Line("–", .textMuted)
      },
      count("free", "left", 9, \.numbers.free),
      count("waiting", "waiting", 7, \.numbers.waiting),
      TableColumn("missing", title: "missing", width: .fixed(9), alignment: .right, priority: 9) {
        let missing = $0.numbers.missing
        return missing == 0
          ? Line("·", .textMuted) : Line("! \(Look.count(Int64(missing)))", .danger)
      },
      count("given", "given", 5, \.numbers.assigned),
      TableColumn("by", title: "By", width: .flexible(minimum: 8, weight: 1), priority: 4) {
        Line(Untrusted($0.line?.provider ?? "nothing is offered"), .textMuted)
      },
    ]
  }

  /// Who gets a code of the pool, jurisdiction by jurisdiction; and who is offered nothing.
  public static func lines(_ pool: Pool?, _ scene: MailingScene<SupportItems>) -> [Line] {
    guard let answer = scene.answer else { return [] }
    let told = Set(answer.places.filter { $0.people > 0 }.map(\.jurisdiction))
    let short = Dictionary(
      answer.plan.short(for: told).map { ($0.jurisdiction, $0.asked) }
    ) { first, _ in first }
    var lines: [Line] = []
    if let pool {
      lines.append(
        Line([
          Span("\(pool.id)  ", .heading, .bold),
          pool.line.map { Span(Untrusted("\($0.months) months by \($0.provider)")) }
            ?? Span("nothing is offered out of it", .warning),
        ])
      )
      let places = answer.places.filter { $0.pool == pool.id }
      lines += table(places, short)
      if places.isEmpty { lines.append(Line("nobody is to get one of it", .textMuted)) }
    }
    let others = answer.places.filter { $0.pool == nil && $0.people > 0 }
    if !others.isEmpty {
      lines += lines.isEmpty ? [] : [Line("")]
      lines.append(Line("Offered nothing", .heading))
      lines += others.map { place in
        Line([
          Span(Untrusted(place.jurisdiction.padded(to: 9)), .textStrong),
          Span(Look.count(Int64(place.people)).leading(9)), Span(" people", .textMuted),
          law(place, short),
        ])
      }
    }
    if !short.isEmpty {
      lines += [
        Line(""),
        Line(
          "! laws of these ask for more where social security numbers or the like were exposed; "
            + "no counsel has verified that",
          .warning
        ),
      ]
    }
    return lines
  }

  /// For how many months the law of a place asks, where less is offered.
  private static func law(_ place: OfferNumbers.Place, _ short: [String: Int]) -> Span {
    Span(short[place.jurisdiction].map { "  ! its law asks for \($0) months" } ?? "", .warning)
  }

  private static func table(_ places: [OfferNumbers.Place], _ short: [String: Int]) -> [Line] {
    let header =
      "".padded(to: 9) + "people".leading(9) + "  have one".leading(11) + "without".leading(9)
    return places.isEmpty
      ? []
      : [Line(header, .textMuted)]
        + places.map { place in
          let without = place.people - place.assigned
          return Line([
            Span(Untrusted(place.jurisdiction.padded(to: 9)), .textStrong),
            Span(Look.count(Int64(place.people)).leading(9)),
            Span(Look.count(Int64(place.assigned)).leading(11)),
            Span(
              (without > 0 ? Look.count(Int64(without)) : "·").leading(9),
              without > 0 ? .warning : .textMuted
            ),
            law(place, short),
          ])
        }
  }
}

extension String {
  /// The text at the right of so many columns; never cut.
  fileprivate func leading(_ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - count)) + self
  }
}
