internal import GRDB
internal import Model

/// Whether an officer's reason names people: reasons stay in the journal for ever, also when the contacts
/// were erased.
enum ReasonCheck {
  /// A customer number shorter than this is taken for a plain number: a day, a contract's clause.
  private static let leastReference = 5
  /// So many words are looked up at most; a reason is a sentence.
  private static let most = 400
  /// So many people named by number are compared word by word.
  private static let mostPeople = 100

  /// Refuses a reason that holds the e-mail address, telephone number or reference of a recipient of the
  /// mailing, or the name of one whom it is about.
  ///
  /// - Parameters:
  ///   - reason: What was typed.
  ///   - mailing: The mailing.
  ///   - numbers: Whom it is about, by number.
  ///   - keys: Where the key lies; without it nothing can be looked up, and nothing is said.
  ///   - db: The store.
  /// - Throws: `StoreError.refused`; it does not repeat what it found.
  static func refuse(
    _ reason: String,
    of mailing: RecordID,
    _ numbers: [Int64],
    _ keys: KeyFolder,
    in db: Database
  ) throws {
    guard reason.contains(where: { !$0.isWhitespace }),
      var reader = try? LedgerReader(mailing, keys, in: db), reader.key != nil
    else { return }
    reader.isRevealed = true
    for (kind, value) in values(in: reason) where try !reader.find(kind, value).isEmpty {
      throw refusal("the \(kind.label) of a recipient of \(reader.mailing.reference)")
    }
    let ids = numbers.prefix(mostPeople).filter { (1...0xFFFF_FFFF).contains($0) }
      .map { LedgerID.recipient(mailing, $0) }
    guard !ids.isEmpty else { return }
    let said = reason.lowercased()
    for person in try reader.recipients(ids) {
      guard let name = person.contact?.name, name.count > 3, said.contains(name.lowercased()) else {
        continue
      }
      throw refusal("the name of recipient \(person.number) of \(reader.mailing.reference)")
    }
  }

  private static func refusal(_ what: String) -> StoreError {
    .refused(
      "the reason holds \(what); reasons stay in the journal when the contacts are erased: name people "
        + "by their number in the mailing"
    )
  }

  /// What of a text could be a contact.
  static func values(in text: String) -> [(kind: ContactKey, value: String)] {
    var found: [(kind: ContactKey, value: String)] = []
    let words = text.split { $0.isWhitespace || "<>[]{}\"',;".contains($0) }.prefix(most)
    for word in words {
      let bare = trimmed(word)
      if bare.contains("@") { found.append((.email, bare)) }
      let hasDigit = bare.contains { ("0"..."9").contains($0) }
      if hasDigit, bare.count >= leastReference { found.append((.reference, bare)) }
    }
    // A number may be written in groups: each run of them, and each part of a run, is looked up.
    var run: [Substring] = []
    func look() {
      for start in run.indices {
        for end in start..<min(run.count, start + 6) {
          let value = run[start...end].joined(separator: " ")
          let digits = value.filter { ("0"..."9").contains($0) }.count
          if (5...20).contains(digits) { found.append((.phone, value)) }
        }
      }
      run = []
    }
    for word in words {
      if word.allSatisfy({ "0123456789+()/-.:".contains($0) }) { run.append(word) } else { look() }
    }
    look()
    return found
  }

  /// A word without the signs that close a sentence or surround it.
  private static func trimmed(_ word: Substring) -> String {
    let isSign: (Character) -> Bool = { ".:!?()".contains($0) }
    let start = word.drop(while: isSign)
    return String(start.reversed().drop(while: isSign).reversed())
  }
}
