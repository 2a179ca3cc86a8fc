import Foundation
import Model
import Testing

@testable import Exchange

struct `An OSCAL catalogue` {
  private static let json = """
    {"catalog": {"uuid": "u-1", "metadata": {"title": "Demo", "version": "2", "parties":
      [{"uuid": "p", "name": "NIST"}]},
     "params": [{"id": "p0", "values": ["90 days"]}],
     "groups": [{"id": "ac", "title": "Access", "props": [{"name": "label", "value": "AC"}],
       "parts": [{"name": "overview", "prose": "About access."}],
       "controls": [{"id": "ac-1", "title": "Policy",
         "props": [{"name": "label", "value": "AC-01", "class": "padded"},
                   {"name": "label", "value": "AC-1"}],
         "params": [{"id": "p1", "select": {"how-many": "one-or-more",
                     "choice": ["lock for {{ insert: param, p2 }} ", "tell"]}},
                    {"id": "p2", "label": "time"}],
         "parts": [
           {"name": "statement", "prose": "Do this:", "parts": [
             {"name": "item", "props": [{"name": "label", "value": "a."}],
              "prose": "Every {{ insert: param, p0 }} ; and", "parts": [
                {"name": "item", "props": [{"name": "label", "value": "1."}],
                 "prose": "then {{ p1 }}."}]}]},
           {"name": "guidance", "prose": "Mind it."},
           {"name": "assessment-objective", "prose": "it is done"},
           {"name": "assessment-method", "props": [{"name": "method", "value": "EXAMINE"}],
            "parts": [{"name": "assessment-objects", "prose": "policy\\n\\nplan"}]}],
         "controls": [{"id": "ac-1.1", "title": "More",
           "props": [{"name": "status", "value": "withdrawn"}],
           "links": [{"href": "#ac-2", "rel": "incorporated-into"}]}]}]},
      {"title": "No id", "groups": [{"id": "in", "title": "Inner", "controls":
        [{"id": "in-1", "title": "Last"}]}]}]}}
    """

  private static let xml = """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u-1">
      <metadata><title>Demo</title><version>2</version><party uuid="p"><name>NIST</name></party>
      </metadata>
      <param id="p0"><value>90 days</value></param>
      <group id="ac"><title>Access</title><prop name="label" value="AC"/>
        <part name="overview"><p>About
          <em>access</em>.</p></part>
        <control id="ac-1"><title>Policy</title>
          <param id="p1"><select how-many="one-or-more">
            <choice>lock for <insert type="param" id-ref="p2"/></choice><choice>tell</choice>
          </select></param>
          <param id="p2"><label>time</label></param>
          <prop name="label" value="AC-01" class="padded"/><prop name="label" value="AC-1"/>
          <part name="statement"><p>Do this:</p>
            <part name="item"><prop name="label" value="a."/>
              <p>Every <insert type="param" id-ref="p0"/>; and</p>
              <part name="item"><prop name="label" value="1."/>
                <p>then <insert type="param" id-ref="p1"/>.</p></part></part></part>
          <part name="guidance"><p>Mind it.</p></part>
          <part name="assessment-objective"><p>it is done</p></part>
          <part name="assessment-method"><prop name="method" value="EXAMINE"/>
            <part name="assessment-objects"><p>policy</p><p>plan</p></part></part>
          <control id="ac-1.1"><title>More</title><prop name="status" value="withdrawn"/>
            <link href="#ac-2" rel="incorporated-into"/></control>
        </control>
      </group>
      <group><title>No id</title><group id="in"><title>Inner</title>
        <control id="in-1"><title>Last</title></control></group></group>
      <back-matter><resource uuid="r"/></back-matter>
    </catalog>
    """

  private func read(_ text: String) throws -> Framework {
    let file = try FrameworkFormat.oscal.read(Array(text.utf8), path: "-")
    return try #require(file.frameworks.first)
  }

