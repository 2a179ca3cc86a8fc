internal import Foundation
public import Model

/// A part of a proof that is not as it was written.
public struct BundleFault: Codable, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// Where in it: an entry, a line; empty for the whole.
  public var place: String
  /// What is wrong, in a sentence.
  public var problem: String

  /// Makes a fault.
  public init(_ file: String, _ place: String = "", _ problem: String) {
    (self.file, self.place, self.problem) = (file, place, problem)
  }

  /// File, place and problem on one line.
  public var description: String {
    place.isEmpty ? "\(file): \(problem)" : "\(file), \(place): \(problem)"
  }
}

/// What was found in a proof.
public struct BundleReport: Codable, Sendable, Equatable {
  /// What people call the mailing.
  public var reference = ""
  /// How many people were compared.
  public var people = 0
  /// How many entries of the journal were recomputed.
  public var entries: Int64 = 0
  /// How many of them are of this mailing, and whole.
  public var own = 0
  /// How many files were compared with their digests.
  public var files = 0
  /// The newest entry.
  public var head: JournalSequence = 0
  /// Its hash in hexadecimal.
  public var headHash = ""
  /// SHA-256 of the list of digests: what stands for the whole.
  public var seal = ""
  /// The entry of the journal that closes it and counts those of the mailing; nil where none does, and
  /// then one could be hidden among those of other matters.
  public var closing: JournalSequence?
  /// What it says and no entry of the journal of its time binds.
  public var unbound: [String] = []
  /// What is not as it was written; of each file the first.
  public var faults: [BundleFault] = []

  /// Makes a report of nothing.
  public init() {}

  /// Whether all is as it was written.
  public var isSound: Bool { faults.isEmpty }
}

/// Checks a proof without a store: its digests, its chain, and that all of it says the same.
///
/// Streams: what is in memory does not grow with the people, only with the steps of the mailing.
public enum BundleVerifier {
  /// What was kept elsewhere of a proof or of the journal it is from.
  public struct Witness: Sendable, Equatable {
    /// An entry of the journal and its hash in hexadecimal.
    public var head: (sequence: JournalSequence, hash: String)?
    /// The proof's seal.
    public var seal: String?

    /// Makes a witness.
    public init(head: (sequence: JournalSequence, hash: String)? = nil, seal: String? = nil) {
      (self.head, self.seal) = (head, seal)
    }

    /// Whether two say the same.
    public static func == (left: Witness, right: Witness) -> Bool {
      left.head?.sequence == right.head?.sequence && left.head?.hash == right.head?.hash
        && left.seal == right.seal
    }
  }

  /// The most bytes of one file that are read.
  static let maximumFile = 1 << 40

  /// Checks a proof.
  ///
  /// - Parameters:
  ///   - path: Its folder.
  ///   - witness: What was kept elsewhere.
  ///   - progress: Called now and then with the people compared; false cancels.
  /// - Returns: What was found.
  /// - Throws: `UnreadableInput` where the folder cannot be read, `CancellationError`.
  public static func verify(
    _ path: String,
    witness: Witness = Witness(),
    progress: (Int) -> Bool = { _ in true }
  ) throws -> BundleReport {
    var report = BundleReport()
    let sums = try BundleSums(path)
    (report.seal, report.files) = (sums.seal, sums.files.count)
    report.faults += sums.faults
    if let seal = witness.seal, seal.lowercased() != sums.seal {
      report.faults.append(
        BundleFault(
          BundleFolder.sums,
          "",
          "it is not the one whose seal was written down elsewhere"
        )
      )
    }
    // A file that is gone was named by now.
    guard BundleLayout.always.allSatisfy({ sums.files[$0] != nil && !sums.missing.contains($0) })
    else { return report }
    do {
      let manifest = try BundleManifest(path)
      report.reference = manifest.reference
      var journal = BundleJournal(mailing: manifest.mailing, at: manifest.at)
      try journal.read(path, witness: witness.head)
      (report.entries, report.own) = (journal.entries, journal.own)
      (report.head, report.headHash) = (journal.entries, HexText.text(journal.previous))
      report.faults += journal.faults + manifest.faults(journal, sums)
      guard journal.faults.isEmpty else { return report }
      report.close(journal, manifest, sums)
      if journal.underGivenClock > 0 {
        report.unbound.append(
          "the time of \(journal.underGivenClock) entries: they were written under a clock that was "
            + "given (--now), in a store of a tour or a test"
        )
      }
      var texts = BundleTexts(path, journal)
      try texts.check(sums)
      report.faults += texts.faults
      report.unbound += texts.unbound
      let person = try BundlePersonCheck(path, sums, journal, isClosed: manifest.isClosed)
      report.faults += person.faults
      var people = BundlePeople(journal, person.row, isClosed: manifest.isClosed)
      try people.read(path, progress)
      report.people = people.count
      report.faults += people.faults
      if people.faults.isEmpty { report.faults += try people.compare(path, manifest) }
    } catch let fault as BundleFault {
      report.faults.append(fault)
    }
    return report
  }

