extension StringProtocol {
  /// Whether nothing of a text could be seen: blanks, signs of no width, marks of direction; true of an
  /// empty one.
  public var isUnseen: Bool {
    unicodeScalars.allSatisfy { scalar in
      scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
        || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .control
    }
  }
}
