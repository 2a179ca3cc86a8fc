/// What fills the fields of a text that are the same for all.
public enum NoticeValues {
  /// The values; what is not known is absent.
  ///
  /// - Parameters:
  ///   - text: The text that they are for: its language writes the dates.
  ///   - incident: The incident.
  ///   - organisation: The organisation.
  ///   - date: The day of the notice, as `2026-03-13`.
  /// - Returns: The values by field.
  public static func shared(
    _ text: NoticeTextFacts,
    _ incident: Incident,
    _ organisation: Organisation,
    date: String
  ) -> [MergeField: String] {
    let writer = NoticeDate(
      language: text.language,
      isAmerican: !text.jurisdictions.isEmpty
        && text.jurisdictions.allSatisfy { $0 == "US" || $0.hasPrefix("US-") }
    )
    let instants = incident.facts.instants
    let all: [MergeField: String?] = [
      .organisationName: organisation.name, .organisationContact: organisation.contact,
      .organisationOfficer: organisation.officer, .incidentReference: incident.reference,
      .incidentOccurred: instants[.occurred].map(writer.text),
      .incidentDiscovered: instants[.discovered].map(writer.text),
      .noticeDate: writer.text(day: date),
    ]
    return all.compactMapValues { value in
      value.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    }
  }
}

/// Writes dates as people of a language write them; as `2026-03-13` where the language is not known.
public struct NoticeDate: Sendable {
  private let language: String
  private let isAmerican: Bool

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - language: The language's tag.
  ///   - isAmerican: Whether English is written as in the United States: month before day.
  public init(language: String, isAmerican: Bool = false) {
    let tag = language.lowercased()
    self.language = NoticeTexts.base(of: tag)
    self.isAmerican = isAmerican || tag == "en-us"
  }

  /// A stated time, as exactly as it is known and never more exactly than to the day.
  public func text(_ time: StatedTime) -> String {
    let civil = CivilTime(time.earliest, offset: time.zone.offset(at: time.earliest))
    return switch time.precision {
    case .year: "\(civil.year)"
    case .month: text(civil.year, civil.month, nil)
    default: text(civil.year, civil.month, civil.day)
    }
  }

  /// A day that is given as `2026-03-13`.
  public func text(day: String) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, CivilTime(year: parts[0], month: parts[1], day: parts[2]) != nil else {
      return day
    }
    return text(parts[0], parts[1], parts[2])
  }

  private func text(_ year: Int, _ month: Int, _ day: Int?) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    guard let names = Self.months[language], names.indices.contains(month - 1) else {
      return "\(year)-\(padded(month))" + (day.map { "-\(padded($0))" } ?? "")
    }
    let name = names[month - 1]
    guard let day else {
      return ["es", "pt"].contains(language) ? "\(name) de \(year)" : "\(name) \(year)"
    }
    return switch language {
    case "en" where isAmerican: "\(name) \(day), \(year)"
    case "de", "da", "nb", "no", "fi": "\(day). \(name) \(year)"
    case "fr" where day == 1: "1er \(name) \(year)"
    case "it" where day == 1: "1º \(name) \(year)"
    case "es", "pt": "\(day) de \(name) de \(year)"
    default: "\(day) \(name) \(year)"
    }
  }

  private static let months: [String: [Substring]] = [
    "en": words(
      "January February March April May June July August September October November December"
    ),
    "de": words(
      "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    ),
    "fr": words(
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
    "es": words(
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "it": words(
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    ),
    "nl": words(
      "januari februari maart april mei juni juli augustus september oktober november december"
    ),
    "pt": words(
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    ),
    "sv": words(
      "januari februari mars april maj juni juli augusti september oktober november december"
    ),
    "da": words(
      "januar februar marts april maj juni juli august september oktober november december"
    ),
    "pl": words(
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
        + "grudnia"
    ),
  ]

  private static func words(_ text: String) -> [Substring] { text.split(separator: " ") }
}
