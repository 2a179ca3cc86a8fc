import Glibc

/// Where the programs lie that were built with the tests.
public enum Products {
  /// The path of a built program: beside the tests' own, or in `TOCSIN_PRODUCTS`.
  public static func path(of program: String) -> String {
    if let folder = getenv("TOCSIN_PRODUCTS") { return String(cString: folder) + "/" + program }
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(
      decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)),
      as: UTF8.self
    )
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/" + program
  }
}
