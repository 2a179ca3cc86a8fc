/// Cuts the bytes a program sends to a terminal into tokens, and is strict about it: what is no
/// complete, well-formed sequence is `invalid`.
public struct OutputTokenizer: Sendable {
  /// One piece of output.
  public enum Token: Hashable, Sendable {
    case text(Unicode.Scalar)
    /// A control character other than ESC.
    case control(UInt8)
    /// `ESC [ prefix parameters intermediates final`.
    case sequence(prefix: Character?, parameters: [Int], intermediates: String, final: Character)
    /// `ESC intermediates final`.
    case escape(intermediates: String, final: Character)
    /// `ESC ] text`, ended by BEL or ST.
    case command(String)
    /// `ESC P text ST`.
    case device(String)
    case invalid([UInt8])
  }

  private var pending: [UInt8] = []

  /// Makes a tokenizer that has seen nothing.
  public init() {}

  /// Bytes that are no whole token yet.
  public var unfinished: [UInt8] { pending }

  /// Takes bytes and gives the tokens that are complete.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Token] {
    pending += bytes
    var tokens: [Token] = []
    var index = 0
    while index < pending.count, let (token, length) = token(at: index) {
      tokens.append(token)
      index += length
    }
    pending.removeFirst(index)
    return tokens
  }

  private func token(at start: Int) -> (Token, Int)? {
    let byte = pending[start]
    switch byte {
    case 0x1B: return escape(at: start)
    case 0x00..<0x20, 0x7F: return (.control(byte), 1)
    case 0x20..<0x7F: return (.text(Unicode.Scalar(byte)), 1)
    default: return scalar(at: start)
    }
  }

  private func scalar(at start: Int) -> (Token, Int)? {
    let length =
      switch pending[start] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0 else { return (.invalid([pending[start]]), 1) }
    guard start + length <= pending.count else { return nil }
    let text = String(decoding: pending[start..<(start + length)], as: UTF8.self).unicodeScalars
    guard text.count == 1, let scalar = text.first, scalar != "\u{FFFD}" || length == 3 else {
      return (.invalid([pending[start]]), 1)
    }
    return (.text(scalar), length)
  }

  private func escape(at start: Int) -> (Token, Int)? {
    guard start + 1 < pending.count else { return nil }
    switch pending[start + 1] {
    case UInt8(ascii: "["): return sequence(at: start)
    case UInt8(ascii: "]"): return string(at: start).map { (.command($0), $1) }
    case UInt8(ascii: "P"): return string(at: start).map { (.device($0), $1) }
    default: break
    }
    var index = start + 1
    while index < pending.count, (0x20...0x2F).contains(pending[index]) { index += 1 }
    guard index < pending.count else { return nil }
    guard (0x30...0x7E).contains(pending[index]) else {
      return (.invalid(Array(pending[start...index])), index + 1 - start)
    }
    let token = Token.escape(
      intermediates: string(pending[(start + 1)..<index]),
      final: character(pending[index])
    )
    return (token, index + 1 - start)
  }

  private func sequence(at start: Int) -> (Token, Int)? {
    var index = start + 2
    var prefix: Character?
    if index < pending.count, (0x3C...0x3F).contains(pending[index]) {
      prefix = character(pending[index])
      index += 1
    }
    var parameters: [Int] = []
    while index < pending.count, (0x30...0x3B).contains(pending[index]) {
      let byte = pending[index]
      if parameters.isEmpty { parameters = [0] }
      if byte == UInt8(ascii: ";") {
        parameters.append(0)
      } else {
        let digit = Int(byte) - 0x30
        guard digit < 10 else {
          return (.invalid(Array(pending[start...index])), index + 1 - start)
        }
        let last = parameters.count - 1
        parameters[last] = min(parameters[last] * 10 + digit, 1_000_000_000)
      }
      index += 1
    }
    let middle = index
    while index < pending.count, (0x20...0x2F).contains(pending[index]) { index += 1 }
    guard index < pending.count else { return nil }
    guard (0x40...0x7E).contains(pending[index]) else {
      return (.invalid(Array(pending[start...index])), index + 1 - start)
    }
    let token = Token.sequence(
      prefix: prefix,
      parameters: parameters,
      intermediates: string(pending[middle..<index]),
      final: character(pending[index])
    )
    return (token, index + 1 - start)
  }

  /// The text of a string sequence and its whole length; nil while it has no end.
  private func string(at start: Int) -> (String, Int)? {
    var index = start + 2
    while index < pending.count {
      if pending[index] == 0x07 {
        return (string(pending[(start + 2)..<index]), index + 1 - start)
      }
      if pending[index] == 0x1B, index + 1 < pending.count, pending[index + 1] == 0x5C {
        return (string(pending[(start + 2)..<index]), index + 2 - start)
      }
      index += 1
    }
    return nil
  }

  private func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
  private func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }
}
