internal import L2TPModel
internal import L2TPWire

/// The texts of values: what they mean, and what is wrong with them.
enum SchemaText {
    /// An IP address.
    static func address(_ text: String) throws(SchemaProblem) -> IPAddress {
        if let address = IPAddress(text) { return address }
        if let slash = text.firstIndex(of: "/"), IPAddress(text[..<slash]) != nil {
            throw SchemaProblem("\(text.quoted): expected an address without prefix length, as \"\(text[..<slash])\"")
        }
        if let percent = text.firstIndex(of: "%"), IPAddress(text[..<percent]) != nil {
            throw SchemaProblem("\(text.quoted): an address with a zone cannot be used")
        }
        throw SchemaProblem("\(text.quoted) is not an IP address, as 192.0.2.1 or 2001:db8::1; names are not resolved")
    }

    /// An address with its prefix length.
    static func prefixedAddress(_ text: String) throws(SchemaProblem) -> AddressSpecification {
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
        guard let address = IPAddress(text[..<(slash ?? text.endIndex)]) else {
            throw SchemaProblem("\(text.quoted) is not an address with prefix length, as \"10.42.1.1/30\"")
        }
        let most = address.version == .v4 ? 32 : 128
        guard let slash else {
            throw SchemaProblem(
                "\(text.quoted) has no prefix length (0…\(most)), as \"\(address)/\(most == 32 ? 30 : 64)\"")
        }
        let digits = text[slash...].dropFirst()
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let bits = UInt8(digits), bits <= most, digits.utf8.first != UInt8(ascii: "0") || digits.utf8.count == 1
        else {
            throw SchemaProblem("\(text.quoted): \(String(digits).quoted) is not a prefix length (0…\(most))")
        }
        return AddressSpecification(address, prefixBitCount: bits)
    }

    /// A cookie. The text is never part of what is wrong.
    static func cookie(_ text: String) throws(SchemaProblem) -> Cookie {
        let wanted = "expected 8 or 16 hex digits"
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            throw SchemaProblem("\(wanted) without 0x, as \"deadbeef\"")
        }
        if let cookie = try? Cookie(hexadecimal: text) { return cookie }
        let other = text.unicodeScalars.enumerated().first { !$0.element.properties.isASCIIHexDigit }
        if let other {
            throw SchemaProblem("\(wanted), as \"deadbeef\"; character \(other.offset + 1) is not a hex digit")
        }
        throw SchemaProblem("\(wanted), as \"deadbeef\", but there are \(text.unicodeScalars.count)")
    }

    /// Whether the name of a file may be a cookie, however badly written: hex digits, in groups, behind `0x` or with a
    /// wrong character, or eight of them in a row. What begins as a path is none.
    static func mayBeCookie(_ name: String) -> Bool {
        if ["/", "./", "../"].contains(where: name.hasPrefix) { return false }
        let scalars = name.unicodeScalars
        let isDigits = scalars.map(\.properties.isASCIIHexDigit)
        if isDigits.split(separator: false).contains(where: { $0.count >= 8 }) { return true }
        let others = scalars.filter { scalar in
            !scalar.properties.isASCIIHexDigit && !scalar.properties.isWhitespace
                && !"xX:-_,;./".unicodeScalars.contains(scalar)
        }
        return isDigits.contains(true) && others.count <= 1
    }

    /// A duration: a whole number with `ms` or `s`, or 0.
    static func duration(_ text: String) throws(SchemaProblem) -> Duration {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = text[digits.endIndex...]
        let wanted = "expected a duration in whole milliseconds or seconds, as \"100ms\" or \"1s\", or 0"
        guard !digits.isEmpty else { throw SchemaProblem("\(text.quoted): \(wanted)") }
        guard let number = Int64(digits), number <= Int32.max else {
            throw SchemaProblem("\(text.quoted) is longer than the kernel can wait, 2147483647 ms")
        }
        switch unit {
        case "ms": return .milliseconds(number)
        case "s": return .seconds(number)
        case "" where number == 0: return .zero
        case "": throw SchemaProblem("\(text.quoted) has no unit: write \"\(number)ms\" or \"\(number)s\"")
        case " ms", " s": throw SchemaProblem("\(text.quoted): write \"\(number)\(unit.dropFirst())\"")
        default: throw SchemaProblem("\(text.quoted): \(wanted)")
        }
    }

    /// The name of an interface; `isPatternTaken` says whether `%d` may be part of it.
    static func interfaceName(_ text: String, isPatternTaken: Bool) throws(SchemaProblem) -> InterfaceName {
        let name: InterfaceName
        do {
            name = try InterfaceName(text)
        } catch {
            throw SchemaProblem("the interface name \(text.quoted) \(error)")
        }
        if name.isPattern, !isPatternTaken {
            throw SchemaProblem("\(text.quoted) is a pattern: only the name of the session's interface can be one")
        }
        return name
    }

    /// The name of a network namespace, which is that of a file in a folder.
    static func namespace(_ text: String) throws(SchemaProblem) -> String {
        if text.isEmpty { throw SchemaProblem("is empty: write the name of a network namespace") }
        let holdsControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard text != ".", text != "..", text.utf8.count <= 255, !text.utf8.contains(UInt8(ascii: "/")), !holdsControl
        else { throw SchemaProblem("\(text.quoted) is not the name of a network namespace") }
        return text
    }

    /// What is wrong with the name of a tunnel or session; nil if nothing is.
    static func nameProblem(_ name: String, of noun: String) -> String? {
        if name.isEmpty { return "the name of a \(noun) is empty" }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "the name of a \(noun) holds a control character"
        }
        return nil
    }
}
