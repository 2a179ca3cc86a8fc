import Foundation
import Model
import Storage
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(30))) struct `An export of a batch that is killed` {
  /// How many kills; more with TOCSIN_KILLS.
  private static let kills =
    ProcessInfo.processInfo.environment["TOCSIN_KILLS"].flatMap(Int.init) ?? 12

  @Test func `at any moment, and gone on with, has everyone in one batch and one file once`()
    async throws
  {
    // Given: many people, and some who come into the queue while the export is killed.
    let count = 6000
    let ledger = try await LedgerFixture(count + 200)
    try await ledger.queue(Array(1...Int64(count)))
    let folder = ledger.fixture.directory.file("out")
    let arguments = ["batch", ledger.fixture.path, folder]
    var seen: [String: Data] = [:]
    // When
    for kill in 0..<Self.kills {
      let child = try ChildProcess(product: "storage-probe", arguments)
      if Bool.random() { _ = child.firstOutput() }
      usleep(UInt32.random(in: 0..<60_000))
      child.kill()
      _ = child.finish()
      #expect(try JournalVerifier.verify(path: ledger.fixture.path).isSound)
      #expect(try ledger.problems() == [])
      try await check(ledger, folder, &seen)
      if kill == Self.kills / 2 {
        try await ledger.queue(Array(Int64(count + 1)...Int64(count + 200)))
      }
    }
    // Then: whatever is left goes into batches to their end.
    var lines: [String] = []
    repeat {
      (lines, _) = try ChildProcess(product: "storage-probe", arguments).finish()
    } while lines.last?.hasPrefix("batch") == true
    try await check(ledger, folder, &seen)
    #expect(try await ledger.counts() == ["handed-over": count + 200])
    let batches = try await ledger.store.answer(MailingBatches(of: ledger.mailing))
    #expect(batches.allSatisfy { $0.state == .closed && $0.handedOver == $0.count })
    #expect(batches.reduce(0) { $0 + $1.count } == count + 200)
    // Everybody stands on one line of one file.
    var numbers: [Substring: Int] = [:]
    for (name, bytes) in seen where name.hasSuffix(".csv") {
      let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").dropFirst()
      for row in rows { numbers[row.split(separator: ",")[2], default: 0] += 1 }
    }
    #expect(numbers.count == count + 200)
    #expect(numbers.values.allSatisfy { $0 == 1 })
    #expect(try ledger.problems() == [])
    let hidden = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix(".") }
    #expect(hidden == [])
    // Nobody is named anywhere but in the files for the printer.
    let found = try ledger.found(["Canary Person", "Canary Street", "OFFER-"])
    #expect(found.allSatisfy { $0.contains(" in out/") && $0.hasSuffix(".csv") }, "\(found)")
  }

  /// What stands in the folder never changes, and is what the record says it is.
  private func check(
    _ ledger: LedgerFixture,
    _ folder: String,
    _ seen: inout [String: Data]
  ) async throws {
    // A file without a name is no file of the folder; where there are none such, it has a hidden one.
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix(".") }
    for name in names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      #expect(seen[name] ?? bytes == bytes, "\(name)")
      seen[name] = bytes
    }
    for batch in try await ledger.store.answer(MailingBatches(of: ledger.mailing)) {
      for file in batch.files {
        let digest = seen[file.name].map { Digest.sha256([UInt8]($0)) }
        #expect(digest == file.sha256, "\(file.name)")
      }
    }
  }
}
