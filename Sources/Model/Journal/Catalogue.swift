/// Every change there is.
///
/// A new one is its own file and one line here; a store that does not know how to apply it then
/// fails to build.
public typealias AllChanges = (
  OpenIncident, EditIncident, MoveIncident, DecideAwareness, RemoveIncident, RestoreIncident,
  RenewSource, StartExercise, EndExercise, ResumeExercise,
  AddTimelineEntry, EditTimelineEntry, RemoveTimelineEntry, RestoreTimelineEntry,
  AddTask, EditTask, RemoveTask, RestoreTask,
  AddEvidence, EditEvidence, RemoveEvidence, RestoreEvidence, RecordCustody,
  AddLink, RemoveLink,
  SaveFilter, RemoveFilter,
  SetOrganisation, SetAuthority, RemoveAuthority,
  AddFiling, EditFiling, RemoveFiling, RestoreFiling,
  RecordObligations, RecordReminder,
  RecordDecision, ApproveDecision, RefuseDecision, RecordAssessment,
  AddFramework, RemoveFramework, RestoreFramework, AddMapping, RemoveMapping, RestoreMapping,
  OpenFinding, EditFinding, MoveFinding, ReturnFinding, RemoveFinding, RestoreFinding,
  StartAudit, EditAudit, AnswerItem, SubmitForReview, WithdrawReview, ReviewItem, SignAudit,
  ReopenAudit, RemoveAudit, RestoreAudit,
  ImportScan, WithdrawScan,
  OpenMailing, EditMailing, RemoveMailing, RestoreMailing, EraseMailing,
  AddRecipients, EndImport, MoveRecipients, RevealRecipients,
  AddNoticeText, EditNoticeText, RemoveNoticeText, RestoreNoticeText, ConfirmNotice,
  AddPublication, EditPublication, RemovePublication, RestorePublication,
  ProposeEdition, ApproveEdition, RefuseEdition, WithdrawEdition,
  SetSendingPlan, DirectSending, StartSending, EndSending, RecordDeliveries,
  TakeBounces, RecordProof,
  OpenBatch, FixBatch, DiscloseBatch, ReopenBatchFiles, CloseBatch, CorrectContacts, RecordReturns,
  SetOfferPlan, AddOffers, AssignOffers,
  LogMatter, AnswerMatter, HandOverMatter, ReopenMatter, RevealMatter,
  AddActivity, EditActivity, JustifyData, RemoveActivity, RestoreActivity,
  AddRetention, EditRetention, RecordStock, RemoveRetention, RestoreRetention,
  AddHold, EditHold, RemoveHold, RestoreHold,
  AddDeletion, EditDeletion, RemoveDeletion, RestoreDeletion,
  LogRequest, MoveRequest, ReturnRequest, RevealRequest, EraseRequest, RemoveRequest,
  RestoreRequest, RemindRequest,
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
  CurrentOrganisation, AuthorityContacts, IncidentFilings, FilingVersions, IncidentDecisions,
  IncidentAssessments, PendingApprovals,
  ExerciseScore,
  IncidentObligations, ObligationHistory, ClockList, WaitingClocks, NearClocks,
  StaleClocks, StaleInputs, ObligationInputs, SentReminders,
  FrameworkList, FrameworkDetails, WholeFramework, RequirementTree, RequirementDetails,
  RequirementPosition, RequirementSearch, MappingList, WholeMapping,
  FindingList, FindingByReference, FindingDetails, FindingNumbers, SubjectLinks,
  EvidenceList, EvidenceByID,
  AuditList, AuditDetails, AuditTree, AuditItemDetails, NextUnanswered, AuditPlace, WholeAudit,
  AuditComparison, AuditTrend, ApplicabilityStatement, DueAudits, AuditItemTies, NamedRecord,
  RecordNames, AuditReportContent,
  AuditScans, AuditScanOutcomes, AuditScanResults, ScanPreview,
  MailingBoard,
  MailingList, MailingByReference, MailingByID, MailingStatus, MailingDays,
  LedgerPage, FindRecipients, RecipientHistory,
  MailingPublications,
  RecipientBounces, MailingBounces, ProofOpening, MailingReportContent,
  MailingTexts, NoticeTextVersions, MailingEditions, EditionInForce, EditionDraft, RecipientGaps,
  MailingSending, SendingSignal, RecipientDeliveries, TaggedRecipient,
  MailingBatches, ContactVersions, OfferNumbers, MailingMatters, MatterNumbers,
  ActivityList, ActivityByReference, ActivityDetails, UnjustifiedList,
  RetentionRules, RetentionByReference, DueDataList, LegalHolds, DeletionRuns,
  RequestList, RequestByReference, RequestDetails, RequestClocks, PrivacyNumbers,
  SentRequestReminders,
  AuditTreePosition, AuditItemsBelow, AuditSearch, AuditChapters, AuditFindingCounts,
  JournalWindow, JournalHead, ChangesSince
)

/// Every job there is.
///
/// A new one is its own file and one line here.
public typealias AllJobs = (
  RecipientIntake,
  RecipientMove,
  RecipientReveal,
  MailingErasure,
  SendingStart, SendingReport, RecipientClaim, RecipientSettlement, UncertainResolution,
  BounceIntake,
  MailingRetry,
  ProofReading,
  EditionRelease,
  BatchExport, BatchRewriting, ReturnIntake, ContactCorrection, ContactVersionReveal,
  OfferIntake, OfferAssignment,
  MatterIntake, MatterAnswer, MatterReveal,
  RequestIntake, RequestAnswer, RequestReveal, RequestErasure
)
