import Crypto

/// The hashes of RFC 2661 and RFC 3931, from bytes to bytes.
enum Hash {
    /// MD5 of the parts, one behind the other (RFC 1321): 16 bytes.
    static func md5(_ parts: [UInt8]...) -> [UInt8] {
        var hash = Insecure.MD5()
        for part in parts { hash.update(data: part) }
        return Array(hash.finalize())
    }

    /// HMAC-MD5 of the parts, one behind the other (RFC 2104): 16 bytes.
    static func hmacMD5(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] {
        var code = HMAC<Insecure.MD5>(key: SymmetricKey(data: key))
        for part in parts { code.update(data: part) }
        return Array(code.finalize())
    }

    /// HMAC-SHA-1 of the parts, one behind the other (RFC 2104): 20 bytes.
    static func hmacSHA1(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] {
        var code = HMAC<Insecure.SHA1>(key: SymmetricKey(data: key))
        for part in parts { code.update(data: part) }
        return Array(code.finalize())
    }

    /// Whether two sequences of bytes are equal; the time taken depends on their lengths alone.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
