extension UnsafeBufferPointer<UInt8> {
  /// How many bytes stand before the first that is not UTF-8; the count where all are.
  var validUTF8Prefix: Int {
    var parser = UTF8.ForwardParser()
    var iterator = makeIterator()
    var valid = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): valid += scalar.count
      case .error: return valid
      case .emptyInput: return count
      }
    }
  }
}
