internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// What commands have in common that take a file of many rows into a mailing.
extension Session {
  /// What is done with rows, in the words of the progress that is shown.
  struct IntakeWords {
    /// While the file is looked through.
    var checking: Words = "checking"
    /// While its rows are taken.
    var taking: Words
    /// What the rows are.
    var rows: Words = "rows"
  }

  /// Performs a job that reads a file, and shows how far it is; that line goes away however it ends.
  ///
  /// - Parameters:
  ///   - file: The file as it was named; `-` for standard input.
  ///   - words: What is shown meanwhile.
  ///   - store: Where the rows go.
  ///   - job: Makes the job of the input and the folder for a sealed copy of standard input.
  /// - Returns: What the job did.
  /// - Throws: `Refusal` that names the file where it cannot be read; what the store throws.
  func take<J: Job>(
    _ file: String,
    _ words: IntakeWords,
    into store: any Store,
    _ job: (_ input: InputFile, _ spool: String) throws -> J
  ) async throws -> J.Outcome {
    let out = out
    defer { out.progress(nil) }
    let spool = URL(fileURLWithPath: storePath).deletingLastPathComponent().path
    do {
      return try await store.perform(job(InputFile(file), spool), origin: origin) { progress in
        let of: Words = progress.total > 0 ? " of \(progress.total)" : ""
        let what = progress.stage == .checking ? words.checking : words.taking
        out.progress("\(what): \(progress.done)\(of) \(words.rows)")
        return true
      }
    } catch let error as UnreadableInput {
      throw Refusal("\(file): \(error)")
    }
  }

  /// Reads pairs such as `email=Mail address`: which column has which meaning.
  ///
  /// - Throws: `Refusal` where a pair names no meaning.
  func columns<Meaning: RawRepresentable & CaseIterable & Hashable>(
    _ pairs: [String],
    _ type: Meaning.Type
  ) throws -> [Meaning: String] where Meaning.RawValue == String {
    var named: [Meaning: String] = [:]
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let meaning = Meaning(rawValue: parts[0]) else {
        let fields = Meaning.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(
          "\(pair) does not say which column means what",
          advice: "write FIELD=COLUMN; the fields are \(fields)",
          status: .usage
        )
      }
      named[meaning] = parts[1]
    }
    return named
  }
}

extension Output {
  /// Says which rows of a file were not taken, and what became of the others.
  ///
  /// - Parameters:
  ///   - refused: The rows, as far as they are listed.
  ///   - count: How many there are.
  ///   - isCutOff: Whether one of them took the rest of the file with it.
  ///   - file: The file as it was named.
  ///   - skipsBad: Whether the others were taken all the same.
  ///   - nothing: What was not done where they were not.
  func tell(
    refused: [ImportProblem],
    _ count: Int,
    isCutOff: Bool,
    of file: String,
    skipsBad: Bool,
    _ nothing: Words
  ) {
    guard count > 0 else { return }
    for refusal in refused { note("refused: \(file), \(refusal.at): \(refusal.reason)") }
    if count > refused.count { note("refused: \(count - refused.count) more bad rows") }
    if skipsBad {
      note("Left out by --skip-bad: \(count) bad rows; the others were taken")
    } else if isCutOff {
      note("\(nothing): what stands behind that row cannot be read; mend the file")
    } else {
      note("\(nothing); to take the good rows: --skip-bad")
    }
  }
}
