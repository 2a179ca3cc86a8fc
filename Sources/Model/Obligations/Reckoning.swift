/// One deadline worked out: from which instant, by which period, in which zone, to which instants.
public struct Reckoning: Codable, Sendable, Hashable {
  /// The key whose instant started the clock, such as `events.aware_at`.
  public var startKey: String
  /// The instant at which the clock started.
  public var start: Instant
  /// The period.
  public var period: Period
  /// The zone in which days were counted; nil where none was needed or known.
  public var zone: Zone?
  /// The last instant in time, without any rounding in the sender's favour.
  public var due: Instant
  /// What the law would still tolerate; never before `due`.
  public var latest: Instant
  /// What was skipped or moved, in order: `2026-09-07 is no business day: Labor Day`.
  public var remarks: [String]
}

/// Counts periods in one zone by one calendar.
struct PeriodCounter {
  let zone: Zone
  let calendar: HolidayCalendar?
  /// Extra holidays at the organisation's seat.
  let extra: Set<DayNumber>

  /// Works out the end of a period.
  func reckon(
    _ period: Period,
    from start: Instant,
    key: String,
    tolerance: Tolerance
  ) -> Reckoning {
    var reckoning = Reckoning(
      startKey: key,
      start: start,
      period: period,
      zone: zone,
      due: start,
      latest: start,
      remarks: []
    )
    reckoning.due = end(of: period, from: start, &reckoning.remarks)
    reckoning.latest = latest(reckoning, tolerance)
    return reckoning
  }

  /// The end of a period, without any tolerance.
  private func end(of period: Period, from start: Instant, _ remarks: inout [String]) -> Instant {
    let day = DayNumber(start, in: zone)
    switch period {
    case .noFixedDeadline: return start
    case .hours(let count): return start + .seconds(count * 3600)
    case .days(let count, let fromDayOne):
      return endOf(day + (fromDayOne ? count - 1 : count))
    case .businessDays(let count, let closing):
      var (last, left) = (day, count)
      // Holidays that leave no day to work on end the count early rather than never.
      while left > 0, last.count - day.count < 7 * count + 4000 {
        last = last + 1
        if let reason = dayOff(last) {
          if last.weekday < 6 {
            remarks.append("\(last.civil.isoDate) is no business day: \(reason)")
          }
        } else {
          left -= 1
        }
      }
      guard let closing else { return endOf(last) }
      var civil = last.civil
      (civil.hour, civil.minute) = (closing.hour, closing.minute)
      return zone.instant(of: civil)
    case .months(let count):
      // Also past the year 9999, so that whoever asked can see that it is past it.
      return endOf(day.adding(months: count))
    }
  }

  /// What the law would still tolerate.
  private func latest(_ reckoning: Reckoning, _ tolerance: Tolerance) -> Instant {
    let due = reckoning.due
    let day = DayNumber(due, in: zone)
    switch (tolerance, reckoning.period) {
    case (.none, _), (_, .noFixedDeadline): return due
    case (.regulation1182, .hours), (.doraNoon, .hours):
      return nextFullHour(after: reckoning.start) + (due - reckoning.start)
    case (.nextBusinessDay, .hours), (.nextWeekday, .hours): return due
    case (.doraNoon, _): return due
    case (.regulation1182, _), (.nextBusinessDay, _):
      return dayOff(day) == nil ? due : endOf(workingDay(onOrAfter: day))
    case (.nextWeekday, _):
      var last = day
      while last.weekday == 7 || holiday(last) != nil, last.count - day.count < 4000 {
        last = last + 1
      }
      return last == day ? due : endOf(last)
    }
  }

  /// Noon of the next working day where an instant falls on a day off; nil where it does not.
  func noonAfter(_ limit: Instant) -> Instant? {
    let day = DayNumber(limit, in: zone)
    guard dayOff(day) != nil else { return nil }
    var civil = workingDay(onOrAfter: day).civil
    civil.hour = 12
    return zone.instant(of: civil)
  }

  /// The last second of a day.
  func endOf(_ day: DayNumber) -> Instant {
    var civil = day.civil
    (civil.hour, civil.minute, civil.second) = (23, 59, 59)
    return zone.instant(of: civil)
  }

  /// Why a day is no business day; nil where it is one.
  private func dayOff(_ day: DayNumber) -> String? {
    if day.weekday == 6 { return "Saturday" }
    if day.weekday == 7 { return "Sunday" }
    return holiday(day)
  }

  private func holiday(_ day: DayNumber) -> String? {
    extra.contains(day) ? "holiday at the seat" : calendar?.holiday(on: day)
  }

  private func workingDay(onOrAfter day: DayNumber) -> DayNumber {
    var found = day
    while dayOff(found) != nil, found.count - day.count < 4000 { found = found + 1 }
    return found
  }

  /// The full hour that follows the one in which an instant lies, by the clock of the zone.
  private func nextFullHour(after instant: Instant) -> Instant {
    let offset = Int64(zone.offset(at: instant)) * 1000
    let (hours, _) = (instant.milliseconds + offset).flooredDivision(by: 3_600_000)
    return Instant(milliseconds: (hours + 1) * 3_600_000 - offset)
  }
}
