import Model
import TestSupport
import Testing

@testable import Storage

/// What an entry's time says in law is the host's clock, not one that somebody typed.
struct `A clock that was given` {
  private func mark(_ ledger: LedgerFixture, from origin: String) async throws -> Int {
    try await ledger.store.perform(
      RecipientMove(of: ledger.mailing, numbers: [1], to: RecipientStep(to: .approved)),
      origin: origin
    )
  }

  @Test func `does not mark anybody in a store that was begun by the host's`() async throws {
    let ledger = try await LedgerFixture(2)
    let error = await #expect(throws: StoreError.self) {
      try await mark(ledger, from: "mailing mark --now")
    }
    #expect(error?.description.contains("--now is for tours and tests") == true)
    #expect(try await ledger.counts() == ["pending": 2])
    #expect(try await mark(ledger, from: "mailing mark") == 1)
  }

  @Test func `does not bring the end of keeping nearer`() async throws {
    let until = StatedTime(Instant(seconds: 1_779_200_000))
    let ledger = try await LedgerFixture(2, keepUntil: until)
    ledger.fixture.clock.advance(by: .seconds(200_000))
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: false)),
        origin: "mailing erase --now"
      )
    }
    #expect(try await ledger.status().mailing.state != .erased)
  }

  @Test(arguments: ["sample", "incident add --now"])
  func `does all of it in the sample, and where the store was begun under one`(origin: String)
    async throws
  {
    let fixture = try StoreFixture()
    let mailing = try await ApprovedMailing.make(in: fixture.store, people: 2, origin: origin)
    let moved = try await fixture.store.perform(
      RecipientMove(
        of: mailing.id,
        numbers: [1],
        to: RecipientStep(to: .queued, channel: .email)
      ),
      origin: "mailing mark --now"
    )
    #expect(moved == 1)
  }

  @Test func `writes what has no time in law, and says that it was given`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("first")
    try await fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "second")),
      origin: "incident add --now"
    )
  }

  /// The changes whose time says nothing in law; a new change is named here or in `MovedClock.refused`.
  private static let free: [any Change.Type] = [
    OpenIncident.self, EditIncident.self, MoveIncident.self, DecideAwareness.self,
    RemoveIncident.self, RestoreIncident.self, RenewSource.self, StartExercise.self,
    EndExercise.self, ResumeExercise.self, AddTimelineEntry.self, EditTimelineEntry.self,
    RemoveTimelineEntry.self, RestoreTimelineEntry.self, AddTask.self, EditTask.self,
    RemoveTask.self, RestoreTask.self, AddEvidence.self, EditEvidence.self, RemoveEvidence.self,
    RestoreEvidence.self, RecordCustody.self, AddLink.self, RemoveLink.self, SaveFilter.self,
    RemoveFilter.self, SetOrganisation.self, SetAuthority.self, RemoveAuthority.self,
    AddFiling.self, EditFiling.self, RemoveFiling.self, RestoreFiling.self, RecordObligations.self,
    RecordReminder.self, RecordAssessment.self, AddFramework.self, RemoveFramework.self,
    RestoreFramework.self, AddMapping.self, RemoveMapping.self, RestoreMapping.self,
    OpenFinding.self, EditFinding.self, MoveFinding.self, ReturnFinding.self, RemoveFinding.self,
    RestoreFinding.self, StartAudit.self, EditAudit.self, AnswerItem.self, SubmitForReview.self,
    WithdrawReview.self, ReopenAudit.self, RemoveAudit.self, RestoreAudit.self, ImportScan.self,
    WithdrawScan.self, OpenMailing.self, EditMailing.self, RemoveMailing.self, RestoreMailing.self,
    WithdrawErasure.self, AddRecipients.self, EndImport.self, RevealRecipients.self,
    AddNoticeText.self, EditNoticeText.self, RemoveNoticeText.self, RestoreNoticeText.self,
    AddPublication.self, EditPublication.self, RemovePublication.self, RestorePublication.self,
    VoidEdition.self, SetSendingPlan.self, DirectSending.self, EndSending.self,
    CorrectContacts.self, SetOfferPlan.self, AddOffers.self, AssignOffers.self, RemoveOffers.self,
    LogMatter.self, AnswerMatter.self, HandOverMatter.self, ReopenMatter.self, RevealMatter.self,
    AddActivity.self, EditActivity.self, JustifyData.self, RemoveActivity.self,
    RestoreActivity.self, AddRetention.self, EditRetention.self, RecordStock.self,
    RemoveRetention.self, RestoreRetention.self, AddHold.self, EditHold.self, RemoveHold.self,
    RestoreHold.self, AddDeletion.self, EditDeletion.self, RemoveDeletion.self,
    RestoreDeletion.self, LogRequest.self, MoveRequest.self, ReturnRequest.self, RevealRequest.self,
    RemoveRequest.self, RestoreRequest.self, RemindRequest.self, AddImpact.self, EditImpact.self,
    RemoveImpact.self, RestoreImpact.self, AddPurpose.self, EditPurpose.self, RemovePurpose.self,
    RestorePurpose.self, WithdrawPurposeErasure.self, AddConsentVersion.self,
    EditConsentVersion.self, RemoveConsentVersion.self, RestoreConsentVersion.self,
    OpenConsents.self, RevealConsents.self, AddRecord<StaffGroupFacts>.self,
    EditRecord<StaffGroupFacts>.self, RemoveRecord<StaffGroupFacts>.self,
    PutBackRecord<StaffGroupFacts>.self, AddRecord<StaffFacts>.self, EditRecord<StaffFacts>.self,
    RemoveRecord<StaffFacts>.self, PutBackRecord<StaffFacts>.self, RevealStaff.self,
    AddRecord<CourseFacts>.self, EditRecord<CourseFacts>.self, RemoveRecord<CourseFacts>.self,
    PutBackRecord<CourseFacts>.self, AddRecord<TrainingPlanFacts>.self,
    EditRecord<TrainingPlanFacts>.self, RemoveRecord<TrainingPlanFacts>.self,
    PutBackRecord<TrainingPlanFacts>.self, AddRecord<CompletionFacts>.self,
    EditRecord<CompletionFacts>.self, RemoveRecord<CompletionFacts>.self,
    PutBackRecord<CompletionFacts>.self, AddRecord<PhishingFacts>.self,
    EditRecord<PhishingFacts>.self, RemoveRecord<PhishingFacts>.self,
    PutBackRecord<PhishingFacts>.self, RevealPhishing.self, MakeStaffKey.self, AddStatement.self,
    EditStatement.self, RemoveStatement.self, RestoreStatement.self, AddDisclosure.self,
    EditDisclosure.self, RemoveDisclosure.self, RestoreDisclosure.self,
  ]

  @Test func `is refused or free for each change there is`() {
    let free = Set(Self.free.map { $0.name })
    #expect(free.intersection(MovedClock.refused) == [])
    #expect(ChangeCatalogue.names.subtracting(free).subtracting(MovedClock.refused) == [])
    #expect(free.union(MovedClock.refused).subtracting(ChangeCatalogue.names) == [])
  }

  @Test func `brings no consent in, takes none back and erases nobody`() async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    let reference = MadeUpConsents.reference(1)
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        ConsentStatement(
          of: reference,
          purpose: nil,
          at: StatedTime(Instant(seconds: 1_710_000_000)),
          channel: "phone"
        ),
        origin: "consent withdraw --now"
      )
    }
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        ConsentErasure(of: reference, reason: "asked"),
        origin: "consent erase --now"
      )
    }
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        PurposeErasure(ErasePurpose(id: ledger.purpose, basedOn: nil, isOrdered: true)),
        origin: "consent erase --now"
      )
    }
    #expect(try await ledger.row().count(ConsentFilter()) == 2)
    #expect(try await ledger.find(1).map(\.state) == [.given])
  }
}
