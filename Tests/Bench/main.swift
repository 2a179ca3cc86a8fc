import Foundation

// bench BINARY: prints what Tocsin takes for work that has no screen.
let arguments = CommandLine.arguments
guard arguments.count == 2 else {
  print("usage: bench path-of-tocsin")
  exit(64)
}
do {
  try await Bench(binary: arguments[1], environment: ProcessInfo.processInfo.environment).run()
} catch {
  print("bench: \(error)")
  exit(1)
}
