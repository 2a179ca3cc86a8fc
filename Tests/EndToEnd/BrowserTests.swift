import Foundation
import TestSupport
import Testing

/// A headless browser of this host, for tests that want a real one.
enum Browser {
  /// The program; nil where none is installed.
  static let path: String? = ["/usr/bin/chromium", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The page as it stands once it was loaded and its scripts have run.
  static func page(_ file: String, in directory: TemporaryDirectory, isDark: Bool) throws -> String
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    // A frame of a file may be looked into by the page around it; the site itself has no script.
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--disable-background-networking", "--no-first-run", "--allow-file-access-from-files",
      "--user-data-dir=\(directory.file("browser"))", "--window-size=1400,900",
      "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom",
      "file://\(file)",
    ]
    process.environment = ["HOME": directory.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// A page that loads others in frames of some widths and writes down what is wrong with them: too wide,
  /// hard to read, something that runs or was loaded, headings out of order.
  ///
  /// Everything is measured when all is loaded, so nothing has to be waited for.
  static func harness(_ pages: [String], widths: [Int]) -> String {
    let frames = pages.flatMap { page in
      widths.map { width in
        """
        <iframe data-name="\(page) \(width)" width="\(width)" height="700" style="border:0"
          src="\(page)"></iframe>
        """
      }
    }
    return """
      <!DOCTYPE html><meta charset="utf-8"><title>harness</title>
      \(frames.joined(separator: "\n"))
      <pre id="result">never ran</pre>
      <script>
      const light = (c) => {
        const p = c.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
      };
      const colour = (text) => text.match(/[0-9.]+/g).map(Number);
      const ground = (window, element) => {
        for (let e = element; e; e = e.parentElement) {
          const c = colour(window.getComputedStyle(e).backgroundColor);
          if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
        }
        return [255, 255, 255];
      };
      window.onload = () => {
        const found = [];
        let texts = 0, dark = 0;
        for (const frame of document.querySelectorAll("iframe")) {
          const name = frame.dataset.name, inner = frame.contentDocument, view = frame.contentWindow;
          const say = (what) => found.push(name + ": " + what);
          if (!inner || !inner.querySelector("main")) { say("was not loaded"); continue; }
          if (inner.compatMode !== "CSS1Compat") say("quirks mode");
          if (!inner.documentElement.lang) say("no language");
          const root = inner.documentElement;
          if (root.scrollWidth > root.clientWidth) say("wider than its window: " + root.scrollWidth);
          if (inner.scripts.length) say("has a script");
          if (inner.images.length) say("has an image");
          const loads = view.performance.getEntriesByType("resource");
          if (loads.length) say("loads " + loads.map((l) => l.name).join(" "));
          let before = 0;
          for (const h of inner.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
            const level = Number(h.tagName[1]);
            if (level > before + 1) say("h" + level + " behind h" + before);
            before = level;
          }
          if (inner.querySelectorAll("h1").length !== 1) say("not one h1");
          const back = colour(view.getComputedStyle(inner.body).backgroundColor);
          if (light(back) < 0.2) dark += 1;
          const walk = inner.createTreeWalker(inner.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement;
            if (!walk.currentNode.textContent.trim()) continue;
            const style = view.getComputedStyle(parent);
            const one = light(colour(style.color)), other = light(ground(view, parent));
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            texts += 1;
            if (ratio < 4.5) say("contrast " + ratio.toFixed(2) + " of " + parent.tagName);
            if (parseFloat(style.fontSize) < 14) say("letters of " + style.fontSize);
          }
        }
        document.getElementById("result").textContent =
          "frames " + document.querySelectorAll("iframe").length + "\\ndark " + dark
          + "\\ntexts " + (texts > 0) + "\\n" + found.join("\\n") + "\\nend";
      };
      </script>
      """
  }
}

@Suite(.enabled(if: Browser.path != nil, "no browser is installed"))
struct `A published statement in a real browser` {
  @Test(arguments: [false, true])
  func `is readable on a telephone, in light and in dark, and loads nothing`(isDark: Bool) throws {
    let tocsin = try Tocsin()
    func run(_ arguments: [String]) throws -> String {
      let result = try tocsin.run(arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      return result.output
    }
    let long = String(repeating: "Donaudampfschifffahrt", count: 9)
    for arguments in [
      [
        "organisation", "set", "--name", "Lindgren & Vale", "--contact", "privacy@example.org",
        "--ask-rights", "Write to us", "--security-contact", "mailto:security@example.org",
      ],
      [
        "register", "add", "Orders \(long)", "--purpose", "Sell \(long)", "--basis", "contract",
        "--data", "email=to confirm", "--measure", long, "--recipient", "<img src=x>",
      ],
      ["incident", "add", "--title", "secret", "--affected", "EU-DE=4000"],
      [
        "incident", "public", "INC-2026-0001", "--title", "Lost: \(long)", "--reason", "asked",
      ],
      ["statement", "create", "How we handle your data"],
      [
        "statement", "correct", "STM-0001", "--was", long, "--is", "another word",
      ],
    ] { _ = try run(arguments) }
    let json = try run(["statement", "preview", "STM-0001", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let digest = try #require(object?["digest"] as? String)
    _ = try run(["statement", "propose", "STM-0001", "--digest", digest])
    let site = tocsin.directory.file("site")
    _ = try run(["statement", "publish", "STM-0001", "--out", site])
    let pages = ["site/index.html", "site/versions.html", "site/incidents/INC-2026-0001.html"]
    let harness = tocsin.directory.file("harness.html")
    try Data(Browser.harness(pages, widths: [320, 360, 1280]).utf8)
      .write(to: URL(filePath: harness))
    let dom = try Browser.page(harness, in: tocsin.directory, isDark: isDark)
    let result = dom.components(separatedBy: "<pre id=\"result\">").last?
      .components(separatedBy: "</pre>").first
    #expect(result == "frames 9\ndark \(isDark ? 9 : 0)\ntexts true\n\nend")
  }
}
