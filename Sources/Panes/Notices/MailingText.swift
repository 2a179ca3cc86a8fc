import Drawing
import Model

/// What is known of a mailing, in lines.
enum MailingText {
  /// As many of some words as a width holds, and how many there are besides.
  static func fitting(_ words: [String], columns: Int) -> String {
    var shown = words
    while shown.count > 1 {
      let more = words.count - shown.count
      let text = shown.joined(separator: ", ") + (more > 0 ? " +\(more)" : "")
      if Text.width(of: Line(text)) <= columns { return text }
      shown.removeLast()
    }
    let more = words.count - shown.count
    return shown.joined() + (more > 0 ? " +\(more)" : "")
  }

  /// Duties, channels, and until when its recipients are kept, in lines of a width.
  static func facts(_ mailing: Mailing, columns: Int) -> [Line] {
    let facts = mailing.facts
    func label(_ text: String) -> Span { Span(text, .textMuted) }
    var kept = [
      label("kept until  "), facts.keepUntil.map { Span($0.plain) } ?? Span("not said", .warning),
    ]
    if let erasedAt = mailing.erasedAt {
      kept = [label("erased      "), Span("\(Look.minute(erasedAt)) UTC", .stateClosed)]
    }
    if mailing.isHeld { kept.append(Span("  ! held after a restore: x k", .danger, .bold)) }
    if mailing.hasUnfinishedImport {
      kept.append(Span("  ! an import runs, or broke off", .warning, .bold))
    }
    return [
      Line([
        label("fulfils     "),
        facts.obligations.isEmpty
          ? Span("no duty named", .warning)
          : Span(fitting(facts.obligations, columns: columns - 12)),
      ]),
      Line([
        label("channels    "), Span(facts.channels.map(\.label).joined(separator: ", then ")),
      ]),
      Line(kept),
    ]
  }
}
