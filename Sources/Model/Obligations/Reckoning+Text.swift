extension Instant {
  /// The instant by a clock of a zone, with its offset: `2026-03-30 21:00 +02:00`; seconds only where
  /// they are not zero.
  public func text(in zone: Zone) -> String {
    let offset = zone.offset(at: self)
    let civil = CivilTime(self, offset: offset)
    let time = civil.second == 0 ? civil.shortTime : civil.isoTime
    let minutes = abs(offset) / 60
    let sign = offset < 0 ? "-" : "+"
    return "\(civil.isoDate) \(time) \(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }
}

extension Reckoning {
  /// The arithmetic step by step, so that it can be done again by hand.
  ///
  /// `2026-03-27 20:00 +01:00 -> 2026-03-27T19:00:00Z + 72 h -> 2026-03-30T19:00:00Z ->
  /// 2026-03-30 21:00 +02:00 (the clocks were changed)`.
  public func explanation(in shown: Zone) -> [String] {
    let zone = zone ?? shown
    var lines: [String] = []
    switch period {
    case .hours(0): lines.append("\(startKey): \(due.text(in: zone)) = \(due)")
    case .hours(let count):
      let changed = zone.offset(at: start) != zone.offset(at: due)
      lines.append(
        "\(startKey) \(start.text(in: zone)) -> \(start) + \(count) h -> \(due) -> "
          + due.text(in: zone) + (changed ? " (the clocks were changed)" : "")
      )
    default:
      lines.append(
        "\(startKey) \(start.text(in: zone)) + \(period.text) in \(zone.name) -> "
          + "\(due.text(in: zone)) -> \(due)"
      )
    }
    lines += remarks
    if latest != due {
      lines.append("the law's own counting would tolerate \(latest.text(in: zone)) = \(latest)")
    }
    return lines
  }
}
