public import Model

/// What can happen to a mailing as a whole, wherever it is shown.
public enum MailingEvent: Sendable {
  /// A mailing is to be opened; for the incident with a reference, unless another one is named.
  case createPressed(String)
  case incidentNamed(String)
  case incidentAnswered(fulfilling: [String], Result<Incident?, StoreError>)
  /// A mailing is to be opened for an incident, to fulfil duties; none means those that tell people.
  case createWanted(RecordID, fulfilling: [String])
  case dutiesAnswered(Incident, fulfilling: [String], Result<[ObligationRecord], StoreError>)
  case createSubmitted(RecordID, [String: String])
  case opened(Result<[Receipt], StoreError>)
  case editPressed
  case editDutiesAnswered(Mailing, Result<[ObligationRecord], StoreError>)
  case editSubmitted(Mailing, [String: String])
  case changed(Result<[Receipt], StoreError>)
  case removePressed
  case outlookAnswered(Mailing, Result<ErasureOutlook.Answer, StoreError>)
  case eraseConfirmed(Mailing, whileTelling: Bool)
  case erased(Mailing, Result<MailingErasure.Outcome, StoreError>)
  case importPressed
  case importSubmitted(Mailing, [String: String])
  case imported(Mailing, Result<RecipientImport, ErrandFailure>)
  case endImportPressed
  case endImportConfirmed(Mailing)
  case releasePressed
  case holdAnswered(Mailing, Result<[MailingHold], StoreError>)
  case releaseSubmitted(Mailing, [String: String])
  case released(Mailing, Result<MailingRelease.Outcome, StoreError>)
}
