internal import Formats

/// Reads an OSCAL document of any kind, written in JSON, XML or YAML, to one shape.
enum OscalDocument {
  /// Reads a document; texts of YAML stay texts.
  static func read(_ bytes: [UInt8], path: String) throws(UnreadableFramework) -> JSON {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { $0 != 32 && $0 != 10 && $0 != 13 && $0 != 9 }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      do throws(UnreadableJSON) {
        return try JSON(
          reading: bytes,
          limits: JSONLimits(maximumBytes: FrameworkFormat.maximumBytes)
        )
      } catch {
        throw UnreadableFramework(at: error.at, reason: error.reason)
      }
    case UInt8(ascii: "<"): return try OscalXML.read(bytes)
    case nil: throw UnreadableFramework(reason: "the file is empty")
    default:
      let root = try StrictYAML.foreign(bytes, path: path)
      do {
        return try value(root)
      } catch {
        throw UnreadableFramework(reason: "\(error)")
      }
    }
  }

  private static func value(_ node: StrictYAML) throws -> JSON {
    if node.isList { return .array(try node.elements().map(value)) }
    if node.isMapping {
      return .object(JSONObject(unique: try node.members().map { ($0.key, try value($0.value)) }))
    }
    return .string(try node.text())
  }
}
