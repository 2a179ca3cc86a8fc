import Foundation
import TestSupport
import Testing

struct `Import and export` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  static let document = """
    {"incident_id":"A-1","schema_version":"1.3.4","security_incident":"Confirmed",\
    "summary":"A laptop was lost.","timeline":{"incident":{"year":2014,"month":3}},\
    "attribute":{"confidentiality":{"data_disclosure":"Yes","data_total":12000000000}}}
    """

  @Test func `create incidents once, and say so`() throws {
    let first = try tocsin("import", "veris", "-", "--json", input: Self.document)
    #expect(first.status == 0)
    #expect(
      try object(first.output) as NSDictionary
        == ["created": 1, "updated": 0, "unchanged": 0, "conflicts": [], "refused": []]
    )
    let second = try tocsin("import", "veris", "-", input: Self.document)
    #expect(
      second.output == "created 0, updated 0, unchanged 1, conflicts 0, refused 0\n"
    )
    #expect(try tocsin("incident", "list", "--count").output == "1\n")
    let incident = try #require(try list(tocsin("incident", "list", "--json").output).first)
    let people = try #require((incident["affected"] as? [[String: Any]])?.first)
    #expect(people["count"] as? Int == 12_000_000_000)
    let instants = try #require(incident["instants"] as? [String: [String: String]])
    #expect(instants["occurred_at"]?["precision"] == "month")
  }

  @Test func `write back what came in`() throws {
    _ = try tocsin("import", "veris", "-", input: Self.document)
    let back = try #require(try list(tocsin("export", "veris").output).first)
    #expect(try back as NSDictionary == object(Self.document) as NSDictionary)
    let folder = tocsin.directory.file("out")
    #expect(
      try tocsin("export", "veris", "--into", folder)
        == .init(output: "1 files in \(folder)\n", errors: "", status: 0)
    )
    #expect(try tocsin("export", "veris", "--into", folder).status == 1)
    #expect(try tocsin("export", "veris", "--into", folder, "--force").status == 0)
  }

  @Test func `take nothing of a file with a bad record, unless asked`() throws {
    let path = tocsin.directory.file("mixed.json")
    let text = "[\(Self.document), {\"incident_id\": 7}]"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let refused = try tocsin("import", "veris", path)
    #expect(refused.status == 1)
    #expect(refused.output == "created 0, updated 0, unchanged 0, conflicts 0, refused 1\n")
    #expect(refused.errors.hasPrefix("refused: \(path), line 1, $.incident_id: "))
    #expect(try tocsin("incident", "list", "--count").output == "0\n")
    let taken = try tocsin("import", "veris", path, "--skip-bad")
    #expect(taken.status == 0)
    #expect(taken.output == "created 1, updated 0, unchanged 0, conflicts 0, refused 1\n")
  }

  @Test func `report an id that stands for two contents`() throws {
    let other = Self.document.replacingOccurrences(of: "laptop", with: "tape")
    let result = try tocsin("import", "veris", "-", input: "\(Self.document)\n\(other)\n")
    #expect(result.output == "created 1, updated 0, unchanged 0, conflicts 1, refused 0\n")
    #expect(result.errors.hasPrefix("conflict: A-1: "))
  }

  @Test func `say where a mapping was looked for`() throws {
    var moved = tocsin
    moved.environment["TOCSIN_SHARE"] = tocsin.directory.file("share")
    #expect(
      try moved("import", "register", "--map", "wa-ag", "-")
        == .init(
          output: "",
          errors: """
            tocsin: there is no mapping wa-ag; looked in: \(tocsin.directory.file("share"))/mappings
              install Tocsin with its data files, or name their folder in TOCSIN_SHARE

            """,
          status: 1
        )
    )
  }
}

/// The community's incidents; nil where they are not beside the checkout.
private let community: String? = {
  let environment = ProcessInfo.processInfo.environment
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let shared = environment["TOCSIN_SHARED"] ?? root.appendingPathComponent("shared").path
  let path = "\(shared)/data/incidents-vcdb/vcdb-shared.tar.gz"
  return FileManager.default.isReadableFile(atPath: path) ? path : nil
}()

@Suite(.enabled(if: community != nil, "the community's incidents are not here"))
struct `The community's incidents` {
  let tocsin: Tocsin

  init() throws {
    tocsin = try Tocsin()
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "xzf", community ?? "", "-C", tocsin.directory.path]
    try tar.run()
    tar.waitUntilExit()
    #expect(tar.terminationStatus == 0)
  }

  @Test func `come in whole, once, and go out equal`() throws {
    let first = try object(tocsin("import", "veris", tocsin.directory.path, "--json").output)
    let created = try #require(first["created"] as? Int)
    let conflicts = try #require(first["conflicts"] as? [[String: Any]])
    let unchanged = try #require(first["unchanged"] as? Int)
    #expect((first["refused"] as? [Any])?.isEmpty == true)
    #expect(created + unchanged + conflicts.count == 4297)
    #expect(try tocsin("incident", "list", "--count").output == "\(created)\n")
    let again = try object(tocsin("import", "veris", tocsin.directory.path, "--json").output)
    #expect(again["created"] as? Int == 0)
    #expect(again["updated"] as? Int == 0)
    #expect(try tocsin("incident", "list", "--count").output == "\(created)\n")

    var files: [String: [NSDictionary]] = [:]
    let walk = try #require(FileManager.default.enumerator(atPath: tocsin.directory.path))
    for case let name as String in walk where name.lowercased().hasSuffix(".json") {
      let text = try String(contentsOfFile: tocsin.directory.file(name), encoding: .utf8)
      let document = try object(text) as NSDictionary
      files[document["incident_id"] as? String ?? "", default: []].append(document)
    }
    let exported = try list(tocsin("export", "veris").output)
    #expect(exported.count == created)
    for document in exported {
      let id = try #require(document["incident_id"] as? String)
      #expect(files[id]?.contains(document as NSDictionary) == true, "\(id)")
    }
    #expect(try tocsin("verify").status == 0)
  }
}
