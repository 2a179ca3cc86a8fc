import Glibc

/// The system's own words for an error number.
func systemMessage(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}

/// Writes all bytes, waiting where the descriptor does not wait; gives up on any other error.
@discardableResult
func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count > 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    } else if errno == EAGAIN {
      var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&wait, 1, 1_000) == 0 { return false }
    } else if errno != EINTR {
      return false
    }
  }
  return true
}

/// Writes all bytes of an array.
@discardableResult
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
  bytes.withUnsafeBytes { writeAll(descriptor, $0) }
}

/// Installs a handler for a signal and gives back the one before.
@discardableResult
func setHandler(
  _ signal: Int32,
  _ handler: (@convention(c) (Int32) -> Void)?,
  flags: Int32 = 0
) -> sigaction {
  var old = sigaction()
  var new = sigaction()
  new.__sigaction_handler.sa_handler = handler
  new.sa_flags = flags
  sigemptyset(&new.sa_mask)
  sigaction(signal, &new, &old)
  return old
}

/// How a child of `waitpid` ended or stopped; C has macros for it that Swift does not import.
struct WaitStatus {
  var raw: Int32
  var isStopped: Bool { raw & 0xFF == 0x7F }
  var hasExited: Bool { raw & 0x7F == 0 }
  /// The exit status, or 128 and the signal as shells say it.
  var exitStatus: Int32 { hasExited ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F) }
}
