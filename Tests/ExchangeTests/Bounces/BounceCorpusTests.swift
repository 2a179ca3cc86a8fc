import Foundation
import Model
import Testing

@testable import Exchange

/// The mails of the shared corpus by their names: real bounces, half of them in prose.
enum BounceCorpus {
  static let archive = "bounces/bounce-mails-shared.tar.gz"
  static let exists = SharedData.exists(archive)

  /// The mails, in the order of the archive.
  static let mails: [(name: String, bytes: [UInt8])] = {
    guard exists, let packed = try? SharedData.bytes(archive) else { return [] }
    let source = GzipSource(MemorySource(packed), maximumBytes: 64 << 20)
    guard let bytes = try? source.all(maximumBytes: 64 << 20) else { return [] }
    var mails: [(String, [UInt8])] = []
    var position = 0
    // A tar archive: blocks of 512 bytes, a header before each file.
    while position + 512 <= bytes.count, bytes[position] != 0 {
      func field(_ start: Int, _ length: Int) -> String {
        let field = bytes[(position + start)..<(position + start + length)]
        return String(decoding: field.prefix { $0 != 0 && $0 != 32 }, as: UTF8.self)
      }
      let (name, size) = (field(0, 100), Int(field(124, 12), radix: 8) ?? 0)
      let start = position + 512
      if name.hasSuffix(".eml") {
        let plain = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        mails.append((plain, Array(bytes[start..<min(start + size, bytes.count)])))
      }
      position = start + (size + 511) / 512 * 512
    }
    return mails
  }()

  /// Judges a mail as a file of its own.
  static func verdict(_ bytes: [UInt8]) throws -> BounceVerdict {
    var reader = MailboxReader(MemorySource(bytes))
    return try reader.next().map { BounceReader().verdict(of: $0.bytes) }
      ?? BounceVerdict(.notABounce)
  }
}

@Suite(.enabled(if: BounceCorpus.exists))
struct `Real bounces` {
  @Test func `are hard or not as is expected of them, nineteen times of twenty`() throws {
    let table = String(decoding: try SharedData.bytes("bounces/EXPECTED.tsv"), as: UTF8.self)
    var expected: [String: [Bool]] = [:]
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      expected[String(fields[0]), default: []].append(fields[5] == "true")
    }
    var (total, right, labelled) = (0, 0, 0)
    for mail in BounceCorpus.mails {
      guard let wanted = expected[mail.name] else { continue }
      labelled += 1
      let recipients = try BounceCorpus.verdict(mail.bytes).recipients
      for (index, isHard) in wanted.enumerated() {
        total += 1
        if index < recipients.count, (recipients[index].isHard == true) == isHard { right += 1 }
      }
    }
    #expect(labelled == 309)
    #expect(total == 331)
    // What is left is labelled by what is known of single hosts, which the rules are not to hold.
    #expect(right >= 313, "\(right) of \(total)")
  }

  @Test func `are told from ordinary mails`() throws {
    for mail in BounceCorpus.mails where mail.name.hasPrefix("not-a-bounce/") {
      #expect(try BounceCorpus.verdict(mail.bytes).kind == .notABounce)
    }
    let others = BounceCorpus.mails.filter { !$0.name.hasPrefix("not-a-bounce/") }
    let missed = try others.filter { try BounceCorpus.verdict($0.bytes).kind == .notABounce }
    // One was forwarded by a person.
    #expect(missed.map(\.name) == ["lhost-sendmail-14.eml"])
  }

  @Test func `are read alike whatever ends their lines`() throws {
    let mails = Dictionary(uniqueKeysWithValues: BounceCorpus.mails.map { ($0.name, $0.bytes) })
    var count = 0
    for (name, bytes) in mails where name.hasPrefix("crlf/") {
      count += 1
      let other = try #require(mails["cr-only/" + name.dropFirst(5)])
      #expect(try BounceCorpus.verdict(bytes) == BounceCorpus.verdict(other), "\(name)")
    }
    #expect(count == 37)
  }

  @Test func `are taken out of a mailbox one by one`() throws {
    func count(_ file: String) throws -> [BounceVerdict] {
      var reader = MailboxReader(MemorySource(try SharedData.bytes("bounces/\(file)")))
      var verdicts: [BounceVerdict] = []
      while let message = try reader.next() {
        verdicts.append(BounceReader().verdict(of: message.bytes))
      }
      return verdicts
    }
    let verdicts = try count("mbox-0.mbox")
    #expect(verdicts.count == 37)
    #expect(verdicts.count { $0.kind == .bounce } == 36)
    #expect(verdicts.count { $0.recipients.first?.isHard == true } == 19)
    #expect(try count("size-0.mbox").isEmpty && count("size-1.mbox").isEmpty)
  }

  @Test func `are read to some end where they are cut off or damaged`() throws {
    var generator = Steps(state: 5965)
    let pieces = [
      "\n", "\n\n", "--", "=?utf-8?b?", "@", "<", "\u{1B}$B", "\0", "\\x{", "=", "{", ";",
    ]
    for mail in BounceCorpus.mails where mail.bytes.count < 12_000 {
      for round in 0..<6 {
        var bytes = mail.bytes
        if round.isMultiple(of: 2) { bytes.removeLast(generator.below(bytes.count + 1)) }
        for _ in 0..<(round * 3) where !bytes.isEmpty {
          let place = generator.below(bytes.count)
          switch generator.below(3) {
          case 0: bytes[place] = UInt8(generator.below(256))
          case 1: bytes.removeSubrange(place..<min(place + 1 + generator.below(20), bytes.count))
          default: bytes.insert(contentsOf: pieces[generator.below(pieces.count)].utf8, at: place)
          }
        }
        let verdict = try BounceCorpus.verdict(bytes)
        #expect(verdict.recipients.allSatisfy { $0.diagnostic.utf8.count <= 8000 })
      }
    }
  }
}

/// Numbers that are the same on every host.
private struct Steps {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
