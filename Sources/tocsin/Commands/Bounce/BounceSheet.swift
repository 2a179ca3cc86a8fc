internal import Exchange
internal import Model

/// Verdicts on their way out, one by one: as a table for a person or as JSON for a script.
struct BounceSheet {
  private let isJSON: Bool
  private let out: Output
  private var counts: [BounceKind: Int] = [:]
  private var total = 0

  private static let table = Table([
    Table.Column(title: "KIND", width: 12),
    Table.Column(title: "HARD", width: 4),
    Table.Column(title: "STATUS", width: 7),
    Table.Column(title: "CODE", width: 4),
    Table.Column(title: "REASON", width: 18),
    Table.Column(title: "RECIPIENT", width: 28),
    Table.Column(title: "FILE", width: 10),
  ])

  /// Makes a sheet without verdicts.
  init(isJSON: Bool, out: Output) { (self.isJSON, self.out) = (isJSON, out) }

  /// Writes a verdict.
  mutating func take(_ verdict: BounceVerdict, of message: MailText, in file: String) throws {
    if isJSON {
      try out.bytes(total == 0 ? "[\n  ".utf8 : ",\n  ".utf8)
      try out.bytes(BounceSheet.json(verdict, of: message, in: file).written().utf8)
    } else {
      if total == 0 { try out.row(BounceSheet.table.header) }
      for row in BounceSheet.rows(verdict, of: message, in: file) {
        try out.row(BounceSheet.table.row(row))
      }
    }
    total += 1
    counts[verdict.kind, default: 0] += 1
  }

  /// Ends the document, and says how many there were of each kind.
  func finish() throws {
    if isJSON { try out.bytes(total == 0 ? "[]\n".utf8 : "\n]\n".utf8) }
    var parts: [Words] = []
    for kind in BounceKind.allCases {
      if let count = counts[kind] { parts.append("\(Words(kind.label)) \(count)") }
    }
    guard total > 0 else { return out.note("no mail in it") }
    let mails: Words = total == 1 ? "mail" : "mails"
    out.note("\(total) \(mails): \(parts.joined(by: ", "))")
  }

  private static func rows(
    _ verdict: BounceVerdict,
    of message: MailText,
    in file: String
  ) -> [[Words]] {
    let place: Words = message.number == 1 ? "\(file)" : "\(file):\(message.number)"
    guard !verdict.recipients.isEmpty else {
      return [["\(Words(verdict.kind.label))", "-", "-", "-", "-", "-", place]]
    }
    return verdict.recipients.map { recipient in
      let kind = recipient.action.map { verdict.kind == .bounce && $0 != .failed } ?? false
      return [
        kind ? "\(Words(recipient.action?.label ?? ""))" : "\(Words(verdict.kind.label))",
        recipient.isHard.map { $0 ? "yes" : "no" } ?? "-",
        recipient.tellingStatus.map { "\($0)" } ?? "-",
        recipient.replyCode.map { "\($0)" } ?? "-",
        "\(Words(verdict.feedbackType ?? recipient.reason.label))", "\(recipient.address)", place,
      ]
    }
  }

  private static func json(
    _ verdict: BounceVerdict,
    of message: MailText,
    in file: String
  ) -> JSON {
    .members([
      "file": .string(file), "message": .count(message.number),
      "kind": .string(verdict.kind.rawValue),
      "recipients": .array(verdict.recipients.map(json)),
      "feedbackType": .optional(verdict.feedbackType),
      "reportingHost": .optional(verdict.reportingHost),
      "returnPaths": .texts(verdict.returnPaths),
      "originalMessageId": .optional(verdict.originalMessageID),
      "originalEnvelopeId": .optional(verdict.originalEnvelopeID),
      "originalTo": .texts(verdict.originalTo),
    ])
  }

  private static func json(_ recipient: BounceRecipient) -> JSON {
    .members([
      "address": .string(recipient.address),
      "status": .optional(recipient.status?.description),
      "replyCode": recipient.replyCode.map { .count($0) } ?? .null,
      "reason": .string(recipient.reason.rawValue),
      "hard": recipient.isHard.map { .bool($0) } ?? .null,
      "action": .optional(recipient.action?.rawValue),
      "originalAddress": .optional(recipient.originalAddress),
      "replyStatus": .optional(recipient.replyStatus?.description),
      "remoteHost": .optional(recipient.remoteHost),
      "diagnosticType": .optional(recipient.diagnosticType),
      "diagnostic": .optional(recipient.diagnostic),
    ])
  }
}

extension JSON {
  /// A text, or null where there is none.
  fileprivate static func optional(_ text: String?) -> JSON {
    guard let text, !text.isEmpty else { return .null }
    return .string(text)
  }
}
