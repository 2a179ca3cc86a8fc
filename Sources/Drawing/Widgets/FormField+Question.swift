extension FormField {
  /// Makes a field for one of some options that follow from what else the form holds.
  ///
  /// - Parameters:
  ///   - id: Names the field in the form's values.
  ///   - label: What it asks for.
  ///   - value: The value of the option chosen at first; the first option where it is none of them.
  ///   - help: One line on what to choose.
  ///   - offer: The options by the values of the fields; those above it are right already.
  /// - Returns: The field.
  public static func choice(
    _ id: String,
    label: String,
    value: String = "",
    help: String = "",
    offer: @escaping Offer
  ) -> FormField {
    FormField(id, label, help, false, [], nil, .choice(0), wanted: value, offer: offer)
  }

  /// Makes a field for a question that must be answered: its choices are all shown while it has the
  /// cursor, with what they mean, and none is chosen for the officer.
  ///
  /// - Parameters:
  ///   - id: Names the field in the form's values.
  ///   - label: What it is about.
  ///   - question: What it asks, as a sentence.
  ///   - value: The answer that is put in; empty for none.
  ///   - note: What that answer came from; empty where an officer gave it.
  ///   - offer: The choices by the values of the fields; those above it are right already.
  /// - Returns: The field.
  public static func question(
    _ id: String,
    label: String,
    question: String,
    value: String = "",
    note: String = "",
    offer: @escaping Offer
  ) -> FormField {
    FormField(
      id,
      label,
      question,
      true,
      [],
      nil,
      .question(nil, cursor: 0),
      note: note,
      wanted: value,
      offer: offer
    )
  }

  /// Whether it is a question that is to be answered.
  var isQuestion: Bool { if case .question = content { true } else { false } }

  /// What is shown below the form while the field has the cursor: what it asks, and what the option
  /// under the cursor means.
  var guidance: [Line] {
    guard case .question(let chosen, let cursor) = content else {
      return [Line(help, .textMuted)]
    }
    var lines = [Line(help, .textStrong)]
    if options.indices.contains(cursor) {
      lines.append(Line([Span(options[cursor].meaning)]))
      if chosen == cursor, let source { lines.append(Line([Span(source, .textMuted)])) }
    } else {
      lines.append(Line("It waits for an answer above.", .textMuted))
    }
    return lines
  }

  /// Where the present answer came from; nil where an officer gave it.
  var source: Untrusted? {
    note.isEmpty || isChanged || value.isEmpty ? nil : Untrusted("from \(note)")
  }

  /// The answer in a line, for while the cursor is elsewhere.
  var answerLine: Line {
    guard case .question(let chosen?, _) = content, options.indices.contains(chosen) else {
      return Line(options.isEmpty ? "waits for an answer above" : "not answered", .textMuted)
    }
    let option = options[chosen]
    var spans = [Span(Untrusted(option.label))]
    if !option.mark.isEmpty { spans.append(Span("  \(option.mark)", .textMuted)) }
    if let source { spans += [Span("  "), Span(source, .textMuted)] }
    return Line(spans)
  }
}
