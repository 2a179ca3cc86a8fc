public import Model

/// What of a contact is said otherwise, out of a few lines of text.
///
///     email: ada@example.org
///     address: 12 New Street
///       10115 Berlin
///
/// A line that begins with a space goes on with the one above. A field with nothing behind it is taken
/// away. Errors name the line and quote nothing.
public enum ContactSheet {
  /// Why lines are no contact.
  public struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// What is wrong with it.
    public var reason: String

    /// Where and what.
    public var description: String { "line \(line): \(reason)" }
  }

  /// Reads the lines.
  ///
  /// - Throws: `Unreadable` for a field that a contact does not have, or has twice, and for values that
  ///   cannot stand in it.
  public static func read(_ text: String) throws(Unreadable) -> ContactEdit {
    var values: [String: (line: Int, text: String)] = [:]
    var last: String?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      func wrong(_ reason: String) -> Unreadable { Unreadable(line: index + 1, reason: reason) }
      if line.allSatisfy(\.isWhitespace) { continue }
      if line.first == " " || line.first == "\t" {
        guard let name = last, let value = values[name] else {
          throw wrong("it goes on with a line that is not there")
        }
        values[name] = (value.line, "\(value.text)\n\(trimmed(line))")
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = trimmed(parts[0]).lowercased()
      guard parts.count == 2, ["name", "email", "phone", "address"].contains(name) else {
        throw wrong("write name:, email:, phone: or address: and what it is")
      }
      guard values[name] == nil else { throw wrong("\(name) stands there twice") }
      values[name] = (index + 1, trimmed(parts[1]))
      last = name
    }
    for (name, limit) in [("name", 400), ("email", 254), ("phone", 40), ("address", 2000)] {
      guard let value = values[name] else { continue }
      var text = value.text
      let reason = text.withUTF8 { bytes -> String? in
        let bytes = UnsafeRawBufferPointer(bytes)
        if let problem = RecipientCell.problem(bytes, limit: limit) { return problem }
        switch name {
        case "email": return RecipientCell.emailProblem(bytes)
        case "phone": return RecipientCell.phoneProblem(bytes)
        default: return nil
        }
      }
      if let reason { throw Unreadable(line: value.line, reason: reason) }
    }
    return ContactEdit(
      name: values["name"]?.text,
      email: values["email"]?.text,
      phone: values["phone"]?.text,
      address: values["address"]?.text
    )
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
