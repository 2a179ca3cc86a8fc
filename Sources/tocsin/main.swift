internal import ArgumentParser
internal import Foundation
internal import Terminal

ProcessHardening.apply()
let environment = ProcessInfo.processInfo.environment
do {
  switch try CommandLineReading.request(Array(CommandLine.arguments.dropFirst())) {
  case .dashboard(let options, let screen, let rules):
    DashboardStart.run(options, screen, rules, environment: environment)
  case .command(let command as Demo): command.open(environment: environment)
  case .command(let command as any HeadlessCommand):
    Runner.run(command, environment: environment)
  case .command(var command): try command.run()
  }
} catch {
  Runner.end(with: error)
}
