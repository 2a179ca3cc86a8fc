import Drawing
import Model
import Panes
import Testing

@testable import App

@MainActor
struct `Reminders` {
  private func pass(_ dashboard: TestDashboard, to instant: Instant) async {
    let left = (instant - dashboard.program.state.world.now).wholeMilliseconds
    dashboard.pass(milliseconds: left)
    dashboard.program.tick()
    await dashboard.program.idle()
  }

  @Test func `sum up in one message what passed before, without a bell`() async throws {
    let dashboard = try await TestDashboard()
    #expect(dashboard.shows("before you came: "))
    #expect(dashboard.rings == 0)
    await dashboard.press(.character("j"))
    #expect(!dashboard.shows("before you came: "))
    await dashboard.press(.character("j"))
    #expect(!dashboard.shows("before you came: "))
  }

  @Test func `ring once when a step passes, and name incident, duty and time left`() async throws {
    let dashboard = try await TestDashboard()
    let watch = dashboard.program.state.reminders
    let clock = try #require(
      watch.near?.clocks.first { $0.due > TestDashboard.now + .seconds(3700) }
    )
    await pass(dashboard, to: clock.due - .seconds(3600) - .milliseconds(1))
    let before = dashboard.rings
    await pass(dashboard, to: clock.due - .seconds(3600))
    #expect(dashboard.rings == before + 1)
    #expect(dashboard.shows("\(clock.reference) \(clock.rule): 1 h 0 min left"))
    await dashboard.press(.character("j"))
    #expect(dashboard.shows("1 h 0 min left"), "it is read amid typing")
    await pass(dashboard, to: clock.due - .seconds(3500))
    #expect(dashboard.rings == before + 1)
    #expect(!dashboard.shows("1 h 0 min left"))
    await pass(dashboard, to: clock.due + .milliseconds(1))
    #expect(dashboard.rings == before + 2)
    #expect(dashboard.shows("is late: it was due"))
  }

  @Test func `wake the loop for the next step, and name it in the title`() async throws {
    let dashboard = try await TestDashboard(columns: 40, rows: 10)
    await dashboard.type("9")
    let next = try #require(dashboard.program.state.reminders.nextChange)
    #expect(dashboard.program.nextTick.map { $0 <= next } ?? false)
    #expect(dashboard.program.title.hasPrefix("tocsin: "))
    let late = try #require(dashboard.program.state.reminders.near?.late)
    #expect(dashboard.program.title.contains("\(late) late"))
  }

  @Test func `are silent where the bell is off, and say it all the same`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type(":bell\n")
    #expect(dashboard.shows("the bell is silent"))
    let clock = try #require(dashboard.program.state.reminders.near?.clocks.first)
    await pass(dashboard, to: clock.due + .milliseconds(1))
    #expect(dashboard.rings == 0)
    #expect(dashboard.shows("is late: it was due"))
  }

  @Test func `of an empty store say nothing, and the title is the program's name`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    #expect(!dashboard.shows("before you came"))
    #expect(dashboard.program.title == "tocsin")
    #expect(dashboard.program.state.reminders.nextChange == nil)
  }

  @Test func `remember that the bell is to be silent`() {
    var preferences = Preferences()
    #expect(Preferences(reading: preferences.text).isBellOn)
    preferences.isBellOn = false
    #expect(!Preferences(reading: preferences.text).isBellOn)
  }
}
