import Glibc
import Synchronization

/// A mail server on the loopback that keeps what it is given, and refuses whom it is told to.
///
/// Just enough of SMTP for real mail programs. A message is kept before its answer goes out: whatever
/// a client was told was taken is here.
public final class SMTPSink: Sendable {
  /// A message that was taken.
  public struct Message: Sendable {
    /// The envelope's sender; empty for a bounce.
    public var sender: String
    /// The envelope's recipients.
    public var recipients: [String]
    /// The message as it came, lines ended by CR LF, dots at their beginnings taken away.
    public var bytes: [UInt8]

    /// The message as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The port.
  public let port: UInt16
  private let listener: Int32
  private let refuse: @Sendable (String) -> String?
  private let state = Mutex(State())

  private struct State {
    var messages: [Message] = []
    var waiting: [(count: Int, semaphore: Semaphore)] = []
    var connections: Set<Int32> = []
    var isClosed = false
  }

  /// Opens a server on a free port.
  ///
  /// `refuse` gives what the server answers to a recipient whom it does not take, such as
  /// `550 5.1.1 no such user`; nil takes the recipient.
  public init(refuse: @escaping @Sendable (String) -> String? = { _ in nil }) throws {
    self.refuse = refuse
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 128) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard listener >= 0, isOpen else { throw Failed(code: errno) }
    (self.listener, port) = (listener, UInt16(bigEndian: address.sin_port))
    Self.thread { [self] in acceptAll() }
  }

  /// The messages that were taken so far.
  public var messages: [Message] { state.withLock { $0.messages } }

  /// Waits until so many messages have been taken.
  public func wait(for count: Int) {
    let semaphore = Semaphore()
    let isThere = state.withLock { state in
      if state.messages.count >= count { return true }
      state.waiting.append((count, semaphore))
      return false
    }
    if !isThere { semaphore.wait() }
  }

  /// Closes the server and all connections to it.
  public func close() {
    let open = state.withLock { state in
      defer { state.isClosed = true }
      return state.isClosed ? [] : Array(state.connections) + [listener]
    }
    for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        Glibc.close(listener)
        return
      }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let isClosed = state.withLock { state in
        state.connections.insert(connection)
        return state.isClosed
      }
      if isClosed { shutdown(connection, Int32(SHUT_RDWR)) }
      Self.thread { [self] in
        serve(connection)
        state.withLock { _ = $0.connections.remove(connection) }
        Glibc.close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    var talk = Talk(connection: connection)
    var message = Message(sender: "", recipients: [], bytes: [])
    talk.answer("220 sink.example ESMTP")
    while let line = talk.line() {
      switch line.prefix(4).uppercased() {
      case "EHLO": talk.answer("250-sink.example\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
      case "MAIL":
        message = Message(sender: Self.address(line), recipients: [], bytes: [])
        talk.answer("250 2.1.0 ok")
      case "RCPT":
        let recipient = Self.address(line)
        if let refusal = refuse(recipient) {
          talk.answer(refusal)
        } else {
          message.recipients.append(recipient)
          talk.answer("250 2.1.5 ok")
        }
      case "DATA":
        guard !message.recipients.isEmpty else {
          talk.answer("554 5.5.1 no valid recipients")
          continue
        }
        talk.answer("354 go on")
        guard talk.data(into: &message.bytes) else { return }
        keep(message)
        talk.answer("250 2.0.0 taken")
      case "QUIT":
        talk.answer("221 2.0.0 bye")
        return
      default: talk.answer("250 2.0.0 ok")
      }
    }
  }

  private func keep(_ message: Message) {
    let woken = state.withLock { state in
      state.messages.append(message)
      let count = state.messages.count
      defer { state.waiting.removeAll { $0.count <= count } }
      return state.waiting.filter { $0.count <= count }
    }
    for waiter in woken { waiter.semaphore.signal() }
  }

  /// What stands between angle brackets.
  private static func address(_ line: String) -> String {
    guard let start = line.firstIndex(of: "<"), let end = line.firstIndex(of: ">"), start < end
    else { return "" }
    return String(line[line.index(after: start)..<end])
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(body)).toOpaque()
    var thread = pthread_t()
    let code = pthread_create(
      &thread,
      nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      },
      box
    )
    precondition(code == 0, "a thread can be started")
    pthread_detach(thread)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// A semaphore of the system: no thread of Swift's own is needed to pass it.
  private final class Semaphore: @unchecked Sendable {
    // @unchecked: the system's semaphore may be used by several threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { sem_init(semaphore, 0, 0) }
    /// Waits; what has not come in a quarter of an hour is broken, and no test may wait for ever.
    func wait() {
      var end = timespec()
      clock_gettime(CLOCK_REALTIME, &end)
      end.tv_sec += 900
      while sem_timedwait(semaphore, &end) != 0, errno == EINTR {}
    }
    func signal() { sem_post(semaphore) }
    deinit {
      sem_destroy(semaphore)
      semaphore.deallocate()
    }
  }

  /// The system refused.
  public struct Failed: Error {
    /// The error number.
    public var code: Int32
  }

  /// One conversation.
  private struct Talk {
    let connection: Int32
    var buffer: [UInt8] = []
    var start = 0

    mutating func line() -> String? { bytes().map { String(decoding: $0, as: UTF8.self) } }

    /// The next line without its end; nil where the other side is gone.
    mutating func bytes() -> ArraySlice<UInt8>? {
      while true {
        if let end = buffer[start...].firstIndex(of: 10) {
          let line = buffer[start..<end]
          start = end + 1
          return line.last == 13 ? line.dropLast() : line
        }
        buffer.removeFirst(start)
        start = 0
        var block = [UInt8](repeating: 0, count: 16_384)
        let count = recv(connection, &block, block.count, 0)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return nil }
        buffer += block.prefix(count)
      }
    }

    /// A message up to its dot; false where the other side is gone.
    mutating func data(into message: inout [UInt8]) -> Bool {
      while let line = bytes() {
        if Array(line) == [46] { return true }
        message += line.first == 46 ? line.dropFirst() : line
        message += [13, 10]
      }
      return false
    }

    func answer(_ text: String) {
      var bytes = Array("\(text)\r\n".utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes {
          send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno != EINTR { return }
        bytes = bytes.dropFirst(max(0, count))
      }
    }
  }
}
