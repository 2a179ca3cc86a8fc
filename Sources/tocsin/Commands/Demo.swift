internal import App
internal import ArgumentParser
internal import Foundation
internal import Model
internal import Storage
internal import Synchronization

/// The command `tocsin demo`.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the dashboard on a sample company.",
    discussion: """
      \(SampleCompany.name) is invented, with forty incidents, two audits and four mailings dated relative to the \
      present. Each demo has a copy of its own, which goes when it ends.
      """
  )

  @Flag(help: "Make the copy, print its path and leave it there.")
  var printPath = false

  @OptionGroup var screen: ScreenOptions

  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard options.store == nil, !options.readOnly else {
      throw ValidationError("A demo has a store of its own, to be altered freely.")
    }
  }

  /// Makes the copy and opens it.
  @MainActor
  func open(environment: [String: String]) -> Never {
    do {
      let path = try DemoFolder.make(environment: environment) + "/sample.sqlite"
      if !printPath { DemoFolder.removeAtExit() }
      let present = options.now ?? .system
      // A copy without its rules says so on the screen; here it only lacks the audits.
      let rulebook = try? DataFiles(environment: environment).rulebook()
      try Runner.wait {
        try await SampleCompany.write(to: path, now: present, rulebook: rulebook)
      }
      guard !printPath else {
        let out = Output()
        try out.line(Words(path))
        try out.flush()
        Foundation.exit(ExitStatus.done.rawValue)
      }
      DashboardStart.run(
        try StoreOptions.parse(options.arguments + ["--store", path]),
        screen,
        storeName: SampleCompany.name,
        environment: environment
      )
    } catch {
      Runner.fail(error)
    }
  }
}

/// The folder in which a demo's copy lies: 0700, with a name that nobody can guess.
private enum DemoFolder {
  private static let path = Mutex<String?>(nil)

  static func make(environment: [String: String]) throws -> String {
    let parent = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(parent)/tocsin-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Refusal(
        "no folder can be made in \(parent): \(String(cString: strerror(errno)))",
        advice: "name a folder that can be written in TMPDIR"
      )
    }
    let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path.withLock { $0 = made }
    return made
  }

  static func removeAtExit() {
    atexit {
      guard let path = DemoFolder.path.withLock({ $0 }) else { return }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
