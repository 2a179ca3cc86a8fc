import Foundation
import Model
import Testing

@testable import Exchange

/// A folder that is removed with its owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("exchange-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }
}

extension ImportPlan {
  /// The incidents that it opens.
  var opened: [OpenIncident] { changes.compactMap { $0 as? OpenIncident } }
}

private func incident(_ id: String, _ summary: String = "Something happened") -> String {
  "{\"incident_id\":\"\(id)\",\"summary\":\"\(summary)\"}"
}

struct `An import` {
  @Test func `takes files, folders, arrays and lines, in order of path`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(incident("1"), to: "b/one.JSON")
    try folder.write("[\(incident("2")),\(incident("3"))]", to: "a.json")
    try folder.write("\(incident("4"))\n\(incident("5"))\n", to: "b/c/lines.json")
    try folder.write("not read", to: "b/readme.txt")
    try folder.write("not read", to: ".hidden.json")
    let lines = try folder.write("\(incident("6"))\n", to: "named.jsonl")
    let plan = try await Importer(MemoryStore(), format: .veris).plan(["\(folder.path)/", lines])
    #expect(plan.opened.compactMap { $0.source?.externalID } == ["2", "3", "4", "5", "1", "6"])
    #expect(plan.summary == ImportSummary(created: 6))
  }

  @Test func `takes nothing from a file with a bad record, unless asked to skip it`() async throws {
    let folder = try TemporaryFolder()
    let bad = try folder.write(
      "\(incident("1"))\n{\"incident_id\":7}\n\(incident("2"))\n{\"a\":1,\"a\":2}\n",
      to: "bad.json"
    )
    try folder.write(incident("3"), to: "good.json")
    let refused = [
      ImportRefusal(file: bad, at: "line 2, $.incident_id", reason: "text should stand here"),
      ImportRefusal(
        file: bad,
        at: "line 4, column 8, $.a",
        reason: "this key stands here twice"
      ),
    ]
    let strict = try await Importer(MemoryStore(), format: .veris).plan([folder.path])
    #expect(strict.summary == ImportSummary(created: 1, refused: refused))
    let lenient = try await Importer(
      MemoryStore(),
      format: .veris,
      options: ImportOptions(skipsBad: true)
    ).plan([folder.path])
    #expect(lenient.summary == ImportSummary(created: 3, refused: refused))
  }

  @Test func `names both places of an id with two contents and takes the first`() async throws {
    let folder = try TemporaryFolder()
    let first = try folder.write(incident("X", "One"), to: "1.json")
    let second = try folder.write(incident("X", "Two"), to: "2.json")
    let third = try folder.write(incident("X", "Three"), to: "3.json")
    try folder.write("{ \"summary\":\"One\",\n\"incident_id\":\"X\" }", to: "4.json")
    try folder.write(incident("x", "One"), to: "5.json")
    let importer = Importer(MemoryStore(), format: .veris)
    let plan = try await importer.plan([folder.path])
    #expect((plan.summary.created, plan.summary.unchanged) == (2, 1))
    let conflict = try #require(plan.summary.conflicts.first)
    #expect(plan.summary.conflicts.count == 1)
    #expect(conflict.id == "X")
    #expect(conflict.places == [first, second, third].map { ImportPlace(file: $0, at: "line 1") })
    #expect(plan.opened.first?.facts.summary == "One")
  }

  @Test func `tells ids apart that only look the same`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("[\(incident("\u{E9}")),\(incident("e\u{301}"))]", to: "a.json")
    let plan = try await Importer(MemoryStore(), format: .veris).plan([folder.path])
    #expect(plan.summary == ImportSummary(created: 2))
  }

  @Test func `refuses what is no regular file, and waits for none`() async throws {
    let folder = try TemporaryFolder()
    let good = try folder.write(incident("1"), to: "in/good.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/in/link.json",
      withDestinationPath: "/etc/passwd"
    )
    #expect(mkfifo("\(folder.path)/in/pipe.json", 0o600) == 0)
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/empty",
      withIntermediateDirectories: true
    )
    let plan = try await Importer(MemoryStore(), format: .veris).plan([
      "\(folder.path)/in", "\(folder.path)/pipe", "\(folder.path)/missing", "/dev/zero",
      "\(folder.path)/empty", good,
    ])
    #expect(plan.summary.created == 1)
    let reasons = Dictionary(
      uniqueKeysWithValues: plan.summary.refused.map { ($0.file, $0.reason) }
    )
    #expect(reasons.count == 6)
    #expect(reasons["\(folder.path)/in/link.json"]?.hasPrefix("a symbolic link") == true)
    #expect(reasons["\(folder.path)/in/pipe.json"]?.hasPrefix("not a regular file") == true)
    #expect(reasons["\(folder.path)/pipe"]?.hasPrefix("not a regular file") == true)
    #expect(reasons["/dev/zero"]?.hasPrefix("not a regular file") == true)
    #expect(reasons["\(folder.path)/missing"] == "No such file or directory")
    #expect(reasons["\(folder.path)/empty"] == "no .json file in this folder")
  }

  @Test func `has limits for files, records and the list of refusals`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "{\"incident_id\":1}\n", count: 300), to: "bad.json")
    try folder.write(incident(String(repeating: "x", count: 9000)), to: "long.json")
    let options = ImportOptions(maximumFileBytes: 8000, maximumRefusals: 10)
    let plan = try await Importer(MemoryStore(), format: .veris, options: options).plan([
      folder.path
    ])
    #expect(plan.changes.isEmpty)
    #expect(plan.summary.refused.count == 12)
    #expect(plan.summary.refused[10].reason == "290 more bad records")
    #expect(plan.summary.refused[11].reason == "longer than 8000 bytes")
  }

  @Test func `tells its progress and can be cancelled`() async throws {
    let folder = try TemporaryFolder()
    for number in 0..<5 { try folder.write(incident("\(number)"), to: "\(number).json") }
    let path = folder.path
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Importer(MemoryStore(), format: .veris).plan([path])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let (told, continuation) = AsyncStream.makeStream(of: ImportProgress.self)
    _ = try await Importer(MemoryStore(), format: .veris).plan([path]) { continuation.yield($0) }
    continuation.finish()
    let all = await told.reduce(into: []) { $0.append($1) }
    #expect(all.map(\.files) == [1, 2, 3, 4, 5])
    #expect(all.last == ImportProgress(files: 5, totalFiles: 5, records: 5))
  }

  @Test func `writes its summary as the documented JSON`() throws {
    let summary = ImportSummary(
      created: 1,
      conflicts: [ImportConflict(id: "X", places: [], reason: "r")],
      refused: [ImportRefusal(file: "f", at: "line 1", reason: "bad")]
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    #expect(
      String(decoding: try encoder.encode(summary), as: UTF8.self)
        == "{\"conflicts\":[{\"id\":\"X\",\"places\":[],\"reason\":\"r\"}],\"created\":1,"
        + "\"not_imported\":[],\"refused\":[{\"at\":\"line 1\",\"file\":\"f\",\"reason\":\"bad\"}],"
        + "\"unchanged\":0,"
        + "\"updated\":0}"
    )
    #expect(!summary.isClean)
  }
}
