internal import Model

/// A text of the sample company, with what an officer says of each thing that a law wants of it.
struct SampleText {
  /// How one thing stands that a law wants.
  struct Verdict {
    /// The law's list of contents.
    var content: String
    /// The thing.
    var item: String
    /// Why it does not apply; empty where the text says it.
    var reason = ""
  }

  /// What it says, and to whom.
  var facts: NoticeTextFacts
  /// What is said of it.
  var verdicts: [Verdict]

  /// What stands beside the approval: list by list, how many things are confirmed.
  func checks(_ name: String) -> [String] {
    var contents: [String] = []
    for verdict in verdicts where !contents.contains(verdict.content) {
      contents.append(verdict.content)
    }
    return contents.map { content in
      let own = verdicts.filter { $0.content == content }
      let counts = [
        (own.count { $0.reason.isEmpty }, "confirmed"),
        (own.count { !$0.reason.isEmpty }, "does not apply"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return "\(name): \(content): \(counts.joined(separator: ", "))"
    }
  }
}

/// What the sample company writes to its customers; no model for anybody.
enum SampleNotices {
  private static let data34 = ["nature", "contact", "consequences", "measures", "advice"]
    .map { SampleText.Verdict(content: "gdpr-34-2", item: $0) }

  private static let noNumbers =
    "Neither social security nor driver's license numbers were exposed."

  private static let california =
    [
      "form", "what-happened", "dates", "information", "doing", "do", "contact",
    ].map { SampleText.Verdict(content: "us-ca-1798-82-d", item: $0) } + [
      .init(content: "us-ca-1798-82-d", item: "law-enforcement"),
      .init(content: "us-ca-1798-82-d", item: "identity-protection", reason: noNumbers),
      .init(content: "us-ca-1798-82-d", item: "agencies", reason: noNumbers),
    ]

  private static let states =
    ["what-happened", "information", "sender", "doing", "advice"]
    .map { SampleText.Verdict(content: "us-state-common", item: $0) } + [
      .init(content: "us-state-common", item: "agencies", reason: noNumbers),
      .init(content: "us-state-common", item: "authorities"),
    ]

  /// To the applicants of the careers site: in German, French and English.
  static let applicants = [
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .telephone],
        language: "de",
        subject: "Ihre Bewerbung bei uns: was geschehen ist und was Sie tun können",
        body: """
          {{notice.date}}

          Guten Tag{{#name}} {{name}}{{/name}},

          {{! item: nature }}
          ## Was ist passiert?

          Zwei Wochen lang konnten Bewerbungen auf unserer Seite von Fremden gelesen werden. Betroffen \
          sind Name, Geburtsdatum, E-Mail-Adresse und Telefonnummer.

          {{! item: consequences }}
          ## Was das für Sie bedeuten kann

          Jemand kann Ihnen in unserem Namen schreiben oder sich für Sie ausgeben.

          {{! item: measures }}
          ## Was wir tun

          Die Seite ist geschlossen, der Fehler behoben. Wir prüfen alle anderen Formulare.

          {{! item: advice }}
          ## Was Sie tun können

          - Antworten Sie nicht auf Nachrichten, die nach Ausweisen oder Geld fragen.
          - Sagen Sie uns, wenn Ihnen etwas seltsam vorkommt.

          {{! item: contact }}
          ## So erreichen Sie uns

          Nennen Sie {{incident.reference}}. {{organisation.contact}}
          Datenschutzbeauftragte: {{organisation.officer}}
          """,
        draft: "gdpr-34-de"
      ),
      verdicts: data34
    ),
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .telephone],
        language: "fr",
        subject: "Votre candidature : ce qui s'est passé et ce que vous pouvez faire",
        body: """
          {{notice.date}}

          Bonjour{{#name}} {{name}}{{/name}},

          {{! item: nature }}
          ## Que s'est-il passé ?

          Pendant deux semaines, des inconnus ont pu lire des candidatures sur notre site : nom, date de \
          naissance, adresse électronique et téléphone.

          {{! item: consequences }}
          ## Ce que cela peut signifier pour vous

          Quelqu'un peut vous écrire en notre nom, ou se faire passer pour vous.

          {{! item: measures }}
          ## Ce que nous faisons

          La page est fermée, l'erreur est corrigée. Nous vérifions tous les autres formulaires.

          {{! item: advice }}
          ## Ce que vous pouvez faire

          - Ne répondez pas aux messages qui demandent une pièce d'identité ou de l'argent.
          - Dites-nous si quelque chose vous paraît étrange.

          {{! item: contact }}
          ## Comment nous joindre

          Indiquez {{incident.reference}}. {{organisation.contact}}
          Déléguée à la protection des données : {{organisation.officer}}
          """,
        draft: "gdpr-34-fr"
      ),
      verdicts: data34
    ),
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .telephone],
        language: "en",
        takesOtherLanguages: true,
        subject: "Your application with us: what happened, and what you can do",
        body: """
          {{notice.date}}

          Dear{{#name}} {{name}}{{/name}}{{^name}} applicant{{/name}},

          ## What happened

          {{! item: nature }}
          {{! item: what-happened }}
          For two weeks strangers could read applications on our site.

          ## What information was involved

          {{! item: information }}
          Your name, date of birth, e-mail address and telephone number.

          ## What this may mean for you

          {{! item: consequences }}
          Somebody may write to you in our name, or pass for you.

          ## What we are doing

          {{! item: measures }}
          {{! item: doing }}
          The page is closed and the fault is mended. We are looking at all other forms.

          ## What you can do

          {{! item: advice }}
          - Watch your account statements and your credit report.
          - Do not answer messages that ask for identity papers or money.

          {{! item: authorities }}
          The Federal Trade Commission (600 Pennsylvania Avenue NW, Washington, DC 20580, \
          www.identitytheft.gov) and your Attorney General tell you more about identity theft.

          ## For more information

          {{! item: contact }}
          {{! item: sender }}
          Please name {{incident.reference}}. {{organisation.name}}, {{organisation.contact}}
          Data protection officer: {{organisation.officer}}
          """,
        draft: "gdpr-34-en"
      ),
      verdicts: data34
    ),
  ]

  /// To those who are named in the order export: California's form, and one for the other states.
  static let customers = [
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .post],
        language: "en",
        jurisdictions: ["US-CA"],
        takesOtherLanguages: true,
        subject: "Notice of Data Breach",
        body: """
          # Notice of Data Breach

          {{notice.date}}

          Dear{{#name}} {{name}}{{/name}}{{^name}} customer{{/name}},

          ## What Happened

          {{! item: what-happened }}
          A file with orders lay in a public place on the internet.
          {{! item: dates }}
          We took it away on the day we learned of it, before the date of this notice.\
          {{#incident.discovered}} That was {{incident.discovered}}.{{/incident.discovered}}
          {{! item: law-enforcement }}
          This notice was not delayed by law enforcement.

          ## What Information Was Involved

          {{! item: information }}
          Your name, your postal address and what you ordered. No card and no password.

          ## What We Are Doing

          {{! item: doing }}
          The place is closed. Nothing can be put there in public any more.

          ## What You Can Do

          {{! item: do }}
          - Do not answer messages that ask for your information in our name.
          - Review your account statements.

          ## For More Information

          {{! item: contact }}
          Please name {{incident.reference}} when you write.

          {{organisation.name}}
          {{organisation.contact}}
          """,
        draft: "us-ca-en"
      ),
      verdicts: california
    ),
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .post],
        language: "en",
        takesOtherLanguages: true,
        subject: "Your orders with us: what happened, and what you can do",
        body: """
          {{notice.date}}

          Dear{{#name}} {{name}}{{/name}}{{^name}} customer{{/name}},

          ## What happened

          {{! item: what-happened }}
          A file with orders lay in a public place on the internet.

          ## What information was involved

          {{! item: information }}
          Your name, your postal address and what you ordered. No card and no password.

          ## What we are doing

          {{! item: doing }}
          The place is closed. Nothing can be put there in public any more.

          ## What you can do

          {{! item: advice }}
          - Watch your account statements and your credit report.
          - Do not answer messages that ask for your information in our name.

          {{! item: authorities }}
          The Federal Trade Commission (600 Pennsylvania Avenue NW, Washington, DC 20580, \
          www.identitytheft.gov) and your Attorney General tell you more about identity theft.

          ## For more information

          {{! item: sender }}
          Please name {{incident.reference}} when you write.

          {{organisation.name}}
          {{organisation.contact}}
          """,
        draft: "us-state-en"
      ),
      verdicts: states
    ),
  ]

  /// To the customers of the French shop: said in full, and confirmed.
  static let french = [
    SampleText(
      facts: NoticeTextFacts(
        channels: [.email, .post],
        language: "fr",
        subject: "Vos données de paiement : ce qui s'est passé et ce que vous pouvez faire",
        body: """
          {{notice.date}}

          Bonjour{{#name}} {{name}}{{/name}},

          {{! item: nature }}
          ## Que s'est-il passé ?

          Un programme étranger a lu ce qui était saisi sur notre page de paiement. Nous l'avons su le \
          {{incident.discovered}}. Sont touchés : numéro de carte, adresse électronique, nom.

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
          Déléguée à la protection des données : {{organisation.officer}}
          """,
        draft: "gdpr-34-fr"
      ),
      verdicts: data34
    )
  ]

  /// To the customers of the web shop: begun, with places that are open.
  static let english = [
    SampleText(
      facts: NoticeTextFacts(
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
      ),
      verdicts: []
    )
  ]
}
