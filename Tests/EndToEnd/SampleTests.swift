import Foundation
import TestSupport
import Testing

struct `The sample company` {
  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  @Test func `is printed as an overview where there is no terminal`() throws {
    let demo = try tocsin("demo")
    #expect(demo.status == 0)
    #expect(demo.errors == "")
    #expect(demo.output.hasPrefix("Overview at 2026-05-18 14:40 UTC: 14 open of 40 incidents\n"))
    let left = try FileManager.default.contentsOfDirectory(atPath: tocsin.directory.path)
    #expect(left.filter { $0.hasPrefix("tocsin-demo") }.isEmpty, "the copy goes with the demo")
  }

  @Test func `is the same for the same present`() throws {
    let texts = try (0..<2).map { _ in
      let path = String(try tocsin("demo", "--print-path").output.dropLast())
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
      #expect(mode as? Int == 0o700)
      let references = try list(tocsin("incident", "list", "--json", "--store", path).output)
        .compactMap { $0["reference"] as? String }
      #expect(references.count == 40)
      #expect(try tocsin("verify", "--store", path).status == 0)
      return try references.map { try tocsin("incident", "show", $0, "--store", path).output }
        .joined() + tocsin("overview", "--store", path).output
    }
    #expect(texts[0] == texts[1])
  }

  @Test func `has one breach of which the company is aware since nine hours`() throws {
    let path = String(try tocsin("demo", "--print-path").output.dropLast())
    let breach = try #require(
      try list(
        tocsin(
          "incident",
          "list",
          "--json",
          "--filter",
          "severity:critical outcome:confirmed-breach",
          "--store",
          path
        ).output
      ).first
    )
    let awareness = try #require(breach["awareness"] as? [String: Any])
    #expect(
      (awareness["aware_at"] as? [String: String])?["earliest"] == "2026-05-18T05:40:00Z"
    )
    let places = (breach["affected"] as? [[String: Any]])?.compactMap {
      $0["jurisdiction"] as? String
    }
    #expect(places?.filter { $0.hasPrefix("EU-") }.count == 6)
    #expect(places?.filter { $0.hasPrefix("US-") }.count == 12)
    #expect(places?.contains("GB") == true)
  }
}
