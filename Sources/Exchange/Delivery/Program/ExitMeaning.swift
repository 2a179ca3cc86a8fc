internal import Glibc

/// What the exit statuses of mail programs mean (sysexits.h).
public enum ExitMeaning {
  /// The statuses by which a mail program says that it did not take a message: EX__BASE to EX__MAX.
  public static let refusals = 64...78

  /// A status with its meaning, where it has one.
  public static func words(_ status: Int) -> String {
    let meanings = [
      64: "wrong usage", 65: "message or address not taken", 66: "no input",
      67: "no such user", 68: "no such host", 69: "service not available", 70: "error in itself",
      71: "error of the system", 72: "a file is missing", 73: "a file cannot be made",
      74: "error of input or output", 75: "not now, try again", 76: "error of protocol",
      77: "not permitted", 78: "wrongly set up",
    ]
    return meanings[status].map { "\(status) (\($0))" } ?? "\(status)"
  }
}

/// The system's words for the number of an error.
public enum ErrorWords {
  /// What the number says.
  public static func of(_ code: Int32) -> String { String(cString: strerror(code)) }
}
