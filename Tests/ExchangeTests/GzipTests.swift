import Foundation
import TestSupport
import Testing

@testable import Exchange

/// Packs bytes with the system's gzip.
func packed(_ bytes: [UInt8], _ options: String...) throws -> [UInt8] {
  let folder = try TemporaryDirectory()
  try Data(bytes).write(to: URL(fileURLWithPath: folder.file("plain")))
  let gzip = Process()
  gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  gzip.arguments = ["gzip"] + options + [folder.file("plain")]
  try gzip.run()
  gzip.waitUntilExit()
  return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("plain.gz"))))
}

private func unpacked(
  _ bytes: [UInt8],
  piece: Int = .max,
  maximumBytes: Int = 1 << 24
) throws -> [UInt8] {
  try GzipSource(MemorySource(bytes, pieceSize: piece), maximumBytes: maximumBytes)
    .all(maximumBytes: 1 << 30)
}

/// Bytes that pack in every way that deflate has: runs, words, noise.
private let sample: [UInt8] = {
  var bytes: [UInt8] = []
  var state: UInt64 = 42
  func random() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
  for _ in 0..<3000 {
    switch random() % 4 {
    case 0: bytes += Array(repeating: UInt8(random() & 0xFF), count: Int(random() % 400))
    case 1: bytes += Array("the results of the scan \(random() % 50)\n".utf8)
    case 2: bytes += (0..<(random() % 60)).map { _ in UInt8(random() & 0xFF) }
    default: bytes += bytes.suffix(Int(random() % 30_000)).prefix(50)
    }
  }
  return bytes
}()

struct `A gzip source` {
  @Test(arguments: ["-1", "-6", "-9"])
  func `unpacks what gzip packed, in pieces of any size`(level: String) throws {
    let bytes = try packed(sample, level)
    for piece in [1, 7, .max] { #expect(try unpacked(bytes, piece: piece) == sample) }
  }

  @Test func `unpacks nothing, noise that was only stored, and members in a row`() throws {
    #expect(try unpacked(packed([])) == [])
    var state: UInt32 = 1
    let noise = (0..<100_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    #expect(try unpacked(packed(noise, "-1")) == noise)
    #expect(
      try unpacked(packed(Array("one ".utf8)) + packed(Array("two".utf8))) == Array("one two".utf8)
    )
  }

  @Test func `refuses a file that is cut off anywhere`() throws {
    let bytes = try packed(Array("a report of some length, a report of some length".utf8))
    for length in 1..<bytes.count {
      #expect(throws: UnreadableInput.self, "cut to \(length)") {
        try unpacked(Array(bytes[..<length]))
      }
    }
  }

  @Test func `notices every flipped bit of the content and its sums`() throws {
    let plain = Array("a report of some length".utf8)
    let bytes = try packed(plain, "-n")
    for index in 10..<bytes.count {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        // A bit that pads the last byte of the stream may be anything.
        guard let read = try? unpacked(flipped) else { continue }
        #expect(read == plain, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func `refuses a bomb by its ratio and a long file by its length`() throws {
    let bomb = try packed([UInt8](repeating: 0, count: 20 << 20), "-9")
    #expect(
      throws: UnreadableInput.damaged("this gzip file unpacks to more than 100 times its size")
    ) { try unpacked(bomb, maximumBytes: 256 << 20) }
    #expect(throws: UnreadableInput.tooLong(bytes: 1000)) {
      try unpacked(packed(sample), maximumBytes: 1000)
    }
  }

  @Test func `refuses what follows the end`() throws {
    #expect(throws: UnreadableInput.self) { try unpacked(packed(sample) + [0x20]) }
  }

  @Test func `is used by content, whatever the name`() throws {
    let folder = try TemporaryDirectory()
    try Data(packed(sample)).write(to: URL(fileURLWithPath: folder.file("report.xml")))
    try Data(sample).write(to: URL(fileURLWithPath: folder.file("plain.gz")))
    for name in ["report.xml", "plain.gz"] {
      let source = try InputFile(folder.file(name)).openUnpacked()
      #expect(try source.all(maximumBytes: 1 << 24) == sample)
    }
  }
}
