public import Drawing
public import Model

/// Over which channels people are told, how many came where over each, how e-mails are sent, and how
/// far a sending is: whoever's it is.
public enum ChannelsTab: Pane {
  /// A channel of the mailing, or one that people were told over besides.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The channel.
    public var channel: MailingChannel
    /// Its place in the order in which channels are tried, from 1; nil where the mailing has it not.
    public var place: Int?
    /// How many came to which state over it, whoever came there twice twice; of *queued* who are so now.
    public var counts: [RecipientState: Int]

    /// The channel's name.
    public var id: String { channel.rawValue }
  }

  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How far the mailing is.
    public var status: MailingStatus.Answer?
    /// How e-mails are sent, and by whom; nil until it was read.
    public var sending: MailingSending.Answer?
    /// The edition in force; nil where none is.
    public var edition: NoticeEdition?
    /// The channels.
    public var table = VirtualTable<Row>()
    /// Why it could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}

    /// How many stand so.
    func count(_ states: Set<RecipientState>) -> Int { status?.count(states) ?? 0 }
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(Mailing, MailingStatus.Answer)
    case sendingAnswered(Result<MailingSending.Answer, StoreError>)
    case editionAnswered(Result<NoticeEdition?, StoreError>)
    case daysAnswered(Result<[MailingDays.Row], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case planPressed
    case planSubmitted([String: String])
    case changed(Result<[Receipt], StoreError>)
    case startPressed
    case startConfirmed
    case ended(Result<SendingSummary, ErrandFailure>)
    case wished(SendingWish)
    case directed(SendingWish, Result<[Receipt], StoreError>)
    case uncertainPressed
    case uncertainChosen(isSent: Bool)
    case uncertainReasoned(isSent: Bool, String)
    case uncertainConfirmed(isSent: Bool, String)
    case resolved(isSent: Bool, Result<Int, StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing, let status):
      if let before = state.mailing, before.id != mailing.id { state = State() }
      (state.mailing, state.status) = (mailing, status)
      return [
        .ask(MailingSending(mailing: mailing.id), slot: "mailing.sending") { .sendingAnswered($0) },
        .ask(EditionInForce(mailing: mailing.id), slot: "mailing.edition") { .editionAnswered($0) },
        .ask(MailingDays(id: mailing.id), slot: "mailing.days") { .daysAnswered($0) },
      ]
    case .sendingAnswered(.success(let sending)):
      (state.sending, state.problem) = (sending, nil)
      return []
    case .editionAnswered(.success(let edition)):
      state.edition = edition
      return []
    case .daysAnswered(.success(let days)):
      state.table.reload(
        rows(days, state.mailing?.facts.channels ?? [], queued: state.count([.queued]))
      )
      return []
    case .sendingAnswered(.failure(let error)), .editionAnswered(.failure(let error)),
      .daysAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(1, layout(state, context.area).list.rows - 1))
      return []
    case .pressed(let point):
      let list = layout(state, context.area).list
      guard let position = state.table.position(at: point, in: list) else { return [] }
      return reduce(&state, .moved(.to(position)), context)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .resolved(_, .failure(let error)),
      .directed(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .directed(let wish, .success):
      let words =
        switch wish {
        case .run: "the sending goes on"
        case .pause: "it pauses after the message in hand; x r lets it go on"
        case .stop: "it ends after the message in hand"
        }
      return [.toast(Toast(.done, words))]
    case .resolved(let isSent, .success(let count)):
      let people = Look.count(Int64(count))
      return [
        .toast(Toast(.done, "\(people) \(isSent ? "count as handed over" : "are queued again")"))
      ]
    case .planPressed, .planSubmitted: return plan(state, action)
    case .startPressed, .startConfirmed, .ended, .wished, .uncertainPressed, .uncertainChosen,
      .uncertainReasoned, .uncertainConfirmed:
      return send(state, action)
    }
  }

  /// The channels in the mailing's order, then others that somebody was told over.
  ///
  /// Those who are queued are counted as they stand: whoever was handed over is queued no more.
  private static func rows(
    _ days: [MailingDays.Row],
    _ channels: [MailingChannel],
    queued: Int
  ) -> [Row] {
    var counts: [MailingChannel: [RecipientState: Int]] = [:]
    for day in days {
      guard let channel = day.channel else { continue }
      counts[channel, default: [:]][day.state, default: 0] += day.count
    }
    let waiting = counts.keys.filter { counts[$0]?[.queued] ?? 0 > 0 }
    var left = queued
    for channel in MailingChannel.allCases where waiting.contains(channel) {
      let came = counts[channel]?[.queued] ?? 0
      let gone = counts[channel]?[.handedOver] ?? 0
      let count = waiting.count == 1 ? min(came, queued) : min(max(0, came - gone), left)
      counts[channel]?[.queued] = count > 0 ? count : nil
      left -= count
    }
    let others = MailingChannel.allCases.filter { !channels.contains($0) && counts[$0] != nil }
    return (channels + others).map { channel in
      Row(
        channel: channel,
        place: channels.firstIndex(of: channel).map { $0 + 1 },
        counts: counts[channel] ?? [:]
      )
    }
  }

  // MARK: The plan

  private static func plan(_ state: State, _ action: Action) -> [Effect<Action>] {
    guard let mailing = state.mailing else { return [] }
    var plan = state.sending?.plan ?? SendingPlan()
    switch action {
    case .planPressed:
      let request = FormRequest<Action>(
        title: "\(mailing.reference) · How e-mails are sent",
        fields: plan.named.map { name, value in
          FormField.line(
            name,
            label: label(name),
            value: value,
            help: help(name),
            check: { text in
              var plan = SendingPlan()
              do throws(UnreadableSetting) {
                try plan.set(name, to: text)
                return nil
              } catch {
                return error.description
              }
            }
          )
        },
        draftKey: "mailing.sending.\(mailing.id)",
        submit: { .planSubmitted($0) }
      )
      return [.present(.form(request))]
    case .planSubmitted(let values):
      do throws(UnreadableSetting) {
        for (name, before) in plan.named {
          guard let value = values[name], value != before else { continue }
          try plan.set(name, to: value)
        }
      } catch {
        return [.toast(Toast(.failure, error.description))]
      }
      guard plan != state.sending?.plan else { return [] }
      let change = SetSendingPlan(id: mailing.id, basedOn: mailing.version, plan: plan)
      return [.apply([change]) { .changed($0) }]
    default: return []
    }
  }

  static func label(_ name: String) -> String {
    switch name {
    case "sender": "From"
    case "sender-name": "Name"
    case "return-path": "Bounces to"
    case "list-id": "List id"
    case "per-minute": "A minute"
    case "batch": "At once"
    case "parallel": "Side by side"
    case "quiet": "Quiet hours"
    case "zone": "Else zone"
    case "program": "Program"
    case "uncertain-status": "Unsure exits"
    case "threshold": "Give up at"
    case "timeout": "Seconds each"
    default: name
    }
  }

  private static func help(_ name: String) -> String {
    switch name {
    case "sender": "The address that stands in From"
    case "sender-name": "What stands beside it"
    case "return-path": "Where bounces go; empty for the sender's address"
    case "list-id": "Empty for one made of the mailing's reference"
    case "per-minute": "At most so many; empty for as many as the program takes"
    case "batch": "So many are marked before they are handed over, and uncertain after a kill"
    case "parallel": "How many hand-overs go on at the same time"
    case "quiet": "21:00-08:00, by the clocks where people live; empty for never"
    case "zone": "The zone of those of whom nobody knows where they live"
    case "program": "The mail program and its first arguments"
    case "uncertain-status": "Exit statuses after which nobody knows whether it was taken"
    case "threshold": "So many failures in a row end the sending"
    case "timeout": "How long a hand-over may take"
    default: ""
    }
  }
}

/// How a sending that was started here ended.
public struct SendingSummary: Hashable, Sendable {
  /// How it ended, and how many were handed over.
  public var words: String
  /// Whether somebody must look: failures, or people of whom nobody knows.
  public var needsCare: Bool

  /// Makes a summary.
  public init(words: String, needsCare: Bool) { (self.words, self.needsCare) = (words, needsCare) }
}
