internal import Model

extension AddTask: PartAddition { typealias Taking = RemoveTask }

extension EditTask: PartEdit { typealias Part = TaskRecord }

extension RemoveTask: PartRemoval {
  typealias Part = TaskRecord
  typealias Return = RestoreTask
}

extension RestoreTask: PartRestoration {
  typealias Part = TaskRecord
  typealias Taking = RemoveTask
}
