import Exchange
public import Model

extension SendingPlan {
  /// What must be set before anything can be sent, in sentences; empty where nothing is missing.
  public var gaps: [String] {
    var gaps: [String] = []
    if sender.isEmpty {
      gaps.append("nobody said who writes: --set sender=ADDRESS")
    } else if AddressProblem(sender) != nil {
      gaps.append("the sender is no plain mail address: --set sender=ADDRESS")
    }
    // The longest tag there is: a mailing and a number of ten digits each.
    let tag = "m2147483647.r4294967295.aaaaaaaa"
    if !sender.isEmpty, MailMessage.returnPath(bounceAddress, tag: tag) == nil {
      gaps.append(
        "the address for bounces takes no tag (at most 31 characters before the @, all of them "
          + "plain): --set return-path=ADDRESS"
      )
    }
    if !listID.isEmpty, !MailMessage.isAddress("a@\(listID)") {
      gaps.append("the list id is not plain: --set list-id=notices.example.org")
    }
    return gaps
  }
}
