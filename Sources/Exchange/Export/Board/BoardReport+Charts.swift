internal import Model

extension BoardReport {
  /// How long it took to be aware, to contain and to notify.
  var timesChart: PairChart {
    let paths: [(String, KeyPath<BoardFigures, BoardTimes>)] = [
      ("Time to aware", \.aware), ("Time to contain", \.contain), ("Time to notify", \.notify),
    ]
    let all = paths.flatMap { [content.now[keyPath: $0.1], content.before[keyPath: $0.1]] }
    let longest = max(1, all.compactMap(\.median).max() ?? 1)
    func bar(_ times: BoardTimes) -> PairChart.Bar {
      PairChart.Bar(
        share: times.median.map { Int($0 * 1000 / longest) },
        words: Self.words(times)
      )
    }
    return PairChart(
      id: "times",
      title: "Time to aware, contain and notify",
      pairs: paths.map {
        PairChart.Pair(
          label: $0.0,
          now: bar(content.now[keyPath: $0.1]),
          before: bar(content.before[keyPath: $0.1])
        )
      }
    )
  }

  /// How many incidents of each severity were opened.
  var severityChart: PairChart {
    let labels = ["Critical", "High", "Medium", "Low", "Not assessed"]
    let most = max(1, (content.now.opened + content.before.opened).max() ?? 1)
    func bar(_ figures: BoardFigures, _ index: Int) -> PairChart.Bar {
      let count = figures.opened[index]
      return PairChart.Bar(share: count * 1000 / most, words: "\(count) of \(figures.incidents)")
    }
    return PairChart(
      id: "severity",
      title: "Incidents opened by severity",
      pairs: labels.indices.map {
        PairChart.Pair(
          label: labels[$0],
          now: bar(content.now, $0),
          before: bar(content.before, $0)
        )
      }
    )
  }

  /// What share of duties, training and requests was in order.
  var sharesChart: PairChart {
    func bar(_ part: Int, _ whole: Int, isShown: Bool = true) -> PairChart.Bar {
      guard isShown else { return PairChart.Bar(share: nil, words: "not shown") }
      guard whole > 0 else { return PairChart.Bar(share: nil, words: "nothing to count") }
      return PairChart.Bar(
        share: part * 1000 / whole,
        words: "\(part) of \(whole)\(Self.share(part, of: whole))"
      )
    }
    func pair(_ label: String, _ make: (BoardFigures) -> PairChart.Bar) -> PairChart.Pair {
      PairChart.Pair(label: label, now: make(content.now), before: make(content.before))
    }
    return PairChart(
      id: "shares",
      title: "In order",
      pairs: [
        pair("Filed in time") { bar($0.filings.onTime, $0.filings.told) },
        pair("Training in order") {
          bar(
            $0.training.done + $0.training.due,
            $0.training.total,
            isShown: $0.people == 0 || $0.people >= content.least
          )
        },
        pair("Requests answered in time") {
          bar($0.requests.onTime, $0.requests.onTime + $0.requests.late)
        },
      ]
    )
  }

  /// The scores of the audits that were signed.
  var auditsChart: PairChart {
    func bar(_ score: Int?, _ words: String) -> PairChart.Bar {
      PairChart.Bar(share: score.map { $0 / 10 }, words: words)
    }
    return PairChart(
      id: "audits",
      title: "Scores of signed audits",
      pairs: content.now.audits.prefix(4).map { audit in
        PairChart.Pair(
          label: "\(audit.reference) \(audit.name)",
          now: bar(
            audit.score,
            "\(audit.score.map(Self.percent) ?? "no score"), \(audit.assessed) of \(audit.items) "
              + "assessed"
          ),
          before: audit.before.map { bar($0, "\(Self.percent($0)) the pass before") }
        )
      }
    )
  }
}
