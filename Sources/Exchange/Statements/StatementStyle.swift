/// How the pages of a statement look: two sets of colours, and what they are used for.
enum StatementStyle {
  /// A set of colours, as `#rrggbb`.
  struct Colours: Sendable {
    var text: String
    var paper: String
    var link: String
    var visited: String
    var line: String
    var quiet: String
    var band: String

    /// What is read upon what; text wants a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), lines one of 3 (1.4.11).
    var pairs: [(name: String, upper: String, lower: String, least: Double)] {
      [
        ("text", text, paper, 4.5), ("links", link, paper, 4.5),
        ("visited links", visited, paper, 4.5), ("quiet text", quiet, paper, 4.5),
        ("text on bands", text, band, 4.5), ("links on bands", link, band, 4.5),
        ("visited links on bands", visited, band, 4.5), ("quiet text on bands", quiet, band, 4.5),
        ("lines", line, paper, 3), ("lines on bands", line, band, 3),
      ]
    }

    fileprivate var properties: String {
      "--text: \(text); --paper: \(paper); --link: \(link); --visited: \(visited); "
        + "--line: \(line); --quiet: \(quiet); --band: \(band);"
    }
  }

  static let light = Colours(
    text: "#1a1a1a",
    paper: "#ffffff",
    link: "#0b4a8f",
    visited: "#5b2a86",
    line: "#767676",
    quiet: "#4a4a4a",
    band: "#eef1f4"
  )

  static let dark = Colours(
    text: "#ececec",
    paper: "#15181c",
    link: "#8cc4ff",
    visited: "#d3b3ff",
    line: "#8a929b",
    quiet: "#bcc3ca",
    band: "#22272e"
  )

  static let css = """
    :root { color-scheme: light dark; \(light.properties) }
    @media (prefers-color-scheme: dark) { :root { \(dark.properties) } }
    * { box-sizing: border-box; }
    body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; color: var(--text); \
    background: var(--paper); }
    main, header ul { max-width: 44rem; margin: 0 auto; padding: 0 1rem; }
    main { padding-bottom: 4rem; }
    header { background: var(--band); border-bottom: 1px solid var(--line); }
    header ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
    header a { display: inline-block; padding: .75rem 0; }
    a { color: var(--link); } a:visited { color: var(--visited); }
    a:focus-visible, main:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { position: static; display: inline-block; padding: .75rem 1rem; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2rem 0 .5rem; }
    h1 { font-size: 1.9rem; } h2 { font-size: 1.4rem; padding-top: .5rem; \
    border-top: 1px solid var(--line); }
    h3 { font-size: 1.15rem; } h4, h5, h6 { font-size: 1rem; }
    h1, h2, h3, h4, h5, h6, p, li, dt, dd, code { overflow-wrap: anywhere; }
    .of { color: var(--quiet); }
    .note { border-left: 4px solid var(--line); padding: .5rem 1rem; background: var(--band); }
    ul { padding-left: 1.25rem; } header ul { padding-left: 1rem; }
    dl { margin: .5rem 0 1.5rem; } dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0; }
    code { font-family: ui-monospace, monospace; font-size: .9em; }
    @media (min-width: 40rem) { dl { display: grid; grid-template-columns: 12rem 1fr; \
    gap: .35rem 1rem; } dt { margin: 0; } }
    @media print { header, .skip { display: none; } main { max-width: none; } }
    """
}
