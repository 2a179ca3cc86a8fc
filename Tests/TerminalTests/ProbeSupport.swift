import Glibc
import Pty

/// Starts the probe in a pseudo-terminal and waits until it has drawn; `end` is what it draws last.
func startProbe(
  _ arguments: [String] = [],
  environment: [String: String] = [:],
  columns: Int = 80,
  rows: Int = 24,
  waitFor text: String = "end"
) throws -> PtyProcess {
  let probe = try PtyProcess(
    Products.path(of: "terminal-probe"),
    arguments,
    environment: environment,
    columns: columns,
    rows: rows
  )
  try probe.wait(forText: text)
  return probe
}
