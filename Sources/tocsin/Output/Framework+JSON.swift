internal import Exchange
internal import Model

extension JSON {
  /// A framework with its lines.
  init(_ details: FrameworkDetails.Details, _ requirements: [Requirement]) {
    let (row, framework) = (details.row, details.framework)
    self = .members([
      "id": .string(row.identifier), "aliases": .texts(row.aliases), "name": .string(row.name),
      "version": .string(row.edition), "language": .string(row.language),
      "description": .string(framework.texts.text), "provider": .string(row.provider),
      "published": .string(framework.published), "licence": .string(framework.licence),
      "source": .string(framework.source), "format": .string(row.format),
      "digest": .string(row.digest), "nodes": .count(row.nodes),
      "assessable": .count(row.assessable),
      "groups": .array(
        framework.groups.map {
          .members([
            "id": .string($0.id), "name": .string($0.texts.name), "text": .string($0.texts.text),
            "default": .bool($0.isDefault),
          ])
        }
      ),
      "scale": framework.scale.map { scale in
        .members([
          "minimum": .count(scale.minimum), "maximum": .count(scale.maximum),
          "levels": .array(
            scale.levels.map {
              .members([
                "score": .count($0.score), "name": .string($0.texts.name),
                "text": .string($0.texts.text),
              ])
            }
          ),
        ])
      } ?? .null,
      "controls": .array(
        framework.controls.map {
          .members([
            "id": .string($0.id), "reference": .string($0.reference),
            "name": .string($0.texts.name), "text": .string($0.texts.text),
            "category": .string($0.category), "function": .string($0.function),
          ])
        }
      ),
      "threats": .array(
        framework.threats.map {
          .members([
            "id": .string($0.id), "reference": .string($0.reference),
            "name": .string($0.texts.name), "text": .string($0.texts.text),
          ])
        }
      ),
      "mappings": .array(
        details.mappings.map {
          .members([
            "id": .string($0.identifier), "version": .string($0.edition),
            "name": .string($0.name), "source": .string($0.sourceFramework),
            "target": .string($0.targetFramework), "links": .count($0.links),
          ])
        }
      ),
      "requirements": .array(requirements.map { JSON($0) }),
    ])
  }

  /// A requirement with what stands around it.
  init(_ details: RequirementDetails.Details) {
    var object = JSON(details.requirement).object ?? JSONObject()
    object["position"] = .count(details.row.position)
    object["path"] = .texts(details.path.map { $0.reference.isEmpty ? $0.headline : $0.reference })
    object["links"] = .array(
      details.links.map {
        .members([
          "source": .string($0.source), "target": .string($0.target),
          "relationship": .string($0.relationship.rawValue),
          "strength": $0.strength.map { .count($0) } ?? .null, "reason": .string($0.reason),
        ])
      }
    )
    self = .object(object)
  }

  /// A requirement.
  init(_ requirement: Requirement) {
    self = .members([
      "id": .string(requirement.identifier), "reference": .string(requirement.reference),
      "depth": .count(requirement.depth), "assessable": .bool(requirement.isAssessable),
      "withdrawn": .bool(requirement.isWithdrawn), "name": .string(requirement.texts.name),
      "text": .string(requirement.texts.text), "guidance": .string(requirement.texts.guidance),
      "evidence": .string(requirement.texts.evidence),
      "citations": .texts(requirement.citations), "groups": .texts(requirement.groups),
      "weight": .count(requirement.weight), "controls": .texts(requirement.controls),
      "threats": .texts(requirement.threats),
      "questions": .array(requirement.questions.map { JSON($0) }),
      "languages": .texts(requirement.translations.keys.sorted()),
    ])
  }

  private init(_ question: RequirementQuestion) {
    self = .members([
      "id": .string(question.id), "ask": .string(question.kind.rawValue),
      "text": .string(question.text),
      "choices": .array(
        question.choices.map {
          .members([
            "id": .string($0.id), "text": .string($0.text),
            "score": $0.score.map { .count($0) } ?? .null,
            "result": $0.result.map { .string($0.rawValue) } ?? .null,
          ])
        }
      ),
    ])
  }
}
