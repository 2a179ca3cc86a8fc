public import Model
internal import Synchronization

/// Fills texts in for people, as plain text and as HTML.
///
/// The layout is read before any value is in it, and values are escaped for each sink: none can become
/// a heading, markup, a header or a tag. What was read once is kept, so that millions can be filled in.
public final class NoticeRenderer: Sendable {
  private let read = Mutex<[NoticeTextFacts: Reading]>([:])

  /// A text as it was read, and its layouts by which fields have a value.
  private struct Reading {
    var template: NoticeTemplate
    var layouts: [Set<MergeField>: Layout] = [:]
  }

  private struct Layout {
    var subject: [NoticeRun]
    var body: [NoticeBlock]
  }

  /// Makes a renderer.
  public init() {}

  /// A text as one person gets it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - values: What fills its fields.
  /// - Returns: Subject, plain text and HTML.
  /// - Throws: `UnfitNotice` where the text has tags that are not taken, or needs a value that is not
  ///   there.
  public func render(
    _ text: NoticeText,
    _ values: MergeValues
  ) throws(UnfitNotice) -> RenderedNotice {
    try render(text.facts, values)
  }

  /// A text as one person gets it, by what it says.
  public func render(
    _ facts: NoticeTextFacts,
    _ values: MergeValues
  ) throws(UnfitNotice) -> RenderedNotice {
    let layout = try layout(facts, values)
    let subject = NoticeSink.line(layout.subject, values)
    return RenderedNotice(
      subject: subject,
      plain: NoticeSink.plain(layout.body, values),
      html: NoticeSink.html(layout.body, values, title: subject, language: facts.language)
    )
  }

  private func layout(
    _ facts: NoticeTextFacts,
    _ values: MergeValues
  ) throws(UnfitNotice) -> Layout {
    let result: Result<Layout, UnfitNotice> = read.withLock { read in
      do throws(UnfitNotice) {
        var reading: Reading
        if let known = read[facts] {
          reading = known
        } else {
          reading = Reading(template: try NoticeTemplate(facts))
        }
        let present = reading.template.fields.filter { values[$0] != nil }
        if let layout = reading.layouts[present] { return .success(layout) }
        let gaps = reading.template.gaps(having: present)
        guard gaps.isEmpty else { throw UnfitNotice(gaps) }
        let (subject, body) = reading.template.laidOut(having: present)
        let layout = Layout(subject: subject, body: body)
        reading.layouts[present] = layout
        read[facts] = reading
        return .success(layout)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
