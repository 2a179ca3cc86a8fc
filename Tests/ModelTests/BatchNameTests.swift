import Model
import Testing

struct `The name of a batch` {
  @Test(
    arguments: [
      ("1", 1), ("B0001", 1), ("b12", 12), ("MLG-2026-0001-B0003", 3),
      ("MLG-2026-0001-B0003-post", 3), ("B", nil), ("0", nil), ("B0000", nil), ("-1", nil),
      ("x1", nil),
      ("", nil), ("1.5", nil),
    ] as [(String, Int64?)]
  )
  func `is a number, or what the export calls it`(text: String, number: Int64?) {
    #expect(BatchName(text)?.number == number)
  }

  @Test(arguments: [(1, "B0001"), (12345, "B12345")] as [(Int64, String)])
  func `is written with four digits`(number: Int64, text: String) {
    #expect(BatchName.text(of: number) == text)
  }
}
