import Model
import Testing

struct `A security.txt` {
  private static let now = Instant(seconds: 1_779_108_000)

  @Test func `as we write it is valid`() throws {
    let openness = Openness(
      securityContacts: ["mailto:security@example.org", "https://example.org/report"],
      securityPolicy: "https://example.org/policy",
      securityAddress: "https://example.org/.well-known/security.txt",
      securityLanguages: ["en", "de"]
    )
    let day = try #require(DayNumber(iso: "2026-05-18"))
    let text = SecurityText(openness, date: day).text
    #expect(
      text == """
        Contact: mailto:security@example.org
        Contact: https://example.org/report
        Expires: 2027-05-17T00:00:00Z
        Preferred-Languages: en, de
        Canonical: https://example.org/.well-known/security.txt
        Policy: https://example.org/policy

        """
    )
    let check = SecurityTextCheck(reading: text, at: Self.now)
    #expect(check.problems == [])
    #expect(check.read?.contacts.count == 2)
  }

  @Test(arguments: [
    ("Expires: 2027-01-01T00:00:00Z\n", "Contact is missing (section 2.5.3)"),
    ("Contact: mailto:a@b.example\n", "Expires is missing (section 2.5.5)"),
    (
      "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nExpires: 2027-01-01T00:00:00Z\n",
      "line 3: Expires stands there twice (section 2.5.5)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: tomorrow\n",
      "line 2: Expires is a time such as 2027-05-01T00:00:00Z (section 2.5.5)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2026-01-01T00:00:00Z\n",
      "line 2: it ran out at 2026-01-01T00:00:00Z"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2029-01-01T00:00:00Z\n",
      "line 2: it should run out within a year (section 2.5.5)"
    ),
    (
      "Contact: security@example.org\nExpires: 2027-01-01T00:00:00Z\n",
      "line 1: Contact is an address such as mailto:security@example.org (section 2.5.3)"
    ),
    (
      "Contact: http://example.org\nExpires: 2027-01-01T00:00:00Z\n",
      "line 1: Contact on the web begins with https:// (section 2.5.3)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nPolicy: http://example.org\n",
      "line 3: addresses on the web begin with https:// (section 2.5.7)"
    ),
    (
      "Contact: javascript:alert(1)\nExpires: 2027-01-01T00:00:00Z\n",
      "line 1: Contact: javascript: is no place that anybody can be reached or read at "
        + "(section 2.5.3)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nPolicy: data:text/html,x\n",
      "line 3: addresses: data: is no place that anybody can be reached or read at (section 2.5.7)"
    ),
    (
      "Contact:mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n",
      "line 1: a blank stands behind the colon (section 4)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nhello\n",
      "line 3: a field is a name, a colon and a value (section 2.1)"
    ),
    (
      "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: en; de\n",
      "line 3: Preferred-Languages are tags such as en, de (section 2.5.8)"
    ),
  ])
  func `is refused with line and section`(text: String, problem: String) {
    let found = SecurityTextCheck(reading: text, at: Self.now).problems.map(\.description)
    #expect(found.contains(problem), "\(found)")
  }

  @Test(arguments: [
    "# comment\r\nContact: mailto:a@b.example\r\nExpires: 2027-01-01T00:00:00.000Z\r\n",
    "contact: tel:+1-201-555-0123\nEXPIRES: 2027-01-01T01:00:00+01:00\nHiring: https://x.example\n",
    "Contact: https://a.example/%41\nExpires: 2027-01-01T00:00:00Z\nX-Own: anything\n\n",
    """
    -----BEGIN PGP SIGNED MESSAGE-----
    Hash: SHA256

    Contact: mailto:a@b.example
    Expires: 2027-01-01T00:00:00Z
    - # dash
    -----BEGIN PGP SIGNATURE-----
    junk
    -----END PGP SIGNATURE-----
    """,
  ])
  func `is taken as others write it`(text: String) {
    #expect(SecurityTextCheck(reading: text, at: Self.now).problems == [])
  }

  @Test(arguments: [
    Openness(securityContacts: ["mailto:a@b.example\nCanonical: https://evil.example/x"]),
    Openness(
      securityContacts: ["mailto:a@b.example"],
      securityPolicy: "https://b.example/\u{85}Contact: mailto:evil@b.example"
    ),
    Openness(securityContacts: ["mailto:a@b.example"], securityLanguages: ["en\r\nHiring: x"]),
    Openness(securityAddress: "https://b.example/\u{2028}x"),
    Openness(site: "https://b.example/\u{1B}[31m"),
  ])
  func `takes no value of several lines`(openness: Openness) {
    #expect(
      openness.problem
        == "addresses, contacts and languages hold no line breaks or control characters"
    )
    let text = SecurityText(openness, date: DayNumber(count: 20_591))
    #expect(openness.site.isEmpty ? !text.problems.isEmpty : true)
  }

  @Test func `runs out as a day begins where the organisation is`() {
    let openness = Openness(securityContacts: ["mailto:a@b.example"])
    let text = SecurityText(openness, date: DayNumber(count: 20_591), in: .offset(minutes: 120))
      .text
    #expect(text.contains("Expires: 2027-05-16T22:00:00Z"))
  }

  @Test func `is refused where it is too long`() {
    let text = String(repeating: "#", count: SecurityTextCheck.limit + 1)
    #expect(SecurityTextCheck(reading: text).problems.map(\.reason) == ["longer than 32 KiB"])
  }
}
