import Exchange
import Testing

@Suite(.timeLimit(.minutes(30))) struct `A call of a mail program` {
  private func call(
    _ script: String,
    _ input: [UInt8] = Array("Subject: x\n\n".utf8),
    timeout: Duration = .seconds(50)
  ) -> MailProgramCall.Result {
    MailProgramCall(
      arguments: ["/bin/sh", "-c", script, "sendmail", "-f", "b@x", "--", "a@y; echo no"],
      environment: ["PATH=/usr/bin:/bin", "ONLY=this"],
      input: input,
      timeout: timeout
    ).run()
  }

  @Test(arguments: [0, 1, 65_536, 65_537, 1_048_576, 3_000_000])
  func `gives the program all of a message of any length`(count: Int) {
    let result = call("wc -c", Array(repeating: 120, count: count))
    #expect(result.end == .exit(status: 0, hasAll: true))
    #expect(result.output == "\(count)\n")
  }

  @Test func `names arguments and environment as they are, without a shell`() {
    #expect(
      call("printf '%s|' \"$@\"; env | grep ONLY").output == "-f|b@x|--|a@y; echo no|ONLY=this\n"
    )
  }

  @Test(arguments: [
    ("cat >/dev/null; exit 0", MailProgramCall.End.exit(status: 0, hasAll: true)),
    // One that did not read the message, however short it is, has not taken it.
    ("exit 0", .exit(status: 0, hasAll: false)),
    ("exit 75", .exit(status: 75, hasAll: false)), ("kill -TERM $$", .signal(15)),
    // One that closes what it writes, and goes on, is waited for.
    ("exec >&- 2>&-; cat >/dev/null; exit 3", .exit(status: 3, hasAll: true)),
    // One that leaves something behind which holds its output open is not.
    ("cat >/dev/null; sleep 600 & exit 4", .exit(status: 4, hasAll: true)),
  ])
  func `says how it ended`(script: String, end: MailProgramCall.End) {
    #expect(call(script).end == end)
  }

  @Test func `says that the program did not read all before it ended`() {
    let result = call("exit 0", Array(repeating: 120, count: 3_000_000))
    #expect(result.end == .exit(status: 0, hasAll: false))
  }

  @Test func `ends a program with all it started, when its time is over`() {
    let result = call("echo begun; sleep 600 & wait", timeout: .milliseconds(300))
    #expect(result.end == .timeout)
    #expect(result.output == "begun\n")
  }

  @Test func `keeps a bounded part of what the program writes`() {
    let result = call("cat >/dev/null; yes | head -c 1000000; exit 1")
    #expect(result.end == .exit(status: 1, hasAll: true))
    #expect(result.output.utf8.count == MailProgramCall.limit)
  }

  @Test func `says that there is no such program`() {
    let result = MailProgramCall(
      arguments: ["/nowhere/sendmail"],
      environment: [],
      input: [],
      timeout: .seconds(1)
    ).run()
    #expect(result.end == .notStarted(2))
  }
}
