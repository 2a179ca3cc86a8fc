import Drawing
import Model

/// The forms for a mailing as a whole.
enum MailingForms {
  /// What was typed that cannot be used.
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  /// The duties that are offered: those that tell people, and those that are named already.
  static func offered(
    _ duties: [ObligationRecord],
    _ named: [String],
    _ context: PaneContext
  ) -> [ObligationRecord] {
    guard context.rules != nil else { return duties }
    return NoticeClocks(duties, fulfilling: named, context.rules, now: context.now).records
  }

  /// The fields for what is known of a mailing.
  static func facts(_ facts: MailingFacts, duties: [ObligationRecord]) -> [FormField] {
    let known = Set(duties.map(\.obligation.id))
    let options =
      duties.map { ($0.obligation.id, "\($0.obligation.id), \($0.obligation.state.label)") }
      + facts.obligations.filter { !known.contains($0) }.map { ($0, $0) }
    var fields = [
      FormField.line(
        "name",
        label: "Name",
        value: facts.name,
        help: "One line that says who is told of what",
        isRequired: true
      ),
      FormField.line(
        "channels",
        label: "Channels",
        value: facts.channels.map(\.rawValue).joined(separator: ", "),
        help: "First to last: \(MailingChannel.allCases.map(\.rawValue).joined(separator: ", "))",
        isRequired: true,
        check: { (try? channels($0)) == nil ? "one of these words, or several" : nil }
      ),
      FormField.line(
        "kept",
        label: "Kept until",
        value: facts.keepUntil?.plain ?? "",
        help: "Such as 2027-12-31; from then on they may be erased without another word"
      ),
    ]
    if !options.isEmpty {
      fields.insert(
        FormField.choices(
          "duties",
          label: "Fulfils",
          options: options,
          values: facts.obligations,
          help: "The duties that this mailing fulfils; Space marks"
        ),
        at: 1
      )
    }
    return fields
  }

  /// What the values say of a mailing.
  static func facts(_ values: [String: String], _ context: PaneContext) throws -> MailingFacts {
    func words(_ id: String) -> [String] {
      (values[id] ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        .filter { !$0.isEmpty }
    }
    let kept = values["kept"] ?? ""
    return MailingFacts(
      name: values["name"] ?? "",
      obligations: words("duties"),
      channels: try channels(values["channels"] ?? ""),
      keepUntil: kept.isEmpty
        ? nil : try StatedTime(reading: kept, context.reading, source: context.actor.name)
    )
  }

  private static func channels(_ text: String) throws -> [MailingChannel] {
    try text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map { word in
      guard let channel = MailingChannel(rawValue: word.lowercased()) else {
        throw Unusable(description: "there is no channel \(word)")
      }
      return channel
    }
  }

  // MARK: Recipients

  /// The fields for bringing recipients in.
  static func intake() -> [FormField] {
    [
      FormField.line(
        "path",
        label: "File",
        help: "A CSV file on this host; its first row names the columns",
        isRequired: true
      ),
      FormField.line(
        "columns",
        label: "Columns",
        help: "Where names differ: reference=Customer no, email=Mail",
        check: { IntakeText.pairProblem($0, "field=column, with commas between") }
      ),
      FormField.line(
        "jurisdiction",
        label: "Jurisdiction",
        help: "Of rows that state none, such as EU-DE",
        check: { Jurisdiction.problem(with: $0.uppercased()) }
      ),
      FormField.line("language", label: "Language", help: "Of rows that state none, such as de"),
      IntakeText.badRows,
    ]
  }

  /// The order that the values give.
  static func order(_ values: [String: String], _ mailing: Mailing) -> IntakeOrder {
    func value(_ id: String) -> String? {
      values[id].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
    return IntakeOrder(
      mailing: mailing.id,
      reference: mailing.reference,
      path: value("path") ?? "",
      columns: IntakeText.pairs(value("columns") ?? ""),
      jurisdiction: value("jurisdiction")?.uppercased(),
      language: value("language"),
      skipsBad: values["bad"] == "skip"
    )
  }

  /// What an import did.
  static func lines(_ summary: RecipientImport) -> [Line] {
    func count(_ label: String, _ number: Int, _ role: Role = .text) -> Line {
      Line([Span(label, .textMuted), Span(Look.count(Int64(number)), number == 0 ? .text : role)])
    }
    var lines = [
      count("brought in           ", summary.created, .success),
      count("there already        ", summary.repeated),
      count("shared e-mail        ", summary.sharedEmails),
      count("shared telephone     ", summary.sharedPhones),
      count("rows that are faulty ", summary.refusedCount, .danger),
    ]
    if summary.resumedAt > 0 {
      lines.append(count("in before it went on ", summary.resumedAt))
    }
    if summary.refusedCount > 0, summary.created == 0 {
      lines.append(
        Line("Nobody was brought in: mend the rows, or say that faulty rows be left out.", .warning)
      )
    }
    lines += IntakeText.listed("Faulty rows", summary.refusedCount, summary.refused)
    if !summary.duplicates.isEmpty {
      lines += [Line(""), Line("Duplicates", .heading)]
      lines += summary.duplicates.map { duplicate in
        let earlier = duplicate.earlier.map { "line \($0)" } ?? "somebody who is in already"
        let left = duplicate.kind == .reference ? "; left out" : ""
        return Line("line \(duplicate.line): the same \(duplicate.kind.label) as \(earlier)\(left)")
      }
    }
    return lines
  }

  /// What is asked before a key is destroyed.
  static func erasing(
    _ mailing: Mailing,
    _ outlook: ErasureOutlook.Answer,
    _ context: PaneContext
  ) -> Confirmation<MailingEvent> {
    var lines = [
      Line([
        Span("The key to ", .text), Span(Look.count(Int64(mailing.recipients)), .textStrong, .bold),
        Span(" people is destroyed: nobody can read them any more."),
      ]),
      Line("Counts, states, history and proof stay. Nothing takes it back.", .textMuted),
    ]
    if let until = mailing.facts.keepUntil, until.latest > context.now {
      lines.append(Line("They were to be kept until \(until.plain).", .warning))
    } else if mailing.facts.keepUntil == nil {
      lines.append(Line("Nobody said until when they are to be kept.", .warning))
    }
    if outlook.untold > 0 {
      let count = Look.count(Int64(outlook.untold))
      lines.append(Line("\(count) are not told yet, and never will be.", .danger))
    }
    if outlook.inHand > 0 || outlook.isSending {
      let count = Look.count(Int64(outlook.inHand))
      lines.append(
        Line(
          "\(count) of them are queued or uncertain\(outlook.isSending ? "; a program sends" : "").",
          .danger
        )
      )
    }
    if outlook.needsTwo, !outlook.isOver {
      lines.append(
        outlook.order.map { order in
          order.uid == context.actor.uid
            ? Line("You ordered it; another account must erase them.", .warning)
            : Line([Span("Ordered by "), Span(Untrusted(order.by)), Span("; you are the second.")])
        } ?? Line("This only orders it: a second person must do the same.", .warning)
      )
    }
    return Confirmation(
      title: "\(mailing.reference) · Erase the recipients",
      lines: lines,
      typedWord: mailing.facts.name,
      doLabel: "Erase",
      action: .eraseConfirmed(
        mailing,
        whileTelling: outlook.inHand > 0 || outlook.isSending
      )
    )
  }
}
