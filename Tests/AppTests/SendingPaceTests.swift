import Testing

@testable import App

struct `A pace` {
  @Test func `is even, and makes up for nothing after a wait`() {
    var pace = SendingPace(perMinute: 60)
    #expect(pace.delay(at: .seconds(5)) == .zero)
    pace.begin(at: .seconds(5))
    #expect(pace.delay(at: .seconds(5)) == .seconds(1))
    #expect(pace.delay(at: .milliseconds(5400)) == .milliseconds(600))
    #expect(pace.delay(at: .seconds(100)) == .zero)
    pace.begin(at: .seconds(100))
    #expect(pace.delay(at: .seconds(100)) == .seconds(1))
    var free = SendingPace(perMinute: nil)
    free.begin(at: .seconds(1))
    #expect(free.delay(at: .seconds(1)) == .zero)
  }
}
