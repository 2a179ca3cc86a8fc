internal import Model

/// What servers say when they refuse a mail, as families of phrases by reason.
///
/// The first family with a phrase in the text wins, so that the order is part of the rules: what says
/// more stands before what says less. Phrases are in lower case; `@` stands for any address, ` … ` for
/// up to 60 bytes of anything. They were gathered from the sources and manuals of MTAs and from
/// bounces of many of them; none names a single host.
enum BouncePhrases {
  /// Phrases that tell one reason.
  typealias Family = (reason: BounceReason, phrases: [Phrase])

  /// Families that tell more than a status code does.
  static let telling: [Family] = families([
    (
      .blocked,
      [
        "reverse dns", "ptr record", "no ptr", " rdns", "reverse mapping", "reverse lookup",
        "cannot find your hostname", "cannot find your reverse hostname",
      ]
    ),
    (
      .authFailed,
      [
        "dmarc", "dkim", " spf ", "spf record", "spf check", "spf fail", "spf validation",
        "sender policy framework", "unauthenticated email", "sender is unauthenticated",
        "authentication checks failed", "not authorized to send", "not authorised to send",
        "fails to pass authentication", "not designated",
      ]
    ),
    (
      .relayDenied,
      [
        "relay access denied", "relaying denied", "relay denied", "relaying not allowed",
        "relay not permitted", "not permitted to relay", "not configured to relay",
        "unable to relay", "no relaying", "not allowed to relay", "do not relay", "does not relay",
        "allowed rcpthosts", "relay prohibited", "relaying mail to", "relaying prohibited",
        "cannot relay", "we don't relay", "relaying is not", "relay not allowed", "open relay not",
      ]
    ),
    (
      .senderRejected,
      [
        "sender address rejected", "sender rejected", "sender denied", "domain of sender address",
        "sender domain … not", "sender's domain", "sender domain", "invalid sender", "bad sender",
        "sender verify failed", "sender verification", "sender … not allowed", "unknown sender",
        "not allowed to post", "not a member of", "are not member", "only members",
        "not allowed to send", "to/from an address that has been", "sender is not",
        "from address … rejected", "from address is not", "your email address … blacklist",
        "google groups", "posting to … not allowed", "postings … not allowed",
        "senders are allowed to send", "not recognized as a valid sender",
        "weren't recognized as a valid sender",
      ]
    ),
    (
      .filtered,
      [
        "recipient preferences", "email preferences of", "rejected by recipient",
        "refused by recipient", "recipient refuse", "recipient has rejected",
        "user doesn't want", "recipient does not accept", "recipient … only accepts",
        "challenge-response", " : user unknown", "domain specified reception",
        "recipients … reject",
      ]
    ),
    (
      .virusFound,
      [
        "virus", "malware", "infected", " trojan", " worm ", "mcspamsignature",
        "malicious", "phishing",
      ]
    ),
    (
      .tooLarge,
      [
        "message size exceeds", "message too large", "message too big", "message is too large",
        "message is too big", "message is larger", "message larger than", "mail size limit",
        "message length exceeds", "size limit exceed", "exceeds size limit", "size exceeds",
        "exceeds … size limit", "exceeds the maximum message size", "exceeds … message size",
        "line limit exceeded", "recipsizelimit", "max message size", "maximum message size",
        "too large for this recipient", "mail is too large", "mail too large",
        "message size … limit",
        "size too large", "larger than the current system limit",
        "exceeded … size limit for messages",
        "nachricht … zu groß", "message trop volumineux",
      ]
    ),
    (
      .mailboxFull,
      [
        "mailbox full", "mailbox is full", "mailbox … full", "mailbox … quota", "over quota",
        "overquota", "over the quota", "quota exceeded", "exceeded … quota", "exceeds … quota",
        "quota is exceeded", "quota full", "exceeding … quota", "quota violation", "disk quota",
        "storage quota", "inbox full", "inbox is full", "not enough disk space",
        "not enough storage space", "out of storage", "exceeded … storage", "mailfolder is full",
        "mailbox size limit", "mailbox … size … exceed", "user … full", "account … full",
        "account is over", "too many messages in", "mailbox exceed", "mailbox … exceeded",
        "out of disk space", "no room in mailbox",
        "recipient storage full", "mailbox … space", "quotaexceeded", "quota exceed",
        "insufficient quota", "full mailbox", "maximum mailbox size", "postfach … voll",
        "quota … überschritten", "boîte … pleine", "boite … pleine", "quota dépassé",
        "buzón … lleno", "casella … piena", "caixa … cheia", "ящик … переполнен",
        "容量", "邮箱已满", "信箱已滿",
      ]
    ),
    (
      .hasMoved,
      [
        "mailbox has moved", "has moved to", "user has moved", "recipient has moved",
        "no forwarding address", "moved without", "new address is", "address has changed",
        "email address changed", "no longer at this address", "not our customer", "not our user",
        "user not local; please try", "has been replaced by",
      ]
    ),
    (
      .mailboxDisabled,
      [
        "account … disabled", "account … suspended", "account … inactive", "account … locked",
        "account … blocked", "account … deactivated", "account … expired", "account … frozen",
        "mailbox … disabled", "mailbox … suspended", "mailbox … inactive", "mailbox … locked",
        "mailbox … frozen", "mailbox … blocked", "mailbox … deactivated", "mailbox … closed",
        "recipient … disabled", "recipient … suspended", "recipient … inactive",
        "disabled recipient", "disabled user", "user … disabled", "user … suspended",
        "user … inactive", "inactive user", "inactive account", "suspended account",
        "disabled account", "disabled mailbox", "address … disabled", "account … not active",
        "mailbox … not active", "user … not active", "temporarily disabled", "locked mailbox",
        "domain … suspended", "compte … bloqu", "compte … désactivé", "konto … gesperrt",
        "postfach … gesperrt", "postfach … deaktiviert", "cuenta … deshabilitada",
        "ящик … заблокирован", "ящик … отключ",
      ]
    ),
    (
      .notAccepting,
      [
        "does not accept mail", "doesn't accept mail", "does not accept email",
        "does not receive mail", "accepts no mail", "null mx", "nullmx", "no mx found",
        "not accepting network messages", "couldn't find a mail exchanger",
        "no mail exchanger", "domain does not accept", "not accept any mail", "has no mx",
        "no mx record", "no smtp service", "here does not accept", "not a mail server",
      ]
    ),
    (
      .hostUnknown,
      [
        "host unknown", "unknown host", "no such domain", "domain not found", "no such host",
        "domain name not found", "name or service not known", "nxdomain", "host or domain name not",
        "host … not found", "unrouteable mail domain", "unroutable domain", "unrouteable domain",
        "unknown domain", "domain … does not exist", "domain … doesn't exist",
        "domain … couldn't be found", "domain … not exist", "dns lookup failure",
        "dns name … not exist",
        "bad destination system", "bad destination host", "couldn't find any host",
        "non-existent host",
        "non existent host", "nonexistent host", "illegal host/domain", "mx … non-existent",
        "domain is not registered", "no dns", "domain … no longer", "host name lookup fail",
        "domain … nicht gefunden", "domaine inconnu", "domäne … nicht",
      ]
    ),
    (
      .userUnknown,
      [
        "user unknown", "unknown user", "no such user", "no such mailbox", "no such recipient",
        "no such person", "no such account", "no such address", "no such email", "no such local",
        "user not found", "user … not found", "recipient not found", "recipient … not found",
        "mailbox not found", "mailbox … not found", "account not found", "account … not found",
        "address not found", "address … not found", "unknown recipient", "recipient unknown",
        "recipient is unknown", "recipient … unknown", "unknown mailbox", "unknown address",
        "unknown local part", "unknown local-part", "unknown or illegal", "unknown account",
        "unknown e-mail", "unknown email", "invalid recipient", "invalid mailbox", "invalid user",
        "invalid address", "invalid final delivery", "invalid local", "invalid email",
        "invalid e-mail", "illegal user", "illegal alias", "is not a valid", "not a valid mailbox",
        "not a valid user", "not a valid recipient", "not a known user", "not known here",
        "not known at this", "user not known", "addressee unknown", "not recognized",
        "name is not recognised", "no mailbox", "no account by that name", "no user by that name",
        "does not exist", "doesn't exist", "do not exist", "not exist here",
        "user … not exist", "recipient … not exist", "address … not exist",
        "mailbox … not exist", "account … not exist", "user … unknown", "no longer exist",
        "no longer valid", "no longer in use", "no longer available", "no longer on server",
        "does not have an account", "doesn't have a", "does not have a", "has no account",
        "not listed in", "recipnotfound", "resolver.adr.", "bad destination mailbox",
        "bad recipient", "undeliverable address", "account … deleted", "account … closed",
        "account … terminated", "mailbox … deleted", "mailbox … removed", "inactive email address",
        "recipient address rejected: access denied", "unknown in virtual", "unknown in relay",
        "unknown in local", "nobody by that name", "isn't a user", "no valid recipients",
        "action not taken: mailbox unavailable", "unable to find recipient",
        "cannot find recipient", "could not find user",
        "could not be found by", "destinataire invalide", "destinataire inconnu",
        "destinataire … existe pas", "utilisateur inconnu", "adresse inconnue",
        "adresse … existe pas", "unbekannter benutzer", "empfänger unbekannt",
        "empfänger … nicht gefunden", "empfänger … existiert nicht", "adresse … existiert nicht",
        "usuario desconocido", "destinatario desconocido", "usuario … no existe",
        "utente sconosciuto", "destinatario sconosciuto", "gebruiker onbekend",
        "onbekende gebruiker", "użytkownik nieznany", "nie istnieje", "пользователь не найден",
        "не существует", "нет такого", "несуществующ", "存在しません", "見つかりません",
        "不存在", "存在しない",
      ]
    ),
    (
      .spamRejected,
      ["blacklisted url", "blacklisted link", "uribl", "surbl", "spam … detected", "is spam"]
    ),
    (
      .rateLimited,
      [
        "too many connections", "too many messages", "rate limit", "ratelimit", "connection rate",
        "too many recipients", "too many errors from your", "throttl", "temporarily deferred",
        "relay quota", "daily … limit", "hourly … limit", "greylist", "graylist", "grey list",
        "gray list", "try again in", "too many sessions", "too much mail", "exceeded … rate",
        "sending limit", "too fast", "concurrent connections", "unusual rate", "rate … exceed",
      ]
    ),
    (
      .blocked,
      [
        "blocked using", "blacklist", "black list", "block list", "blocklist", "denylist",
        "client host … blocked", "client host rejected", "spamhaus", "spamcop", " rbl", "dnsbl",
        "bad reputation",
        "poor reputation", "low reputation", "reputation", "listed at", "is listed in",
        "is listed on", "open relay", "no access from mail server", "banned", "dynamic ip",
        "bad helo", "invalid helo", "helo … rejected", "helo command rejected",
        "invalid domain name", "ip address … rejected", "ip … blocked", "blocked … ip",
        "your ip", "your host", "your mail server", "user complaints", "unexpected volume",
        "sender … blocked", "blocked by", "has been blocked", "been blocked", "ip source bloqu",
      ]
    ),
    (
      .spamRejected,
      [
        "spam", "junk mail", "bulk email", "bulk mail", " ube", "unsolicited",
        "message content rejected", "content filter", "classified as",
      ]
    ),
    (
      .contentRejected,
      [
        "header error", "headers too large", "header too large", "media error", "bare lf",
        "bare cr", "malformed header", "malformed message", "addresses in from", "multiple from",
        "missing … header",
        "header … missing", "non-compliant", "not rfc", "rfc 5322", "rfc5322", "rfc 2822",
        "rfc2822", "message format", "attachment", "content rejected", "not accept content",
        "8bit", "conversion", "message content", "invalid header", "mime ",
      ]
    ),
    (
      .securityRefused,
      [
        "starttls", "authentication required", "authentication failed", "auth required",
        "unauthenticated sender", "encryption required", "tls required", "tls is required",
        "auth capability", "not authenticated", "requires authentication", "certificate",
        "encryption needed", "must authenticate",
      ]
    ),
    (
      .mailerError,
      [
        "command output", "command died", "command failed", "mailer error", "procmail",
        "pipe to", "local delivery failed", "exit status", "mailer exited", "exited with",
        "local mailer", "dot-qmail",
      ]
    ),
    (
      .protocolError,
      [
        "syntax error", "improper sequence", "bad sequence", "unrecognized command",
        "command not recognized", "command unrecognized", "command not implemented",
        "bad address syntax", "malformed address", "need rcpt", "need mail", "protocol error",
        "command rejected", "syntactically", "incorrectly constructed",
      ]
    ),
    (
      .systemError,
      [
        "system error", "i/o error", "internal error", "internal server error",
        "insufficient system", "service unavailable", "currently unavailable",
        "service not available", "local error", "configuration error", "misconfigur",
        "contact ldap", "ldap server", "server error", "system problem", "cannot allocate",
        "no space left", "queue file write", "out of memory", "duplicated message-id",
        "temporary failure in", "processing error", "database error", "local problem",
      ]
    ),
    (
      .expired,
      [
        "message expired", "envelope expired", "retry timeout exceeded", "delivery time expired",
        "could not be delivered for", "not delivered within", "stopped trying",
        "cannot send message for", "unable to deliver in", "attempts … failed",
        "delivery failed … attempts",
      ]
    ),
    (
      .networkError,
      [
        "connection refused", "connection timed out", "timed out", "no route to host",
        "network is unreachable", "network unreachable", "network error", "connection reset",
        "connection dropped", "lost connection", "too many hops", "hop count", "mail loop",
        "routing loop", "loop detected", "loops back to", "dns error", "lookup failure",
        "name server", "not responding", "could not connect", "couldn't connect",
        "unable to connect", "failed to connect", "cannot connect", "socket error",
        "connection failed", "host unreachable", "host is down", "did not accept our requests",
        "actively refused", "name service error", "broken pipe", "delivery loop",
        "mail forwarding loop",
      ]
    ),
    (
      .expired,
      [
        "expired", "too long in", "queue too long", "giving up", "still undelivered",
        "undelivered after", "retry time not reached", "repeated attempts",
        "time limit", "maximum … retries", "too many attempts", "delivery time",
        "could not be delivered within", "deadline",
      ]
    ),
  ])

