/// What people are to have done, or to have read.
public enum CourseKind: String, Vocabulary {
  /// Training that is completed.
  case course
  /// A text on how to handle something, each version of which is acknowledged.
  case handlingProtocol = "protocol"
}

/// An edition of a course or handling protocol.
public struct CourseVersion: Codable, Sendable, Hashable {
  /// What people call it: `2026.1`.
  ///
  /// Foreign text; not empty, and another than those of the other versions.
  public var label: String
  /// The day from which it is in force.
  public var from: DayNumber
  /// Whether those who did an older one must do this one.
  public var mustRenew: Bool
  /// What is new in it.
  ///
  /// Foreign text; may be empty.
  public var summary: String
  /// SHA-256 of its text in hexadecimal, which acknowledgements are of; empty where no file was given.
  public var digest: String

  /// Makes a version.
  public init(
    label: String,
    from: DayNumber,
    mustRenew: Bool = false,
    summary: String = "",
    digest: String = ""
  ) {
    (self.label, self.from, self.mustRenew) = (label, from, mustRenew)
    (self.summary, self.digest) = (summary, digest)
  }
}

/// What is known of a course or a handling protocol.
public struct CourseFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .course }
  /// What the journal's actions begin with.
  public static var word: String { "course" }
  /// What people call it.
  public static var noun: String { "course" }

  /// By what people name it: `PHISH-1`.
  ///
  /// One word of letters, digits and `-_.`; another than all others'.
  public var code: String
  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var name: String
  /// Whether it is completed or acknowledged.
  public var form: CourseKind
  /// For how many months it holds from the day it was done; nil where it does not run out.
  public var validMonths: Int?
  /// Its versions by the day from which they are in force; at least one.
  public var versions: [CourseVersion]
  /// Where it is found.
  ///
  /// Foreign text; may be empty.
  public var address: String

  /// Makes facts; versions are put in order.
  public init(
    code: String,
    name: String,
    form: CourseKind = .course,
    validMonths: Int? = nil,
    versions: [CourseVersion],
    address: String = ""
  ) {
    (self.code, self.name, self.form) = (code, name, form)
    (self.validMonths, self.address) = (validMonths, address)
    self.versions = versions.sorted { ($0.from, $0.label) < ($1.from, $1.label) }
  }

  /// How people name it in a line.
  public var title: String { code }

  /// The facts by name, as texts.
  public var named: [(String, String)] {
    [
      ("code", code), ("name", name), ("kind", form.label),
      ("valid", validMonths.map { "\($0) months" } ?? "without end"),
      (
        "versions",
        versions.map { version in
          "\(version.label) from \(version.from.iso)" + (version.mustRenew ? ", to be renewed" : "")
        }.joined(separator: "; ")
      ),
      ("where", address),
    ]
  }

  /// The same course with other versions, put in order.
  public func with(_ versions: [CourseVersion]) -> CourseFacts {
    CourseFacts(
      code: code,
      name: name,
      form: form,
      validMonths: validMonths,
      versions: versions,
      address: address
    )
  }

  /// The version that is in force on a day; the first one before any is.
  public func version(on day: DayNumber) -> CourseVersion? {
    versions.last { $0.from <= day } ?? versions.first
  }

  /// The place of a version among the others, by its label, else by a day on which it was in force.
  func place(of label: String, on day: DayNumber) -> Int {
    versions.firstIndex { $0.label == label } ?? versions.lastIndex { $0.from <= day } ?? 0
  }

  /// Why it cannot stand so; nil where it can.
  public var problem: String? {
    let signs = code.unicodeScalars
    guard !signs.isEmpty, signs.count <= 40,
      signs.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
      })
    else { return "a course is named by one word of letters, digits and - _ . such as PHISH-1" }
    guard name.contains(where: { !$0.isWhitespace }) else { return "a course needs a name" }
    guard validMonths.map({ (1...240).contains($0) }) ?? true else {
      return "a course holds for 1 to 240 months, or without end"
    }
    guard !versions.isEmpty else { return "a course needs a version" }
    guard versions.allSatisfy({ $0.label.contains { !$0.isWhitespace } }) else {
      return "a version needs a label such as 2026.1"
    }
    guard Set(versions.map(\.label)).count == versions.count else {
      return "two versions have the same label"
    }
    return nil
  }
}

/// A course or handling protocol, as the record keeps it.
public typealias Course = KeptRecord<CourseFacts>

/// Asks for the course with a code, whatever the letter case.
public struct CourseByCode: Question {
  /// What comes back; nil where there is none, or it was removed.
  public typealias Answer = Course?
  /// The code.
  public var code: String

  /// Makes the question.
  public init(_ code: String) { self.code = code }
}
