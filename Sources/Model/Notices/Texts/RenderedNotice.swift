/// A text as one person gets it.
public struct RenderedNotice: Hashable, Sendable {
  /// What it is about, on one line.
  public var subject: String
  /// The text, its lines ended by newlines.
  public var plain: String
  /// The same as a whole HTML document.
  public var html: String

  /// Makes a rendered notice.
  public init(subject: String, plain: String, html: String) {
    (self.subject, self.plain, self.html) = (subject, plain, html)
  }

  /// SHA-256 over what the person gets, in hexadecimal.
  public var digest: String {
    var out = Bytes(tag: "tocsin.notice.rendered.1")
    out.append(subject)
    out.append(plain)
    out.append(html)
    return Digest.sha256(out.bytes)
  }
}

/// Why a text cannot be rendered; quotes no value.
public struct UnfitNotice: Error, Hashable, Sendable, CustomStringConvertible {
  /// Each thing that is wrong, with its line.
  public var problems: [NoticeProblem]

  /// Makes an error.
  public init(_ problems: [NoticeProblem]) { self.problems = problems }

  /// What is wrong, in one line.
  public var description: String { problems.map(\.description).joined(separator: "; ") }
}

/// One thing that is wrong with a text.
public struct NoticeProblem: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The line of the body, from 1; 0 is the subject, nil is the whole.
  public var line: Int?
  /// What is wrong; may quote the template, never a value.
  public var reason: String

  /// Makes a problem.
  public init(line: Int? = nil, _ reason: String) { (self.line, self.reason) = (line, reason) }

  /// Where and what.
  public var description: String {
    switch line {
    case nil: reason
    case 0?: "subject: \(reason)"
    case let line?: "line \(line): \(reason)"
    }
  }
}
