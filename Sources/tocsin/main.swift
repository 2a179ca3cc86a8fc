internal import ArgumentParser
internal import Foundation
internal import Terminal

ProcessHardening.apply()
let environment = ProcessInfo.processInfo.environment
do {
  switch try Tocsin.parseAsRoot() {
  case let command as Tocsin:
    DashboardStart.run(command.options, command.screen, environment: environment)
  case let command as Demo: command.open(environment: environment)
  case let command as any HeadlessCommand: Runner.run(command, environment: environment)
  case var command: try command.run()
  }
} catch {
  Runner.end(with: error)
}
