/// Addresses in the text of a mail: `local@domain`, as they stand between other words.
enum MailAddresses {
  /// An address, with where it stands in its line.
  struct Found {
    var address: String
    /// Its bytes, with the angle brackets around it.
    var range: Range<Int>
  }

  /// The addresses in a field or a line, from left to right; 100 at most.
  static func find(in line: MailBytes) -> [Found] {
    var found: [Found] = []
    var search = line.startIndex
    while found.count < 100 {
      let at = line.next(64, from: search)
      guard at < line.endIndex else { break }
      search = at + 1
      guard let one = address(line, at: at, from: found.last?.range.upperBound ?? line.startIndex)
      else { continue }
      search = max(search, one.range.upperBound)
      found.append(one)
    }
    return found
  }

  /// The addresses of fields such as To, none twice.
  static func list(_ fields: [MailBytes], most: Int) -> [String] {
    var list: [String] = []
    for field in fields {
      for found in find(in: field.prefix(16 << 10)) where list.count < most {
        if !list.contains(found.address) { list.append(found.address) }
      }
    }
    return list
  }

  private static func address(_ line: MailBytes, at: Int, from first: Int) -> Found? {
    let isBracketed = bracket(line, before: at, from: first)
    var start = at
    if start > first, line[start - 1] == 34 {
      // A quoted local part.
      start -= 1
      while start > first, line[start - 1] != 34 || (start - 2 >= first && line[start - 2] == 92) {
        start -= 1
      }
      guard start > first else { return nil }
      start -= 1
    } else {
      while start > first, isLocal(line[start - 1], isBracketed) { start -= 1 }
      // Quotes and dashes of the text around it.
      while start < at, [39, 45, 61, 42].contains(line[start]) { start += 1 }
    }
    var end = at + 1
    if end < line.endIndex, line[end] == 91 {
      end = min(line.next(93, from: end) + 1, line.endIndex)
      guard end - at < 70, line[end - 1] == 93 else { return nil }
    } else {
      while end < line.endIndex, isDomain(line[end], isBracketed) { end += 1 }
      while end > at + 1, line[end - 1] == 46 || line[end - 1] == 45 { end -= 1 }
    }
    guard start < at, end > at + 1, end - start <= 320 else { return nil }
    var range = start..<end
    if start > line.startIndex, line[start - 1] == 60, end < line.endIndex, line[end] == 62 {
      range = (start - 1)..<(end + 1)
    }
    return Found(address: line[start..<end].text, range: range)
  }

  /// Whether an address stands in angle brackets; only there may it go beyond ASCII.
  private static func bracket(_ line: MailBytes, before at: Int, from first: Int) -> Bool {
    var index = at
    while index > first, at - index < 80 {
      index -= 1
      if line[index] == 60 { return true }
      if line[index] == 62 || line[index].isMailSpace { return false }
    }
    return false
  }

  private static func isLocal(_ byte: UInt8, _ isBracketed: Bool) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    // ! # $ % & ' * + - . / = ? ^ _ ` { | } ~
    case 33, 35...39, 42, 43, 45...47, 61, 63, 94...96, 123...126: true
    case 0x80...: isBracketed
    default: false
    }
  }

  private static func isDomain(_ byte: UInt8, _ isBracketed: Bool) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95: true
    case 0x80...: isBracketed
    default: false
    }
  }
}
