internal import Model

extension AddPublication: PartAddition { typealias Taking = RemovePublication }

extension EditPublication: PartEdit { typealias Part = PublicationRecord }

extension RemovePublication: PartRemoval {
  typealias Part = PublicationRecord
  typealias Return = RestorePublication
}

extension RestorePublication: PartRestoration {
  typealias Part = PublicationRecord
  typealias Taking = RemovePublication
}
