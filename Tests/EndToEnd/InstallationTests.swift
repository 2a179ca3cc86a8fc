import Foundation
import TestSupport
import Testing

struct `An installed copy` {
  @Test func `runs where it was moved to, and finds its data files`() throws {
    // Given a copy laid out as `make install` does, in a place that nobody knew before.
    var tocsin = try Tocsin()
    let place = tocsin.directory.file("moved here/prefix")
    let manager = FileManager.default
    for folder in ["bin", "share/tocsin/themes", "share/tocsin/mappings"] {
      try manager.createDirectory(
        atPath: "\(place)/\(folder)",
        withIntermediateDirectories: true
      )
    }
    try manager.copyItem(atPath: Tocsin.binary, toPath: "\(place)/bin/tocsin")
    try Data("id: mine\n".utf8).write(
      to: URL(fileURLWithPath: "\(place)/share/tocsin/mappings/mine.yaml")
    )
    try Data("id: night\n".utf8).write(
      to: URL(fileURLWithPath: "\(place)/share/tocsin/themes/night.yaml")
    )
    tocsin.binary = "\(place)/bin/tocsin"
    // When it is asked, with no toolchain in its PATH.
    let files = try #require(
      try object(tocsin("doctor", "--json").output)["data files"] as? [String: Any]
    )
    // Then it has looked beside itself.
    #expect(files["themes"] as? String == "night")
    #expect(files["mappings"] as? String == "mine")
    #expect(try tocsin("demo").status == 0)
  }

  @Test func `starts even without any data file`() throws {
    var tocsin = try Tocsin()
    let alone = tocsin.directory.file("tocsin")
    try FileManager.default.copyItem(atPath: Tocsin.binary, toPath: alone)
    tocsin.binary = alone
    #expect(try tocsin("incident", "add", "--title", "One").output == "INC-2026-0001\n")
    #expect(try tocsin("overview").status == 0)
    let result = try tocsin("import", "register", "--map", "wa-ag", "-")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("tocsin: there is no mapping wa-ag; looked in: "))
    #expect(result.errors.contains("/share/tocsin/mappings"))
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["TOCSIN_BINARY"] != nil,
      "no copy is installed"
    )
  )
  func `has its manual, completions, themes and mappings`() throws {
    let share =
      URL(fileURLWithPath: Tocsin.binary).deletingLastPathComponent()
      .deletingLastPathComponent().path + "/share"
    for file in [
      "man/man1/tocsin.1", "bash-completion/completions/tocsin", "zsh/site-functions/_tocsin",
      "fish/vendor_completions.d/tocsin.fish", "tocsin/themes/dark.yaml",
      "tocsin/mappings/wa-ag.yaml",
    ] {
      let size = try FileManager.default.attributesOfItem(atPath: "\(share)/\(file)")[.size]
      #expect((size as? Int ?? 0) > 200, "\(file)")
    }
  }

  @Test func `explains itself`() throws {
    var tocsin = try Tocsin()
    tocsin.now = nil
    #expect(try tocsin("--version") == .init(output: "0.1.0\n", errors: "", status: 0))
    let help = try tocsin("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("SUBCOMMANDS:"))
    let manual = try tocsin("generate-manual").output
    #expect(manual.hasPrefix(".TH TOCSIN 1 "))
    #expect(manual.contains(".SH KEYS"))
    #expect(manual.contains("libncursesw6"))
    for shell in ["bash", "zsh", "fish"] {
      #expect(
        try tocsin("--generate-completion-script", shell).output.contains("incident"),
        "\(shell)"
      )
    }
  }
}