  /// Families that count only where neither the ones above nor a status code says why.
  static let vague: [Family] = families([
    (
      .userUnknown,
      [
        "address rejected. ", "recipient rejected", "address rejected (", "address rejected ]",
        "mailbox unavailable", "unable to receive mail", "couldn't be found",
        "could not be found", "if address is correct", "unrouteable address", "unroutable address",
        "not like recipient",
      ]
    ),
    (
      .policy,
      [
        "policy", "policies", "administrative prohibition", "administratively", "prohibited",
        "access denied", "not allowed", "message refused", "refused by", "not permitted",
        "not authorized", "unauthorized", "restricted", "rejected by", "message rejected",
        "mail rejected", "not accepted", "blocked",
      ]
    ),
    (.networkError, ["deferred", "refused to talk"]),
    (.systemError, ["temporar", "try again", "try later", "unavailable"]),
  ])

  /// A phrase, its parts in their order.
  struct Phrase {
    private let parts: [[UInt8]]
    /// Where the beginning of the phrase is marked in the index of a text; nil for short ones.
    private let mark: Int?

    fileprivate init(_ phrase: String) {
      // Blanks beside the dots belong to them.
      let pieces = phrase.split(separator: "…").map { Array($0.utf8) }
      parts = pieces.count < 2 ? pieces : pieces.map { Array($0[...].trimmed) }
      mark = PlainWords.mark(parts.first ?? [], 0)
    }

    /// Whether the phrase stands in text.
    func stands(in words: PlainWords) -> Bool {
      if let mark, !words.isMarked(mark) { return false }
      let text = words.bytes[...]
      var from = text.startIndex
      while let first = parts.first, let found = text.first(first, from: from) {
        var end: Int? = found + first.count
        for part in parts.dropFirst() {
          guard let last = end else { break }
          let window = text[last..<min(last + 60 + part.count, text.endIndex)]
          end = window.first(part).map { $0 + part.count }
        }
        if end != nil { return true }
        from = found + 1
      }
      return false
    }
  }

  /// The reason of the first family with a phrase in a text.
  static func reason(in words: PlainWords, of families: [Family]) -> BounceReason? {
    families.first { $0.phrases.contains { $0.stands(in: words) } }?.reason
  }

  private static func families(_ table: [(BounceReason, [String])]) -> [Family] {
    table.map { ($0, $1.map { Phrase($0) }) }
  }
}
