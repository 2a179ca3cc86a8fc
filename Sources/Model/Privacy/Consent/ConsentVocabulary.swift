/// What a person said about a purpose.
public enum ConsentState: String, Vocabulary {
  case given, withdrawn, expired

  /// The number that stands for it in the store; never another.
  public var code: Int64 {
    switch self {
    case .given: 0
    case .withdrawn: 1
    case .expired: 2
    }
  }

  /// The state that a number stands for; nil where it stands for none.
  public init?(code: Int64) {
    switch code {
    case 0: self = .given
    case 1: self = .withdrawn
    case 2: self = .expired
    default: return nil
    }
  }
}

/// Whether a record is what counts of its person now.
public enum ConsentStanding: String, Vocabulary {
  /// The latest that the person said about the purpose.
  case current
  /// The same person has said something later.
  case superseded
  /// Who it was is erased; what was said is left as a number.
  case erased

  /// The number that stands for it in the store; never another.
  public var code: Int64 {
    switch self {
    case .current: 0
    case .superseded: 1
    case .erased: 2
    }
  }

  /// The standing that a number stands for; nil where it stands for none.
  public init?(code: Int64) {
    switch code {
    case 0: self = .current
    case 1: self = .superseded
    case 2: self = .erased
    default: return nil
    }
  }
}

/// Why a version of a notice is no longer right.
public enum ConsentFlaw: String, Vocabulary {
  /// What is done was altered, and the text does not say it.
  case changed
  /// The text said something that was not so.
  case wrong
  /// The text lacked what the law wants in it.
  case incomplete
  /// An authority or a court said so.
  case ordered

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .changed: "what is done was changed"
    case .wrong: "it said what was not so"
    case .incomplete: "it lacked what the law wants"
    case .ordered: "an authority or court said so"
    }
  }
}
