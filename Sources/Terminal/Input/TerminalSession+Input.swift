public import Drawing
import Glibc

extension TerminalSession {
  /// Reads all that has come, without waiting.
  ///
  /// To be called when `fileDescriptor` is readable, and again after `needsAnotherLook`. Wheel and
  /// clicks are left out while the mouse is released. When the line is cut, `isLost` becomes true.
  public func readEvents() -> [InputEvent] {
    var events: [InputEvent] = []
    var hasRead = false
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      while !isLost {
        let count = read(input, buffer.baseAddress, buffer.count)
        if count > 0 {
          hasRead = true
          let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
          decoder.feed(bytes.assumingMemoryBound(to: UInt8.self), into: &events)
          // The line keeps 4 096 bytes: after few the next read would only say that it is empty.
          if count < 2_048 { break }
        } else if count < 0, errno == EINTR {
          continue
        } else {
          if count == 0 || errno != EAGAIN { isLost = true }
          break
        }
      }
    }
    if hasRead {
      lastByteAt = .now
    } else if let patience, ContinuousClock.now - lastByteAt >= patience {
      decoder.timeOut(into: &events)
    }
    return isMouseOn ? events : events.filter { if case .mouse = $0 { false } else { true } }
  }

  /// After how long `readEvents` must be called again although nothing came: a lone Escape, or a
  /// sequence whose rest is missing.
  ///
  /// Nil mostly.
  public var needsAnotherLook: Duration? {
    guard let patience else { return nil }
    return max(.zero, patience - (ContinuousClock.now - lastByteAt))
  }

  private var patience: Duration? {
    switch decoder.waiting {
    case .nothing: nil
    case .escape: capabilities.escapeDelay
    case .sequence: .milliseconds(500)
    case .paste: .seconds(2)
    }
  }
}
