internal import App
internal import Foundation
internal import Glibc
internal import Panes

/// Lets an officer write in `$EDITOR`, the program having this command's terminal.
enum EditorRun {
  /// The text as it was left; nil where nothing was altered.
  ///
  /// - Throws: `Refusal` where there is no terminal or the editor fails.
  static func edit(
    _ text: String,
    name: String,
    _ environment: [String: String]
  ) throws -> String? {
    guard isatty(STDIN_FILENO) != 0, isatty(STDOUT_FILENO) != 0 else {
      throw Refusal(
        "there is no terminal to write in",
        advice: "give the text as a file: --file letter.mustache, or --file - for standard input"
      )
    }
    let outcome = EditorErrand(environment: environment).run(text, name: name) { arguments in
      try run(arguments)
    }
    switch outcome {
    case .success(let edited): return edited
    case .failure(let failure): throw Refusal("\(failure.reason)")
    }
  }

  /// Runs a program as it is named, without a shell, and waits for its end.
  private static func run(_ arguments: [String]) throws -> Int32 {
    guard let program = arguments.first else { throw Refusal("EDITOR names no program") }
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, nil, nil, pointers, environ)
    guard code == 0 else {
      throw Refusal("\(program) could not be started: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // Its exit status, or 128 and the signal that ended it.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }
}
