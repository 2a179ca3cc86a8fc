internal import Crypto
internal import Model

extension MailingKey {
  /// The tag that names a recipient, for a return path or, with a step, for a Message-ID.
  func tag(for number: Int64, step: Int64? = nil) -> ReturnTag {
    var tag = ReturnTag(mailing: mailing, number: number, step: step, check: "")
    tag.check = check(of: tag)
    return tag
  }

  /// Whether a tag was made under this key.
  func proves(_ tag: ReturnTag) -> Bool {
    // Compared in constant time: whoever sends forged bounces learns nothing from how long it takes.
    let (left, right) = (Array(check(of: tag).utf8), Array(tag.check.utf8))
    guard left.count == right.count, tag.mailing == mailing else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func check(of tag: ReturnTag) -> String {
    var code = tagging
    code.update(data: Array(tag.stem.utf8))
    return ReturnTag.check(Array(code.finalize()))
  }
}
