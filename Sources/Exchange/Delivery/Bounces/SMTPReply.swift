internal import Model

/// What a server said when it refused a mail, found in text: reply code, status, and at which step.
struct SMTPReply {
  /// The step of the conversation (RFC 5321, 4.1.1) that the refusal answered.
  enum Step { case connection, sender, recipient, content }

  /// The reply code, 400 to 599.
  var code: Int?
  /// The enhanced status code.
  var status: MailStatus?
  /// The step; nil where the text does not tell.
  var step: Step?

  /// Looks through text; the first code and the first status count.
  init(_ whole: MailBytes) {
    let text = whole.prefix(16 << 10)
    var index = text.startIndex
    var isFresh = true
    while index < text.endIndex, code == nil || status == nil {
      let byte = text[index]
      guard isFresh, byte == 50 || byte == 52 || byte == 53 else {
        isFresh = !(byte.isDigit || byte.isLetter || byte == 46 || byte == 45 || byte == 95)
        // A code may follow the closing of an address or a host name without a blank.
        index += 1
        continue
      }
      if status == nil, let (found, end) = SMTPReply.status(text, at: index) {
        if found.kind != 2 { status = found }
        index = end
      } else if code == nil, let found = SMTPReply.code(text, at: index) {
        code = found
        index += 3
        // "550-5.1.1": the status may stand right behind the dash.
        isFresh = true
        if index < text.endIndex, text[index] == 45 { index += 1 }
        continue
      } else {
        index += 1
      }
      isFresh = false
    }
    step = SMTPReply.step(text)
  }

  /// A status that begins at an index, and where it ends; not a piece of an address or a version.
  static func status(_ text: MailBytes, at start: Int) -> (MailStatus, end: Int)? {
    var numbers: [Int] = []
    var index = start
    while numbers.count < 3 {
      var (number, digits) = (0, 0)
      while index < text.endIndex, text[index].isDigit, digits < 4 {
        number = number * 10 + Int(text[index] - 48)
        (index, digits) = (index + 1, digits + 1)
      }
      guard 1...3 ~= digits, digits == 1 || !numbers.isEmpty else { return nil }
      numbers.append(number)
      if numbers.count < 3 {
        guard index < text.endIndex, text[index] == 46 else { return nil }
        index += 1
      }
    }
    if index < text.endIndex {
      let next = text[index]
      if next.isDigit || next.isLetter || next == 95 { return nil }
      if next == 46 || next == 45, index + 1 < text.endIndex, text[index + 1].isDigit { return nil }
    }
    return MailStatus(numbers[0], numbers[1], numbers[2]).map { ($0, index) }
  }

  private static func code(_ text: MailBytes, at start: Int) -> Int? {
    let end = start + 3
    guard end <= text.endIndex, text[start] != 50, text[start..<end].allSatisfy(\.isDigit) else {
      return nil
    }
    let value = text[start..<end].reduce(0) { $0 * 10 + Int($1 - 48) }
    // The second digit is one of RFC 5321's kinds, or 7 as some hosts have it.
    guard 400...599 ~= value, (value / 10) % 10 <= 7 else { return nil }
    guard end < text.endIndex else { return value }
    let next = text[end]
    if next.isLetter || next.isDigit || next == 95 || next == 47 || next == 37 { return nil }
    if next == 46 || next == 58 || next == 44, end + 1 < text.endIndex, text[end + 1].isDigit {
      // An address, a time, a number; "550:5.1.1" has a status there.
      return next == 58 && status(text, at: end + 1) != nil ? value : nil
    }
    let word = text[end...].drop { $0 == 32 }.prefix { $0.isLetter }
    return SMTPReply.isUnit(word) ? nil : value
  }

  /// Whether a word makes the number before it an amount: `432 seconds`.
  private static func isUnit(_ word: MailBytes) -> Bool {
    guard let first = word.first, word.count > 1 else { return false }
    switch first.lowered {
    case 98: return word.begins(with: "byte")
    case 97: return word.begins(with: "attempt")
    case 100: return word.begins(with: "day")
    case 104: return word.begins(with: "hour")
    case 107: return word.count == 2 && word.begins(with: "kb")
    case 109:
      return word.begins(with: "minute") || word.begins(with: "messages")
        || (word.count == 2 && word.begins(with: "mb"))
    case 114: return word.begins(with: "recipients")
    case 115: return word.begins(with: "second")
    default: return false
    }
  }

  private static let steps: [(Step, [[UInt8]])] = [
    (
      .content,
      [
        "in reply to end of data", "in reply to data", "after end of data", "our final data",
        "failed after i sent the message", "after sending the message", "body of message generated",
      ]
    ),
    (
      .sender,
      [
        "in reply to mail from", "after mail from", "our mail from", "sender was rejected",
        "[mail_from]",
      ]
    ),
    (
      .connection,
      [
        "refused to talk to me", "after initial connection", "in reply to helo",
        "in reply to ehlo", "my name was rejected", "after helo", "after ehlo", "our ehlo",
      ]
    ),
    (
      .recipient,
      [
        "in reply to rcpt", "after rcpt to", "our rcpt to", "does not like recipient", "[rcpt_to]",
      ]
    ),
  ].map { step, phrases in (step, phrases.map { Array($0.utf8) }) }

  private static func step(_ text: MailBytes) -> Step? {
    let plain = PlainWords.folded(text)[...]
    return steps.first { $0.1.contains { plain.first($0) != nil } }?.0
  }
}
