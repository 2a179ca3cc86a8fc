/// Every change there is.
///
/// A new one is its own file and one line here; a store that does not know how to apply it then
/// fails to build.
public typealias AllChanges = (
  OpenIncident, EditIncident, MoveIncident, DecideAwareness, RemoveIncident, RestoreIncident,
  RenewSource,
  AddTimelineEntry, EditTimelineEntry, RemoveTimelineEntry, RestoreTimelineEntry,
  AddTask, EditTask, RemoveTask, RestoreTask,
  AddEvidence, EditEvidence, RemoveEvidence, RestoreEvidence, RecordCustody,
  AddLink, RemoveLink,
  SaveFilter, RemoveFilter,
  SetOrganisation,
  AddFiling, EditFiling, RemoveFiling, RestoreFiling,
  RecordObligations, RecordReminder,
  RecordDecision, ApproveDecision, RefuseDecision, RecordAssessment,
  RecordRestore
)

/// Every question there is.
///
/// A new one is its own file and one line here.
public typealias AllQuestions = (
  IncidentList, IncidentDetail, IncidentDetails, IncidentByReference, IncidentPosition, IncidentIDs,
  IncidentRows, IncidentTimeline,
  IncidentTasks, IncidentEvidence, IncidentLinks,
  OverviewNumbers, OpenTasks, Search, SavedFilters, ImportedSources,
  CurrentOrganisation, IncidentFilings, IncidentDecisions, IncidentAssessments, PendingApprovals,
  IncidentObligations, ObligationHistory, ClockList, StaleClocks, ObligationInputs, SentReminders,
  JournalWindow, JournalHead, ChangesSince
)
