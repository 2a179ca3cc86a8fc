import Exchange
import Model
import Testing

struct `An address` {
  @Test(
    arguments: [
      ("ada@example.org", nil), ("a.b+c@sub.example.org", nil), ("", AddressProblem.missing),
      ("  ", .missing), ("ada@example.org\r\nBcc: eve@evil.example", .controlCharacters),
      ("ada\u{0}@example.org", .controlCharacters), ("ada@example.org\u{85}", .controlCharacters),
      ("grüße@example.org", .needsSMTPUTF8), ("ada@bücher.example", .needsSMTPUTF8),
      ("ada", .notPlain), ("ada@", .notPlain), ("@example.org", .notPlain),
      ("-oQ/tmp@example.org", .notPlain), ("a b@example.org", .notPlain),
      ("\"a b\"@example.org", .notPlain), ("ada@example.org,eve@evil.example", .notPlain),
      ("<ada@example.org>", .notPlain), ("a@b@c", .notPlain),
      (String(repeating: "x", count: 65) + "@example.org", .notPlain),
    ] as [(String, AddressProblem?)]
  )
  func `is looked at before anything is written to it`(address: String, problem: AddressProblem?) {
    #expect(AddressProblem(address) == problem)
    if let problem { #expect(!problem.description.contains("ada")) }
  }
}
