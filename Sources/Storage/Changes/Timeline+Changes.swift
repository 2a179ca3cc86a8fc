internal import Model

extension AddTimelineEntry: PartAddition { typealias Taking = RemoveTimelineEntry }

extension EditTimelineEntry: PartEdit { typealias Part = TimelineRecord }

extension RemoveTimelineEntry: PartRemoval {
  typealias Part = TimelineRecord
  typealias Return = RestoreTimelineEntry
}

extension RestoreTimelineEntry: PartRestoration {
  typealias Part = TimelineRecord
  typealias Taking = RemoveTimelineEntry
}
