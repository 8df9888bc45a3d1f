/// User and password of a request with basic authentication (RFC 7617).
struct BasicCredentials: Hashable, Sendable {
    /// The name before the first colon.
    let user: String
    /// The bytes after it.
    let password: [UInt8]

    /// Credentials from their parts.
    init(user: String, password: [UInt8]) {
        self.user = user
        self.password = password
    }

    /// Reads the header `Authorization`.
    ///
    /// Fails for another scheme, for what is not base64 (RFC 4648, section 4; padding may be missing), for a name that is
    /// not UTF-8, and without a colon.
    init?(authorization: String) {
        let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Self.decodeBase64(parts[1].utf8),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self)
        else { return nil }
        self.init(user: user, password: Array(bytes[(colon + 1)...]))
    }

    private static func decodeBase64(_ text: Substring.UTF8View) -> [UInt8]? {
        var digits = Array(text)
        while digits.last == UInt8(ascii: " ") { digits.removeLast() }
        digits.removeFirst(digits.prefix { $0 == UInt8(ascii: " ") }.count)
        let padded = digits.count
        while digits.last == UInt8(ascii: "="), padded - digits.count < 2 { digits.removeLast() }
        guard padded == digits.count || padded % 4 == 0, digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit) - 48 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
