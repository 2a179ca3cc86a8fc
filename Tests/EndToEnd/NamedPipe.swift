import Foundation

/// A named pipe through which a program and the test wait for one another.
final class NamedPipe {
  let path: String
  private let handle: FileHandle

  init(at path: String) throws {
    self.path = path
    guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
    // Open for both, so that nobody waits for the other side to come.
    handle = FileHandle(fileDescriptor: open(path, O_RDWR | O_CLOEXEC), closeOnDealloc: true)
  }

  func say(_ word: String) { handle.write(Data("\(word)\n".utf8)) }

  func line() -> String {
    var bytes: [UInt8] = []
    while let byte = handle.readData(ofLength: 1).first, byte != 10 { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
