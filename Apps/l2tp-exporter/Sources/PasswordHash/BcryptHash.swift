internal import CCrypt

/// A password as bcrypt keeps it: `$2b$10$` and 53 characters of salt and hash (crypt(5)).
///
/// Of a password only the first 72 bytes count; that is bcrypt's.
public struct BcryptHash: Hashable, Sendable {
    /// The cost factors that are taken: below 4 there is no bcrypt; above 16 a single check takes longer than a scrape may.
    public static let costs = 4...16
    /// How many characters a hash has.
    private static let length = 60
    /// Passwords that are longer libxcrypt refuses, whatever the method (`CRYPT_MAX_PASSPHRASE_SIZE`, with the zero at its end).
    private static let longestPassword = 511

    /// The hash as it was written.
    public let text: String
    /// The base-2 logarithm of the number of rounds: each step up doubles the time that a check takes.
    public let cost: Int

    /// Reads a hash; checks its form, not whether anybody knows a password for it.
    ///
    /// - Parameter text: The hash, with the prefix `$2a$`, `$2b$` or `$2y$`.
    /// - Throws: ``BcryptHashError``.
    public init(_ text: String) throws(BcryptHashError) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, text.hasPrefix("$2a$") || text.hasPrefix("$2b$") || text.hasPrefix("$2y$") else {
            throw .notBcrypt
        }
        guard bytes.count == Self.length else { throw .length(bytes.count) }
        let digits = bytes[4...5].map { Int($0) - 0x30 }
        guard digits.allSatisfy((0...9).contains), bytes[6] == UInt8(ascii: "$"),
            bytes[7...].allSatisfy(Self.isHashCharacter)
        else { throw .malformed }
        let cost = digits[0] * 10 + digits[1]
        guard Self.costs.contains(cost) else { throw .cost(cost) }
        self.text = text
        self.cost = cost
    }

    /// A hash of another cost that no password is known for: comparing with it takes as long as with any of that cost.
    ///
    /// - Parameter cost: The cost, one of ``costs``.
    /// - Returns: The hash; nil for another cost.
    public func with(cost: Int) -> Self? {
        guard Self.costs.contains(cost) else { return nil }
        return try? Self(text.prefix(4) + (cost < 10 ? "0\(cost)" : "\(cost)") + text.dropFirst(6))
    }

    /// Whether a password is the one that was hashed. Takes as long as ``cost`` says, whatever the answer, so that it
    /// does not belong on a thread that others wait for. The C function is `crypt_r`.
    ///
    /// - Parameter password: The password's bytes. One that holds a zero, or more than 511 bytes, matches nothing.
    /// - Returns: Whether it is.
    public func matches(_ password: [UInt8]) -> Bool {
        let isPossible = !password.contains(0) && password.count <= Self.longestPassword
        let phrase = (isPossible ? password : []) + [0]
        let computed = Self.crypt(phrase: phrase, setting: Array(text.utf8) + [0])
        return Self.areEqual(computed, Array(text.utf8)) && isPossible
    }

    /// The hash of a password with salt and method of a setting; both end with a zero.
    private static func crypt(phrase: [UInt8], setting: [UInt8]) -> [UInt8] {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        defer { unsafe data.deallocate() }
        let bytes = UnsafeMutableRawPointer(data)
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<crypt_data>.size)
        // It held the password.
        defer { unsafe explicit_bzero(bytes, MemoryLayout<crypt_data>.size) }
        return unsafe phrase.withUnsafeBytes { phrase in
            unsafe setting.withUnsafeBytes { setting in
                guard let phrase = unsafe phrase.assumingMemoryBound(to: CChar.self).baseAddress,
                    let setting = unsafe setting.assumingMemoryBound(to: CChar.self).baseAddress,
                    let result = unsafe crypt_r(phrase, setting, data)
                else { return [] }
                return unsafe Array(String(cString: result).utf8)
            }
        }
    }

    /// Compares without telling by the time it takes where the first difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }

    /// Whether a byte is one of bcrypt's 64 digits.
    private static func isHashCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
