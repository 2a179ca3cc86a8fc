internal import Foundation
public import Model

/// The zone in which people on this host speak of time.
public enum HostZone {
  /// Finds the zone: `TZ`, else where `/etc/localtime` points, else UTC.
  ///
  /// - Parameters:
  ///   - environment: The process's environment.
  ///   - localtime: The link that names the host's zone.
  public static func find(
    environment: [String: String],
    localtime: String = "/etc/localtime"
  ) -> Zone {
    if let name = environment["TZ"], !name.isEmpty { return zone(name) ?? .utc }
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: localtime)
    return target.flatMap(zone) ?? .utc
  }

  /// Reads a zone's name, or the path of its file.
  private static func zone(_ text: String) -> Zone? {
    var name = Substring(text)
    if name.hasPrefix(":") { name = name.dropFirst() }
    if let range = name.range(of: "zoneinfo/") { name = name[range.upperBound...] }
    return Zone(name == "Etc/UTC" || name == "Etc/UCT" ? "UTC" : String(name))
  }
}
