import Drawing
import Testing

@testable import App

struct `A recording of a terminal that changes its size` {
  @Test(arguments: [(2, "1.500"), (3, "0.500")])
  func `says so before the first frame of the new size`(version: Int, stamp: String) throws {
    let kind = try #require(Asciicast.Version(rawValue: version))
    var cast = Asciicast(kind, size: Size(columns: 10, rows: 2)) { _ in "" }
    cast.show(Canvas(Size(columns: 10, rows: 2)), at: 0)
    cast.show(Canvas(Size(columns: 10, rows: 2)), at: 1000)
    cast.mark("before", at: 1000)
    cast.show(Canvas(Size(columns: 30, rows: 4)), at: 1500)
    cast.show(Canvas(Size(columns: 30, rows: 4)), at: 2000)

    let events = cast.lines.dropFirst()
    #expect(events.filter { $0.contains("\"r\"") } == ["[\(stamp), \"r\", \"30x4\"]"])
    let place = try #require(events.firstIndex { $0.contains("\"r\"") })
    #expect(events[place - 1].contains("before"))
    // The whole screen follows, from its first row to its last.
    #expect(events[place + 1].contains("\\u001b[2J"))
    #expect(events[place + 1].contains("\\u001b[4;1H"))
    #expect(events.count == 4)
  }
}
