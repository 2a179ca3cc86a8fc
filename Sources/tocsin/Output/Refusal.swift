internal import App
internal import Model

/// Why a command did not do what it was asked: what happened, and what to do.
struct Refusal: Error {
  /// What happened, in one line.
  let reason: Words
  /// What to do now, in one line.
  let advice: Words?
  /// How the process ends.
  let status: ExitStatus

  init(_ reason: Words, advice: Words? = nil, status: ExitStatus = .failed) {
    (self.reason, self.advice, self.status) = (reason, advice, status)
  }

  /// Words any error for the officer.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as StoreError: self.init("\(error)", advice: Refusal.advice(for: error))
    case let error as UnreadableTime: self.init("\(error)", status: .usage)
    case let error as DataFiles.Missing:
      self.init(
        "\(error)",
        advice: "install Tocsin with its data files, or name their folder in TOCSIN_SHARE"
      )
    default: self.init("\(String(describing: error))")
    }
  }

  private static func advice(for error: StoreError) -> Words? {
    switch error {
    case .conflict: "look at it again with: tocsin incident show; then repeat the change"
    case .notFound: "what there is: tocsin incident list"
    case .refused: nil
    case .notReversible: "what was done: tocsin journal; correct it with a new change"
    case .readOnly: "to alter the record, run the command without --read-only as its owner"
    case .newerStore: "install the version of Tocsin that wrote it, or a later one"
    case .notAStore: "name the store with --store, or put a backup in its place: tocsin restore"
    case .failed: "see what is wrong with: tocsin doctor"
    }
  }
}
