internal import Model

extension AddFiling: PartAddition { typealias Taking = RemoveFiling }

extension EditFiling: PartEdit { typealias Part = FilingRecord }

extension RemoveFiling: PartRemoval {
  typealias Part = FilingRecord
  typealias Return = RestoreFiling
}

extension RestoreFiling: PartRestoration {
  typealias Part = FilingRecord
  typealias Taking = RemoveFiling
}
