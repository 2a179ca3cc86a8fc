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
  VoidEdition,
  SetSendingPlan, DirectSending, StartSending, EndSending, RecordDeliveries,
  TakeBounces, RecordProof,
  CloseProof,
  OpenBatch, FixBatch, DiscloseBatch, ReopenBatchFiles, CloseBatch, CorrectContacts, RecordReturns,
  ResumeBatch, GiveUpBatch, ConsentToContacts,
  SetOfferPlan, AddOffers, AssignOffers,
  RemoveOffers,
  LogMatter, AnswerMatter, HandOverMatter, ReopenMatter, RevealMatter,
  AddRecord<StaffGroupFacts>, EditRecord<StaffGroupFacts>, RemoveRecord<StaffGroupFacts>,
  PutBackRecord<StaffGroupFacts>,
  AddRecord<StaffFacts>, EditRecord<StaffFacts>, RemoveRecord<StaffFacts>,
  PutBackRecord<StaffFacts>, EraseStaff, RevealStaff,
  AddRecord<CourseFacts>, EditRecord<CourseFacts>, RemoveRecord<CourseFacts>,
  PutBackRecord<CourseFacts>,
  AddRecord<TrainingPlanFacts>, EditRecord<TrainingPlanFacts>, RemoveRecord<TrainingPlanFacts>,
  PutBackRecord<TrainingPlanFacts>,
  AddRecord<CompletionFacts>, EditRecord<CompletionFacts>, RemoveRecord<CompletionFacts>,
  PutBackRecord<CompletionFacts>,
  AddRecord<PhishingFacts>, EditRecord<PhishingFacts>, RemoveRecord<PhishingFacts>,
  PutBackRecord<PhishingFacts>, RevealPhishing,
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
  RecipientReturns, WaitingContacts, MailWaiting,
  BatchBoard,
  AuditTreePosition, AuditItemsBelow, AuditSearch, AuditChapters, AuditFindingCounts,
  RecordList<StaffGroupFacts>, RecordList<CourseFacts>, RecordList<TrainingPlanFacts>,
  StaffList, FindStaff, StaffCompletions, CourseByCode, TrainingStatus, TrainingDuties,
  PhishingTrend, PhishingByGroup,
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
  BatchGivingUp, OfferRemoval, ContactConsent,
  MatterIntake, MatterAnswer, MatterReveal,
  StaffIntake, StaffReveal, StaffErasure, CompletionIntake,
  PhishingIntake, PhishingReveal
)