  @Test func `becomes a tree with parameters filled in`() throws {
    let framework = try read(Self.json)
    #expect(framework.identifier == "u-1")
    #expect(framework.version == "2")
    #expect(framework.provider == "NIST")
    let lines = framework.requirements
    #expect(lines.map(\.reference) == ["AC", "AC-1", "AC-1.1", "", "IN", "IN-1"])
    #expect(lines.map(\.depth) == [1, 2, 3, 1, 2, 3])
    #expect(lines.map(\.isAssessable) == [false, true, false, false, false, true])
    #expect(lines[0].texts.text == "About access.")
    #expect(
      lines[1].texts
        == FrameworkTexts(
          name: "Policy",
          text: """
            Do this:
            a. Every 90 days; and
              1. then [Selection (one or more): lock for [Assignment: time]; tell].
            """,
          guidance: "Mind it.\n\nDetermine whether:\nit is done",
          evidence: "Examine: policy; plan"
        )
    )
    #expect(lines[2].isWithdrawn)
    #expect(lines[2].texts.text == "Withdrawn: incorporated into AC-2.")
  }

  @Test func `reads the same in XML`() throws {
    #expect(try read(Self.xml) == read(Self.json))
  }

  @Test func `whose parameters name each other in a ring ends`() throws {
    let ring =
      #"{"id":"p2","select":{"choice":["x {{ insert: param, p1 }}{{ insert: param, p1 }}"]}}"#
    let json = Self.json.replacingOccurrences(of: #"{"id": "p2", "label": "time"}"#, with: ring)
    try #require(json != Self.json)
    #expect(try read(json).requirements[1].texts.text.contains("[p1]"))
  }

  @Test(
    arguments: [
      (#"{"profile": {"uuid": "x"}}"#, "", "a profile: it only names controls"),
      (#"{"component-definition": {}}"#, "", "a component definition, not a catalogue"),
      ("assessment-results: {}", "", "assessment results, not a catalogue"),
      ("<profile/>", "", "a profile: it only names controls"),
      (#"{"catalog": {"uuid": "x", "metadata": {}}}"#, "catalog.metadata.title", "a title"),
      (#"{"catalog": {"uuid": "x", "uuid": "y"}}"#, "line 1, column 27, $.catalog.uuid", "twice"),
      ("<catalog><group>", "line 1", "cut off"),
      ("<!DOCTYPE x [<!ENTITY a \"b\">]><catalog/>", "line 1", "a document type"),
      ("", "", "the file is empty"),
      (
        #"{"catalog":{"uuid":"x","metadata":{"title":"t"},"controls":[{"id":"a"},{"id":"a"}]}}"#,
        "a", "two requirements have this identifier"
      ),
    ]
  )
  func `that is none is refused, saying what it is`(
    text: String,
    at: String,
    reason: String
  ) throws {
    let error = try #require(throws: UnreadableFramework.self) { try read(text) }
    #expect(error.at == at)
    #expect(error.reason.contains(reason))
  }

  private static let shared = "frameworks-oscal/NIST_SP-800-53_rev5_"

  @Test(
    .enabled(if: SharedData.exists("frameworks-oscal/basic-catalog.json")),
    arguments: [
      (shared + "LOW-baseline-resolved-profile_catalog.json.gz", 18, 149),
      (shared + "LOW-baseline-resolved-profile_catalog.yaml.gz", 18, 149),
      (shared + "HIGH-baseline-resolved-profile_catalog-min.json.gz", 18, 370),
      ("frameworks-oscal/basic-catalog.json", 4, 4),
    ]
  )
  func `of the shared ones has its groups and controls`(
    path: String,
    groups: Int,
    controls: Int
  ) throws {
    let framework = try #require(try FrameworkFixture.shared(path, .oscal).frameworks.first)
    #expect(framework.requirements.count == groups + controls)
    #expect(framework.assessable == controls)
    let texts = framework.requirements.map(\.texts)
    #expect(!texts.contains { "\($0.text)\($0.guidance)\($0.evidence)".contains("{{") })
  }

  @Test(.enabled(if: SharedData.exists("frameworks-oscal/basic-catalog.json")))
  func `is the same framework in JSON and in YAML`() throws {
    let json = Self.shared + "LOW-baseline-resolved-profile_catalog.json.gz"
    let yaml = Self.shared + "LOW-baseline-resolved-profile_catalog.yaml.gz"
    let one = try #require(try FrameworkFixture.shared(json, .oscal).frameworks.first)
    let other = try #require(try FrameworkFixture.shared(yaml, .oscal).frameworks.first)
    #expect(one.digest == other.digest)
  }
}
