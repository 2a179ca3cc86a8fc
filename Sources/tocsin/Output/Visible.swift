internal import Drawing

/// Foreign text as it may be printed on one line: what acts on a terminal is a visible mark.
func visible(_ text: String) -> String { Text.plain(Untrusted(text)) }

/// How many cells a terminal gives to a text.
func displayWidth(_ text: String) -> Int { Text.width(of: text) }
