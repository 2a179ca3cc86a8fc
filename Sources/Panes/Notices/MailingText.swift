import Drawing
import Model

/// What is known of a mailing, in lines.
enum MailingText {
  /// Duties, channels, and until when its recipients are kept.
  static func facts(_ mailing: Mailing) -> [Line] {
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
          ? Span("no duty named", .warning) : Span(facts.obligations.joined(separator: ", ")),
      ]),
      Line([
        label("channels    "), Span(facts.channels.map(\.label).joined(separator: ", then ")),
      ]),
      Line(kept),
    ]
  }
}
