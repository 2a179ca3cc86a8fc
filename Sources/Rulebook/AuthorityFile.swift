internal import Formats
public import Model

extension Authority {
  /// Reads a file of `Authorities`: whom laws tell.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public static func reading(yaml: String, file: String) throws -> [Authority] {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow("authorities")
    var seen: Set<String> = []
    return try root.member("authorities").elements().map { node in
      let authority = try Authority(node)
      guard seen.insert(authority.key).inserted else {
        throw try node.member("key").error("\(authority.key) stands here twice")
      }
      return authority
    }
  }

  private init(_ node: StrictYAML) throws {
    try node.allow("key", "name", "jurisdiction", "role", "named")
    self.init(
      key: try node.member("key").text(),
      name: try node.member("name").text(),
      jurisdiction: try node.optional("jurisdiction")?.text() ?? "",
      role: try node.member("role").word(AuthorityRole.self),
      named: try node.member("named").texts()
    )
    guard Authority.isKey(key) else {
      throw try node.member("key").error("a key has small letters, digits and hyphens")
    }
    guard !named.isEmpty else {
      throw try node.member("named").error("say by what words laws name it")
    }
  }
}
