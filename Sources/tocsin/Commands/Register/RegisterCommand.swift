public import ArgumentParser
public import Model
internal import Storage

/// The command `tocsin register`.
struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "The privacy register: activities, reasons for holding data, retention, requests.",
    discussion: """
      Activities are the record of GDPR art. 30. What nobody justified within the organisation's period \
      (tocsin organisation set --justify-months) is listed by register unjustified; what its retention \
      rule says is over by register due. docs/register.md tells it from the beginning.
      """,
    subcommands: [
      ListActivities.self, ShowActivity.self, AddActivityCommand.self, EditActivityCommand.self,
      RemoveActivityCommand.self, JustifyCommand.self, UnjustifiedCommand.self,
      DueCommand.self, RuleCommand.self, HoldCommand.self, DeletionCommand.self,
      RequestCommand.self,
    ]
  )
}

extension Session {
  /// The activity that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func activity(_ reference: String, in store: any Store) async throws -> Activity {
    guard let activity = try await store.answer(ActivityByReference(reference)) else {
      throw Refusal(
        "there is no activity \(reference)",
        advice: "what there is: tocsin register list"
      )
    }
    return activity
  }

  /// The retention rule that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func retention(_ reference: String, in store: any Store) async throws -> RetentionRule {
    guard let rule = try await store.answer(RetentionByReference(reference)) else {
      throw Refusal(
        "there is no retention rule \(reference)",
        advice: "what there is: tocsin register rule list"
      )
    }
    return rule
  }

  /// A period for which data are kept, as it was typed.
  func kept(_ text: String, _ option: Words) throws -> Period {
    guard let period = Period(kept: text) else {
      throw Refusal(
        "\(option) \(text): give a period such as 90 days, 36 months or 10 years",
        status: .usage
      )
    }
    return period
  }

  /// The zone in which the organisation counts days.
  func organisationZone(in store: any Store) async throws -> Zone {
    try await store.answer(CurrentOrganisation()).organisation.zone ?? .utc
  }
}

extension ActivityRole: ExpressibleByArgument {}
extension LegalBasis: ExpressibleByArgument {}
extension SpecialCondition: ExpressibleByArgument {}
extension RetentionTrigger: ExpressibleByArgument {}
extension RetentionTarget: ExpressibleByArgument {}
extension RightsKind: ExpressibleByArgument {}
extension RequestChannel: ExpressibleByArgument {}
extension RequestState: ExpressibleByArgument {}
extension RefusalGround: ExpressibleByArgument {}
extension ThresholdQuestion: ExpressibleByArgument {}
extension ImpactOutcome: ExpressibleByArgument {}
extension MeasureState: ExpressibleByArgument {}
