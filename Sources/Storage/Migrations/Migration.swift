/// A step that brings a store's tables from one shape to the next.
///
/// Plain SQL, frozen once released: a later change is a new step. It uses none of today's Swift
/// types, so that it does the same in ten years.
protocol Migration: SendableMetatype {
  /// The SQL, one or more statements.
  static var sql: String { get }
}

/// The shapes that stores have had.
///
/// A store's `user_version` is its schema number.
enum Schema {
  /// "Tcsn", so that `file` and we know one of ours.
  static let applicationID: Int32 = 0x5463_736E

  /// The steps to each schema from the one before; the first makes schema 1 from nothing.
  static let steps: [[any Migration.Type]] = [
    [
      M0001_CreateJournal.self, M0002_CreateIncident.self, M0003_CreateTimelineEntry.self,
      M0004_CreateTask.self, M0005_CreateEvidence.self, M0006_CreateLink.self,
      M0007_CreateSavedFilter.self, M0008_CreateTally.self, M0009_CreateSearch.self,
    ],
    [
      M0010_CreateIncidentAnswer.self, M0011_CreateOrganisation.self, M0012_CreateFiling.self,
      M0013_CreateObligation.self, M0014_CreateDecision.self, M0015_CreateReminder.self,
    ],
    [
      M0016_CreateExercise.self, M0017_CreateAssessment.self, M0018_ShareWaitingAnswers.self,
      M0019_IndexWaiting.self, M0020_CreateAuthority.self, M0021_WidenSearch.self,
      M0022_CreateFramework.self, M0023_CreateRequirement.self, M0024_CreateRequirementSearch.self,
      M0025_CreateAudit.self, M0026_CreateAuditItem.self, M0027_CreateAuditSignature.self,
      M0028_CreateFinding.self, M0029_WidenEvidence.self, M0030_CreateAuditScan.self,
      M0031_CreateScanFinding.self, M0032_CreateMailing.self, M0033_CreateRecipient.self,
    ],
    [
      M0034_WidenLedgerStep.self,
      M0035_CreateNotice.self, M0036_CreateNoticeEdition.self, M0037_CountProtected.self,
      M0038_CreateSending.self, M0039_CreateDelivery.self,
      M0040_CreateMailingBatch.self, M0041_CreateContactVersion.self, M0042_CreateBatchReturn.self,
      M0043_CreateOffer.self, M0044_CreateMailingMatter.self,
      M0045_CreateBounce.self, M0046_FillMailingDay.self,
      M0047_CreatePublication.self,
    ],
    [
      M0048_CreateMailingTrail.self,
      M0050_WidenMailingBatch.self, M0051_CreateOfferRemoval.self, M0052_CreateContactConsent.self,
      M0054_CreateActivity.self,
      M0055_CreateRetentionRule.self,
      M0056_CreateLegalHold.self,
      M0057_CreateDeletion.self,
      M0058_CreateRequest.self,
      M0059_CreateRequestReminder.self,
      M0063_CreateStaff.self,
      M0064_CreateCourse.self,
      M0065_CreateTrainingPlan.self,
      M0066_CreateCompletion.self,
      M0067_CreatePhishing.self,
      M0078_JoinKeptRecords.self,
      M0079_CreateImpactAssessment.self,
      M0080_CreateStatement.self,
      M0081_CreateStatementEdition.self,
      M0082_CreateDisclosure.self,
      M0074_CreatePurpose.self,
      M0075_CreateConsentVersion.self,
      M0076_CreateConsent.self,
      M0077_WidenRetentionRule.self,
      M0085_IndexPosture.self,
    ],
  ]

  /// The names of all triggers that any step makes.
  static let triggers: Set<String> = {
    let word = Array("CREATE TRIGGER ".utf8)
    var names: Set<String> = []
    for step in steps.joined() {
      let sql = Array(step.sql.utf8)
      var place = 0
      while place + word.count < sql.count {
        // Most bytes are told by the first one.
        guard sql[place] == word[0], sql[place...].starts(with: word) else {
          place += 1
          continue
        }
        let name = sql[(place + word.count)...].prefix {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        names.insert(String(decoding: name, as: UTF8.self))
        place += word.count + name.count
      }
    }
    return names
  }()

  /// The schema this program writes.
  static var current: Int { steps.count }
}
