internal import Model

/// What the sample company writes to its customers; no model for anybody.
enum SampleNotices {
  /// To the customers of the French shop: said in full, and confirmed.
  static let french = NoticeTextFacts(
    channels: [.email, .post],
    language: "fr",
    subject: "Vos données de paiement : ce qui s'est passé et ce que vous pouvez faire",
    body: """
      {{notice.date}}

      Bonjour{{#name}} {{name}}{{/name}},

      {{! item: nature }}
      ## Que s'est-il passé ?

      Un programme étranger a lu ce qui était saisi sur notre page de paiement. Nous l'avons su le \
      {{incident.discovered}}. Ces données sont touchées : {{categories}}.

      {{! item: consequences }}
      ## Ce que cela peut signifier pour vous

      Quelqu'un peut tenter de payer avec votre carte, ou vous écrire en notre nom.

      {{! item: measures }}
      ## Ce que nous faisons

      Le programme a été retiré, le compte qui l'avait ajouté est fermé, les banques sont prévenues.

      {{! item: advice }}
      ## Ce que vous pouvez faire

      - Demandez à votre banque de remplacer votre carte.
      - Regardez vos relevés de compte.
      - Méfiez-vous des messages qui demandent des données.

      {{! item: contact }}
      ## Comment nous joindre

      Indiquez {{incident.reference}} quand vous écrivez. {{organisation.contact}}
      Délégué à la protection des données : {{organisation.officer}}
      """,
    draft: "gdpr-34-fr"
  )

  /// To the customers of the web shop: begun, with places that are open.
  static let english = NoticeTextFacts(
    channels: [.email, .post],
    language: "en",
    takesOtherLanguages: true,
    subject: "Your account with us: what happened, and what you can do",
    body: """
      {{notice.date}}

      Dear {{name}},

      {{! item: nature }}
      ## What happened

      Somebody copied data of our customers through a system that should have been off. \
      [[say which data, once they are counted]]

      {{! item: measures }}
      ## What we are doing

      The system is off. [[say what comes next]]

      {{! item: contact }}
      ## How to reach us

      {{organisation.contact}}
      """,
    draft: "gdpr-34-en"
  )
}
