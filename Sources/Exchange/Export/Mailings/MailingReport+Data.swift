internal import Model

extension MailingReport {
  /// The numbers as CSV: who came to which state on a day, who stands how, who is affected.
  public var csv: String {
    let writer = CSVWriter()
    var text = writer.row([
      "mailing", "table", "jurisdiction", "day", "channel", "language", "state", "count",
    ])
    func row(_ cells: [String]) { text += writer.row([mailing.reference] + cells) }
    for day in content.days {
      row([
        "day", day.jurisdiction, day.day, day.channel?.rawValue ?? "", "", day.state.rawValue,
        String(day.count),
      ])
    }
    for tally in content.status.tallies {
      row([
        "now", tally.jurisdiction, "", "", tally.language, tally.state.rawValue,
        String(tally.count),
      ])
    }
    for place in content.status.coverage {
      row([
        "affected", place.jurisdiction, "", "", "", "",
        place.affected.map(String.init) ?? "",
      ])
    }
    return text
  }

  /// The report as JSON.
  public var json: JSON {
    .members([
      "mailing": .string(mailing.reference), "name": .string(mailing.facts.name),
      "incident": .string(mailing.incidentReference), "drill": .bool(content.isExercise),
      "organisation": .string(content.organisation),
      "channels": .array(mailing.facts.channels.map { .string($0.rawValue) }),
      "affected": affected.map { .integer($0.count) } ?? .null,
      "listed": .integer(Int64(content.status.total)),
      "standing": .object(standing()),
      "jurisdictions": .array(content.status.coverage.map(json)),
      "duties": .array(
        zip(content.duties, duties).map { record, duty in
          var object = JSON(record.obligation).object ?? JSONObject()
          object["people_of"] = .array(duty.people.map { .string($0) })
          object["handed_over_in_time"] = duty.counts.map { .integer(Int64($0.byThen)) } ?? .null
          object["handed_over_later"] = duty.counts.map { .integer(Int64($0.later)) } ?? .null
          object["not_told"] = duty.open.map { .integer(Int64($0)) } ?? .null
          return .object(object)
        }
      ),
      "duties_without_clock": .array(
        duties.dropFirst(content.duties.count).map { duty in
          .members([
            "id": .string(duty.id), "law": .string(duty.law), "deadline": .string(duty.deadline),
            "not_told": duty.open.map { .integer(Int64($0)) } ?? .null,
          ])
        }
      ),
      "days": .array(
        content.days.map { day in
          .members([
            "day": .string(day.day),
            "channel": day.channel.map { .string($0.rawValue) } ?? .null,
            "jurisdiction": .string(day.jurisdiction), "state": .string(day.state.rawValue),
            "count": .integer(Int64(day.count)),
          ])
        }
      ),
      "bounces": .array(
        content.bounces.map { bounce in
          .members([
            "reason": .string(bounce.reason.rawValue), "outcome": .string(bounce.outcome.word),
            "count": .integer(Int64(bounce.count)),
          ])
        }
      ),
      "publications": .array(
        content.publications.map { publication in
          let facts = publication.facts
          return .members([
            "means": .string(facts.means.rawValue), "place": .string(facts.place),
            "from": .string(facts.from.plainWithZone),
            "until": facts.until.map { .string($0.plainWithZone) } ?? .null,
            "jurisdictions": .array(facts.jurisdictions.map { .string($0) }),
            "text": .string(facts.text), "telephone": .string(facts.telephone),
          ])
        }
      ),
      "gaps": .array(gaps.map { .string($0) }),
      "substitute_notice": .array(substitute.map { .string($0) }),
    ])
  }

  private func json(_ place: MailingStatus.Coverage) -> JSON {
    .members([
      "jurisdiction": .string(place.jurisdiction),
      "affected": place.affected.map { .integer($0) } ?? .null,
      "listed": .integer(Int64(place.listed)), "gap": place.gap.map { .integer($0) } ?? .null,
      "standing": .object(standing(in: place.jurisdiction)),
    ])
  }

  private func standing(in jurisdiction: String? = nil) -> JSONObject {
    var object = JSONObject()
    for standing in Standing.allCases {
      object[standing.rawValue] = .integer(Int64(count(standing, in: jurisdiction)))
    }
    return object
  }
}
