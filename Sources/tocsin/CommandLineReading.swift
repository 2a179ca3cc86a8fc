internal import ArgumentParser
internal import Model

/// What the command line asks for.
enum CommandLineRequest {
  /// The dashboard, or what stands for it without a terminal.
  case dashboard(StoreOptions, ScreenOptions?, RulebookOptions?)
  /// A command.
  case command(any ParsableCommand)
}

/// Reads the command line.
///
/// Reading the whole tree of commands costs about 8 ms of processor time (release build: 11 ms for
/// a wrong word, 3 ms for an empty program), so the usual lines are read by the one command they
/// name. What that does not understand is read again by the whole tree, which words help and errors.
enum CommandLineReading {
  /// Reads the words behind the program's name.
  ///
  /// - Throws: What the argument parser throws for help, version, scripts and wrong usage.
  static func request(_ arguments: [String]) throws -> CommandLineRequest {
    if let options = plainDashboard(arguments) { return .dashboard(options, nil, nil) }
    switch try quick(arguments) ?? Tocsin.parseAsRoot(arguments) {
    case let root as Tocsin: return .dashboard(root.options, root.screen, root.rulebook)
    case let command: return .command(command)
    }
  }

  private static func quick(_ arguments: [String]) -> (any ParsableCommand)? {
    var type: any ParsableCommand.Type = Tocsin.self
    var rest = arguments[...]
    while let name = rest.first,
      let next = type.configuration.subcommands.first(where: { $0._commandName == name })
    {
      type = next
      rest = rest.dropFirst()
    }
    guard type is any HeadlessCommand.Type || type == Demo.self else { return nil }
    return try? type.parse(Array(rest))
  }

  /// The dashboard, where nothing but the store's options is given, each with a value of its own.
  private static func plainDashboard(_ arguments: [String]) -> StoreOptions? {
    var (store, now, readOnly): (String?, Instant?, Bool) = (nil, nil, false)
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--store":
        guard store == nil, let path = rest.popFirst(), !path.hasPrefix("-") else { return nil }
        store = path
      case "--now":
        guard now == nil, let text = rest.popFirst(), let instant = Instant(argument: text) else {
          return nil
        }
        now = instant
      case "--read-only": readOnly = true
      default: return nil
      }
    }
    var options = StoreOptions()
    (options.store, options.now, options.readOnly) = (store, now, readOnly)
    return options
  }
}
