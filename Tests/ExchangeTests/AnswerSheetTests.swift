import Exchange
import Model
import Testing

struct `A sheet of answers` {
  static let sheet: AnswerSheet = {
    var one = AnswerSheet.Item(id: "urn:x:1")
    (one.reference, one.text) = ("1.1", "=Encrypt\nit: \"all\"")
    one.questions = ["q: Which? [a (A), b (B)]"]
    one.answers = ["q": ["a", "b"]]
    (one.result, one.score, one.observation) = (.partly, 3, "-half # of it")
    var other = AnswerSheet.Item(id: "urn:x:2")
    (other.result, other.reason) = (.notApplicable, "no such: thing")
    return AnswerSheet(audit: "AUD-2026-0001", person: "Kim", items: [one, other, .init(id: "3")])
  }()

  @Test(arguments: ["a.yaml", "a.csv"]) func `comes back as it went out`(path: String) throws {
    let text = path.hasSuffix("csv") ? Self.sheet.csv : Self.sheet.yaml
    let back = try AnswerSheet.read(Array(text.utf8), path: path)
    #expect(back.audit == "AUD-2026-0001")
    #expect(back.person == "Kim")
    #expect(back.items.map(\.id) == ["urn:x:1", "urn:x:2", "3"])
    #expect(back.items.map(\.isAnswered) == [true, true, false])
    #expect(back.items[0].result == .partly)
    #expect(back.items[0].score == 3)
    #expect(back.items[0].observation == "-half # of it")
    #expect(back.items[0].answers == ["q": ["a", "b"]])
    #expect(back.items[1].reason == "no such: thing")
  }

  @Test(arguments: [
    ("a.yaml", "audit: &a x\nperson: *a\nitems: []"),
    ("a.yaml", "audit: x\nunknown: y"),
    ("a.yaml", "audit: x\naudit: y"),
    ("a.yaml", "audit: x\nperson: y\nitems:\n  - {id: a, result: fine}"),
    ("a.yaml", "audit: x\nperson: y\nitems:\n  - {id: a, score: 1e9}"),
    ("a.yaml", "audit: x\nperson: y\nitems:\n  - {id: a}\n  - {id: a}"),
    ("a.yaml", "audit: x\nperson: y\nitems:\n  - {result: partly}"),
    ("a.yaml", "audit: x\nitems: " + String(repeating: "[", count: 2000)),
    ("a.csv", "audit,id\nx,y\n"), ("a.csv", "audit,id,result,strange\n"),
    ("a.csv", "audit,id,result\nx,y\n"), ("a.csv", "audit,id,result\nx,y,\"partly\n"),
    ("a.csv", "audit,id,result\nx,a,partly\nz,b,partly\n"),
    ("a.csv", "audit,id,result\nx,a,\u{0}\n"),
  ])
  func `that is broken or hostile is refused`(path: String, text: String) {
    #expect(throws: UnreadableAnswers.self) {
      try AnswerSheet.read(Array(text.utf8), path: path)
    }
  }

  @Test func `says where the fault is`() {
    let text = "audit: x\nperson: y\nitems:\n  - id: a\n    result: fine\n"
    let error = #expect(throws: UnreadableAnswers.self) {
      try AnswerSheet.read(Array(text.utf8), path: "a.yaml")
    }
    #expect(error?.line != nil)
  }
}
