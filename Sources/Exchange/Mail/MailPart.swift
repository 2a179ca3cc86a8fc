/// A message or a part of one (RFC 2046): header fields, and a body or parts.
struct MailPart: Sendable {
  let headers: MailHeaders
  let type: MailType
  /// The body as it stands.
  let body: MailBytes
  /// The parts of a multipart body; empty for anything else, and where its boundary is never met.
  private(set) var parts: [MailPart] = []
  private let limits: MailLimits

  /// Reads a message, which is never refused: what is broken is read as far as it goes.
  init(_ bytes: MailBytes, limits: MailLimits = MailLimits()) {
    var left = limits.maximumParts
    self.init(bytes, limits: limits, depth: 0, left: &left)
  }

  private init(
    _ bytes: MailBytes,
    limits: MailLimits,
    depth: Int,
    left: inout Int,
    isDigest: Bool = false
  ) {
    self.limits = limits
    headers = MailHeaders(bytes, limits: limits)
    body = bytes[headers.end...]
    var type = headers.bytes("content-type").map { MailType($0) } ?? MailType()
    if isDigest, !headers.has("content-type") { type.name = "message/rfc822" }
    self.type = type
    guard type.isMultipart, depth < limits.maximumDepth,
      let boundary = type.parameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 200
    else { return }
    for piece in MailPart.split(body, at: boundary, most: left) {
      guard left > 0 else { break }
      left -= 1
      let part = MailPart(
        piece,
        limits: limits,
        depth: depth + 1,
        left: &left,
        isDigest: type.name == "multipart/digest"
      )
      parts.append(part)
    }
  }

  /// The pieces between delimiter lines; what stands before the first and behind the last is none.
  private static func split(_ body: MailBytes, at boundary: String, most: Int) -> [MailBytes] {
    // Blanks at the end of a boundary are never its own (RFC 2046, 5.1.1).
    let delimiter = Array("--".utf8) + boundary.mailBytes.trimmed
    var pieces: [MailBytes] = []
    var (begin, search): (Int?, Int) = (nil, body.startIndex)
    while pieces.count <= most, let found = body.first(delimiter, from: search) {
      search = found + 1
      guard found == body.startIndex || body[found - 1] == 10 else { continue }
      let end = body.next(10, from: found)
      let rest = body[(found + delimiter.count)..<end]
      let isClosing = rest.starts(with: [45, 45])
      guard (isClosing ? rest.dropFirst(2) : rest).allSatisfy(\.isMailSpace) else { continue }
      if let begin { pieces.append(body[begin..<max(begin, found - 1)]) }
      begin = isClosing ? nil : min(end + 1, body.endIndex)
      if isClosing { break }
      search = end
    }
    // A message that was cut off has no closing line.
    if let begin, pieces.count < most { pieces.append(body[begin...]) }
    return pieces
  }

  /// The body's bytes as they were meant.
  var content: MailBytes {
    TransferEncoding(headers.bytes("content-transfer-encoding")).decode(body)
  }

  /// The beginning of the body as text.
  var text: String {
    let encoding = TransferEncoding(headers.bytes("content-transfer-encoding"))
    let bytes = encoding.decode(body.prefix(limits.maximumText))
    let text = MailCharset.text(bytes, type.parameters["charset"])
    return type.name == "text/html" ? HTMLText.plain(text) : text
  }

  /// The message that this part encloses.
  var enclosed: MailPart { MailPart(content, limits: limits) }

  /// The header fields that this part encloses.
  var enclosedHeaders: MailHeaders { MailHeaders(content, limits: limits) }

  /// This part and all in it, from the first to the last; not those of enclosed messages.
  var all: [MailPart] { [self] + parts.flatMap(\.all) }
}
