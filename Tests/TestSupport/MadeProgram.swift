internal import Foundation
internal import Glibc

/// Writes a program that a test starts afterwards, and returns its path.
///
/// A file is copied into place by a process of its own: what this process had open for writing itself, a
/// child that another test is starting at that moment holds open too, until its exec, and starting the
/// file fails meanwhile with "text file busy" (`execve(2)`, ETXTBSY).
@discardableResult
public func makeProgram(_ text: String, at path: String) throws -> String {
  let source = path + ".text"
  try Data(text.utf8).write(to: URL(fileURLWithPath: source))
  let said: [String] = ["install", "-m", "700", "--", source, path]
  var words: [UnsafeMutablePointer<CChar>?] = said.map { strdup($0) }
  defer { words.forEach { free($0) } }
  words.append(nil)
  var child: pid_t = 0
  guard posix_spawn(&child, "/usr/bin/install", nil, nil, words, environ) == 0 else {
    throw CocoaError(.fileWriteUnknown)
  }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0, errno == EINTR {}
  try FileManager.default.removeItem(atPath: source)
  guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
  return path
}
