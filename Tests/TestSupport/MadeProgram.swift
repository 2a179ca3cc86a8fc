public import Foundation

/// Writes a program that a test starts afterwards, and returns its path.
///
/// A file is copied into place by a process of its own: what this process had open for writing itself, a
/// child that another test is starting at that moment holds open too, until its exec, and starting the
/// file fails meanwhile with "text file busy" (`execve(2)`, ETXTBSY).
@discardableResult
public func makeProgram(_ text: String, at path: String) throws -> String {
  let source = path + ".text"
  try Data(text.utf8).write(to: URL(fileURLWithPath: source))
  let install = Process()
  install.executableURL = URL(fileURLWithPath: "/usr/bin/install")
  install.arguments = ["-m", "700", "--", source, path]
  install.standardInput = FileHandle.nullDevice
  try install.run()
  install.waitUntilExit()
  try FileManager.default.removeItem(atPath: source)
  guard install.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  return path
}
