import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `What was acknowledged` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  /// `TOCSIN_KILLS=200` makes the full round.
  static let rounds = ProcessInfo.processInfo.environment["TOCSIN_KILLS"].flatMap { Int($0) } ?? 20

  @Test func `is there after a kill at any moment, and the journal verifies`() throws {
    _ = try tocsin("incident", "add", "--title", "first")
    var acknowledged: Set<String> = []
    var killed = 0
    for round in 0..<Self.rounds {
      let writers = try (0..<3).map { number in
        try tocsin.start(["incident", "add", "--title", "round \(round) writer \(number)"])
      }
      // The moments spread over the life of a writer, from before its start to after its end.
      usleep(UInt32(round * 7919 % 90) * 1000)
      for writer in writers { writer.kill() }
      for writer in writers {
        let result = try writer.finish()
        if result.output.hasSuffix("\n") { acknowledged.insert(String(result.output.dropLast())) }
        if result.status == 128 + SIGKILL { killed += 1 }
      }
    }
    #expect(killed > 0, "no writer was hit")
    let there = Set(
      try list(tocsin("incident", "list", "--json").output).compactMap {
        $0["reference"] as? String
      }
    )
    #expect(acknowledged.subtracting(there).isEmpty)
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `is there when two processes write at once, and neither sees a lock`() throws {
    _ = try tocsin("incident", "add", "--title", "first")
    for round in 0..<15 {
      let writers = try (0..<4).map { number in
        try tocsin.start(["incident", "add", "--title", "round \(round) writer \(number)"])
      }
      for writer in writers {
        let result = try writer.finish()
        #expect(result.status == 0)
        #expect(result.errors == "")
      }
    }
    #expect(try tocsin("incident", "list", "--count").output == "61\n")
    let sequences = try list(tocsin("journal", "--json").output).compactMap {
      $0["sequence"] as? Int
    }
    #expect(sequences == Array((1...61).reversed()))
    #expect(try tocsin("verify").status == 0)
  }

  @Test func `stands whole in a backup that is made while others write`() throws {
    _ = try tocsin("incident", "add", "--title", "first")
    for round in 0..<4 {
      let writers = try (0..<4).map { number in
        try tocsin.start(["incident", "add", "--title", "round \(round) writer \(number)"])
      }
      let copy = tocsin.directory.file("copy-\(round).sqlite")
      let backup = try tocsin("backup", copy, "--json")
      #expect(backup.status == 0, "\(backup)")
      for writer in writers { #expect(try writer.finish().status == 0) }
      #expect(try tocsin("verify", "--store", copy).status == 0)
      let head = try #require(try object(backup.output)["head"] as? Int)
      #expect((1 + 4 * round...5 + 4 * round).contains(head))
    }
  }
}
