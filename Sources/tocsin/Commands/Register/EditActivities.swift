internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin register add`.
struct AddActivityCommand: HeadlessCommand {
  static let origin = "register add"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Write down a processing activity; prints its reference."
  )

  @Argument(help: "What it is called.") var name: String
  @OptionGroup var facts: ActivityOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    var activity = ActivityFacts(name: name)
    try facts.apply(to: &activity, in: session)
    let store = try session.open()
    let receipt = try await store.apply(AddActivity(activity), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin register edit`.
struct EditActivityCommand: HeadlessCommand {
  static let origin = "register edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Set what is known of an activity.",
    discussion: """
      What is named is replaced, lists as a whole; an empty text takes a thing away. A category of data \
      that keeps its reason keeps the day on which it was justified.
      """
  )

  @Argument(help: "The activity, such as ACT-0001.") var reference: String
  @Option(help: "What it is called.") var name: String?
  @OptionGroup var facts: ActivityOptions
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard name != nil || !facts.isEmpty else {
      throw ValidationError("Nothing was named that is to be set.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.activity(reference, in: store)
    var activity = found.facts
    if let name { activity.name = name }
    try facts.apply(to: &activity, in: session)
    let receipt = try await store.apply(
      EditActivity(id: found.id, basedOn: base.version ?? found.version, facts: activity),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(receipt.reference): version \(receipt.version)")
  }
}

/// The command `tocsin register remove`.
struct RemoveActivityCommand: HeadlessCommand {
  static let origin = "register remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take an activity off the list; nothing is deleted, and undo brings it back."
  )

  @Argument(help: "The activity, such as ACT-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.activity(reference, in: store)
    let receipt = try await store.apply(
      RemoveActivity(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}

/// The command `tocsin register justify`.
struct JustifyCommand: HeadlessCommand {
  static let origin = "register justify"
  static let configuration = CommandConfiguration(
    commandName: "justify",
    abstract: "Say again why an activity holds a category of data.",
    discussion: "Without --why the reason that stands there is confirmed."
  )

  @Argument(help: "The activity, such as ACT-0001.") var reference: String
  @Argument(help: "The category of its data, such as dob.") var category: String
  @Option(help: "Why it is held.") var why: String?
  @Option(help: "The day on which it was looked at; today, if not given.") var on: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.activity(reference, in: store)
    guard let index = found.facts.held(category) else {
      let held = found.facts.data.map(\.category).joined(separator: ", ")
      throw Refusal("\(found.reference) holds no \(category)", advice: "it holds: \(held)")
    }
    let receipt = try await store.apply(
      JustifyData(
        id: found.id,
        basedOn: found.version,
        category: found.facts.data[index].category,
        why: why ?? found.facts.data[index].why,
        on: try session.time(on ?? "today")
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): \(category) justified")
  }
}