  /// The file of a proof, opened to be read; one that cannot be is a fault of the proof.
  static func open(_ path: String, _ name: String) throws -> any ByteSource {
    do {
      return try InputFile("\(path)/\(name)", isNamed: false).open(maximumBytes: maximumFile)
    } catch {
      throw BundleFault(name, "", "it cannot be read: \(error)")
    }
  }

  /// All bytes of a file of a proof; one that cannot be read is a fault of the proof.
  static func bytes(_ path: String, _ name: String, _ maximum: Int) throws -> [UInt8] {
    do {
      return try InputFile("\(path)/\(name)", isNamed: false).bytes(maximumBytes: maximum)
    } catch {
      throw BundleFault(name, "", "it cannot be read: \(error)")
    }
  }
}

extension BundleReport {
  /// Compares the entry that closes a proof with all that it closes, or says what is not bound without.
  fileprivate mutating func close(
    _ journal: BundleJournal,
    _ manifest: BundleManifest,
    _ sums: BundleSums
  ) {
    func fault(_ problem: String) {
      faults.append(BundleFault(BundleLayout.journal, "entry \(journal.entries)", problem))
    }
    guard manifest.isClosed else {
      // A proof of the format before this one says nothing of what this one binds.
      guard journal.closing == nil, journal.boundFrom == nil else {
        return fault(
          "it is of a proof that binds its entries, and the manifest says another format"
        )
      }
      unbound.append("that no entry of the mailing is hidden among those of other matters")
      unbound.append("the column person, jurisdictions and languages of people")
      return
    }
    guard let closing = journal.closing, journal.boundFrom != nil else {
      return fault("it is not the one that closes the proof")
    }
    if closing.mailing != manifest.mailing || closing.at != manifest.at
      || Int64(closing.people) != manifest.people
    {
      fault("it closes another proof")
    }
    if closing.content != BundleContent.digest(sums.files) {
      fault("the files are not those that it closes")
    }
    if let bound = closing.manifest {
      let instructions = sums.files[BundleLayout.readme] ?? ""
      if bound != manifest.digest(instructions: instructions) {
        fault("manifest or instructions are not those that it closes")
      }
    } else {
      unbound.append("instructions, and of the manifest when it was made, incident and dates")
    }
    self.closing = journal.entries
  }
}

extension BundleFault: Error {}

/// The list of digests against the files that are there.
struct BundleSums {
  /// The digests that were found, by name.
  private(set) var files: [String: String] = [:]
  private(set) var missing: Set<String> = []
  private(set) var seal = ""
  private(set) var faults: [BundleFault] = []

  init(_ path: String) throws {
    let list: [UInt8]
    do {
      list = try InputFile("\(path)/\(BundleFolder.sums)", isNamed: false)
        .bytes(maximumBytes: 64 << 20)
    } catch {
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard isThere, isFolder.boolValue else { throw error }
      faults.append(BundleFault(BundleFolder.sums, "", "it cannot be read: \(error)"))
      return
    }
    seal = Digest.sha256(list)
    var stated: [(name: String, digest: String)] = []
    for (index, line) in list[...].lines.enumerated() {
      guard let found = Self.line(line), stated.last.map({ $0.name < found.name }) ?? true else {
        faults.append(
          BundleFault(BundleFolder.sums, "line \(index + 1)", "it is not as it was written")
        )
        guard faults.count < 100 else { return }
        continue
      }
      stated.append(found)
    }
    for (name, digest) in stated {
      do {
        files[name] = try Self.digest(path, name)
        if files[name] != digest {
          faults.append(BundleFault(name, "", "it was altered: its SHA-256 is another one"))
        }
      } catch {
        missing.insert(name)
        files[name] = ""
        faults.append(BundleFault(name, "", "it cannot be read: \(error)"))
      }
    }
    for name in BundleLayout.always where files[name] == nil {
      faults.append(BundleFault(name, "", "it is missing in \(BundleFolder.sums)"))
    }
    let folders = Set(
      files.keys.compactMap { name in name.firstIndex(of: "/").map { String(name[..<$0]) } }
    )
    let there = FileManager.default.enumerator(atPath: path)
    while let name = there?.nextObject() as? String {
      let kind = there?.fileAttributes?[.type] as? FileAttributeType
      if kind == .typeDirectory {
        guard !folders.contains(name) else { continue }
        faults.append(
          BundleFault("\(name)/", "", "nothing in \(BundleFolder.sums) lies in this folder")
        )
        guard faults.count < 100 else { return }
        continue
      }
      guard name != BundleFolder.sums, files[name] == nil else { continue }
      faults.append(BundleFault(name, "", "it is not in \(BundleFolder.sums)"))
      guard faults.count < 100 else { return }
    }
  }

  private static func line(_ line: MailBytes) -> (name: String, digest: String)? {
    guard line.count > 66, line[line.startIndex + 64] == 32, line[line.startIndex + 65] == 32 else {
      return nil
    }
    let (digest, name) = (line.prefix(64).text, line.dropFirst(66).text)
    guard HexText.bytes(digest) != nil, BundleName.isPlain(name) else { return nil }
    return (name, digest)
  }

  private static func digest(_ path: String, _ name: String) throws -> String {
    let source = try BundleVerifier.open(path, name)
    var digest = RunningDigest()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
      guard count > 0 else { return digest.text }
      piece.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
