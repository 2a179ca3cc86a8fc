/// Cells that a spreadsheet would run, made inert, and back.
///
/// A cell that begins with one of `= + - @ | %`, a tab, a line break, their full-width forms or
/// `sep=`, also behind spaces and invisible characters, gets a quote mark in front (OWASP, "CSV
/// Injection"; ASVS 5.0 1.2.10). Plain numbers stay as they are. `restored` is the exact inverse.
public enum CSVCell {
  /// The cell as an export writes it.
  ///
  /// Some spreadsheets split at semicolons and tabs whatever quotes stand around them: what would be run
  /// behind one gets a quote mark in front as well.
  public static func neutralised(_ text: String) -> String {
    let inner = hasSeparator(text) ? parts(of: text) { isFormula($0) ? "'" + $0 : $0 } : text
    return isActive(inner) ? "'" + inner : inner
  }

  /// The cell as it was before `neutralised`.
  public static func restored(_ text: String) -> String {
    let inner =
      text.unicodeScalars.first == "'" && isActive(text)
      ? String(text.unicodeScalars.dropFirst()) : text
    guard hasSeparator(inner) else { return inner }
    return parts(of: inner) { part in
      part.unicodeScalars.first == "'" && isFormula(part)
        ? String(part.unicodeScalars.dropFirst()) : part
    }
  }

  private static func hasSeparator(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\t") }
  }

  /// A cell with each part behind a separator turned into another; the first part stays.
  private static func parts(of text: String, _ turn: (String) -> String) -> String {
    var (out, part, isFirst) = (String.UnicodeScalarView(), String.UnicodeScalarView(), true)
    func end() {
      out.append(contentsOf: isFirst ? part : turn(String(part)).unicodeScalars)
      (part, isFirst) = (String.UnicodeScalarView(), false)
    }
    for scalar in text.unicodeScalars {
      if scalar == ";" || scalar == "\t" {
        end()
        out.append(scalar)
      } else {
        part.append(scalar)
      }
    }
    end()
    return String(out)
  }

  /// Whether a part of a cell, or one whose quote marks in front were taken away, would be run.
  private static func isFormula(_ part: String) -> Bool {
    let rest = part.unicodeScalars.drop { $0 == "'" }
    let visible = rest.drop { scalar in
      scalar.properties.isWhitespace || scalar.value < 32 || scalar.value == 127
        || scalar.properties.generalCategory == .format
    }
    guard let first = visible.first, "=+-@|%＝＋－＠｜％".unicodeScalars.contains(first) else {
      return false
    }
    return !isNumber(rest)
  }

  /// Whether a cell, or one whose quote marks in front were taken away, would be run.
  private static func isActive(_ text: String) -> Bool {
    let rest = text.unicodeScalars.drop { $0 == "'" }
    var breaksOut = false
    let visible = rest.drop { scalar in
      if scalar == "\t" || scalar == "\r" || scalar == "\n" || scalar == "\0" { breaksOut = true }
      return scalar.properties.isWhitespace || scalar.value < 32 || scalar.value == 127
        || scalar.properties.generalCategory == .format
    }
    if breaksOut { return true }
    guard let first = visible.first else { return false }
    if "=+-@|%＝＋－＠｜％".unicodeScalars.contains(first) { return !isNumber(rest) }
    return String(visible.prefix(4)).lowercased() == "sep="
  }

  /// A sign, digits and at most one point: what no spreadsheet takes for a formula.
  private static func isNumber(_ text: Substring.UnicodeScalarView) -> Bool {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    var points = 0
    for scalar in digits {
      if scalar == "." { points += 1 } else if !("0"..."9").contains(scalar) { return false }
    }
    return points <= 1 && digits.first != "." && digits.last != "." && !digits.isEmpty
  }
}

/// Rows of a CSV file, written as RFC 4180 says: CRLF, quotes where they are needed.
public struct CSVWriter: Sendable {
  /// Whether formulas are left as they are; only for files that no spreadsheet opens.
  public var isRaw: Bool

  /// Makes a writer.
  public init(isRaw: Bool = false) { self.isRaw = isRaw }

  /// A row with its line end.
  ///
  /// Cells that hold a comma, semicolon, tab, quote or line break stand in quotes, as does every
  /// cell that was neutralised, so that no dialect splits them.
  public func row(_ cells: [String]) -> String {
    let written = cells.map { text -> String in
      if Self.isPlain(text) { return text }
      let cell = isRaw ? text : CSVCell.neutralised(text)
      let isOdd = cell.unicodeScalars.contains { ",;\t\"\r\n".unicodeScalars.contains($0) }
      guard isOdd || cell.utf8.count != text.utf8.count || (cells.count == 1 && cell.isEmpty) else {
        return cell
      }
      let doubled = cell.unicodeScalars.reduce(into: "") { out, scalar in
        if scalar == "\"" { out.unicodeScalars.append("\"") }
        out.unicodeScalars.append(scalar)
      }
      return "\"\(doubled)\""
    }
    return written.joined(separator: ",") + "\r\n"
  }

  /// Whether a cell stands as it is in every dialect: begins with an ASCII letter or digit and has
  /// nothing but these and marks that mean nothing.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first) else { return false }
    return text.utf8.allSatisfy { byte in
      isLetterOrDigit(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "@")
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte | 0x20)
  }
}
