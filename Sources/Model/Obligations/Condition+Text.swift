extension Condition {
  /// The condition as rules write it.
  public var text: String {
    switch self {
    case .flag(let key): return key.description
    case .word(let key, let word): return "\(key) = \(word)"
    case .has(let key, let words):
      return words.count == 1
        ? "\(key) has \(words[0])" : "\(key) has (\(words.joined(separator: ", ")))"
    case .people(let people, let comparison, let threshold):
      return "\(people.text) \(comparison.rawValue) \(threshold)"
    case .unknown(let key): return "\(key) is unknown"
    case .gap(let from, let to, let hours): return "\(to) over \(hours) h after \(from)"
    case .past(let event, let rule): return "\(event) past limit of \(rule)"
    case .sent(let late, let rule): return "sent \(late ? "late" : "in time") \(rule)"
    case .not(let inner): return "not \(inner.inParentheses)"
    case .all(let parts): return parts.map(\.inParentheses).joined(separator: " and ")
    case .any(let parts): return parts.map(\.inParentheses).joined(separator: " or ")
    }
  }

  private var inParentheses: String {
    switch self {
    case .all, .any: "(\(text))"
    default: text
    }
  }
}

extension Condition.People {
  var text: String {
    switch self {
    case .of(let pattern): "affected.\(pattern)"
    case .mostIn(let pattern): "most affected.\(pattern)"
    case .total(""): "affected_total_consumers"
    case .total(let pattern): "total \(pattern)"
    }
  }
}
