public import Foundation
import Glibc

/// A program that was started beside the test, with its output read line by line.
public final class ChildProcess: @unchecked Sendable {
  // @unchecked: the process object is only used by the test that made it.
  private let process = Process()
  private let output = Pipe()

  /// Starts a program of this package's build folder, such as `storage-probe`.
  public init(product: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    process.executableURL = Self.buildFolder.appendingPathComponent(product)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  /// Where the package's programs and tests are built.
  public static var buildFolder: URL {
    let link = "/proc/self/exe"
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? ""
    // Under `swift test` the running program is the toolchain's helper or the test bundle itself.
    let bundle =
      CommandLine.arguments.first { $0.contains(".xctest") }
      ?? (program.contains(".xctest") ? program : CommandLine.arguments[0])
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }

  /// The process id.
  public var id: Int32 { process.processIdentifier }

  /// Kills it as a power cut would, without a chance to clean up.
  public func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Waits for the first bytes of output.
  public func firstOutput() -> String {
    String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// Waits for its end and returns the lines it wrote (without an unfinished one), and its status.
  public func finish() -> (lines: [String], status: Int32) {
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    let whole =
      text.hasSuffix("\n") ? text[...] : text[..<(text.lastIndex(of: "\n") ?? text.startIndex)]
    return (whole.split(separator: "\n").map(String.init), process.terminationStatus)
  }
}
