import L2TPModel
import L2TPWire

/// The kinds of values.
extension KeywordParser {
    mutating func readID(_ keyword: Keyword, into field: WritableKeyPath<Arguments, UInt32?>) {
        guard let word = value(of: keyword) else { return }
        guard let number = NumberParser.number(word, maximum: UInt64(UInt32.max)) else {
            return reject(word, of: keyword, "expected a number, 1…4294967295\(octalHint(word))")
        }
        arguments[keyPath: field] = UInt32(number)
    }

    /// A digit 8 or 9 after a leading 0 comes from somebody who does not know C.
    private func octalHint(_ word: String) -> String {
        let isDecimal = word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return word.hasPrefix("0") && isDecimal ? "; a leading 0 means octal" : ""
    }

    mutating func readPort(_ keyword: Keyword, into field: WritableKeyPath<Arguments, UInt16?>) {
        guard let word = value(of: keyword) else { return }
        guard let number = NumberParser.number(word, maximum: UInt64(UInt16.max)) else {
            return reject(word, of: keyword, "expected a port, 1…65535\(octalHint(word))")
        }
        arguments[keyPath: field] = UInt16(number)
    }

    mutating func readAddress(_ keyword: Keyword, into field: WritableKeyPath<Arguments, AddressWord?>) {
        guard let word = value(of: keyword) else { return }
        guard let address = AddressWord(word) else {
            var reason = "expected an IPv4 or IPv6 address"
            if let slash = word.firstIndex(of: "/") {
                reason += " without \(word[slash...])"
            } else {
                reason += "\(word.contains("%") ? " without a zone" : ""); names are not looked up"
            }
            return reject(word, of: keyword, reason, .failure)
        }
        arguments[keyPath: field] = address
    }

    mutating func readSwitch(_ keyword: Keyword, into field: WritableKeyPath<Arguments, Bool>) {
        guard let word = value(of: keyword) else { return }
        switch word {
        case "on": arguments[keyPath: field] = true
        case "off": arguments[keyPath: field] = false
        default: reject(word, of: keyword, "expected on or off")
        }
    }

    mutating func readEncapsulation() {
        guard let word = value(of: .encapsulation) else { return }
        guard let encapsulation = Encapsulation.allCases.first(where: { $0.description == word }) else {
            return reject(word, of: .encapsulation, "expected udp or ip")
        }
        arguments.encapsulation = encapsulation
    }

    mutating func readName() {
        guard let word = value(of: .name) else { return }
        do {
            arguments.interfaceName = try InterfaceName(word)
        } catch {
            let reason = Self.namesOfSettings.contains(word) ? ": the kernel has the settings of interfaces there" : ""
            report("name \(quoted(word)): \(error)\(reason)", kernelOnlyRefuses(word, error) ? .refused : .usage)
        }
    }

    /// Names of folders below /proc/sys/net/ipv4/conf that belong to no single interface.
    private static let namesOfSettings = ["all", "default"]

    /// Whether ip would let the name pass, so that only the kernel refuses it.
    private func kernelOnlyRefuses(_ name: String, _ error: InterfaceName.ParseError) -> Bool {
        switch error {
        case .empty, .tooLong: false
        case .reserved: Self.namesOfSettings.contains(name)
        case .character:
            !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        case .pattern: true
        }
    }

    /// `cookie HEX`, or in older documents `cookie u32 HEX` and `cookie c32 HEX`. The text of a cookie, a
    /// secret, never goes into a message.
    mutating func readCookie(_ keyword: Keyword, into field: WritableKeyPath<Arguments, Cookie?>) {
        guard var word = value(of: keyword) else { return }
        var expected = "8 or 16 hex digits"
        var count: Int?
        if word == "u32" || word == "c32" {
            count = word == "u32" ? 8 : 16
            expected = "\(word == "u32" ? 8 : 16) hex digits after \(word)"
            guard let next = value(of: keyword) else { return }
            word = next
        }
        if Keyword(spelling: word) != nil { return reject(word, of: keyword, "") }
        do throws(Cookie.ParseError) {
            if let count, word.utf8.count != count { throw .length(count: word.utf8.count) }
            arguments[keyPath: field] = try Cookie(hexadecimal: word)
        } catch {
            let prefix = word.hasPrefix("0x") ? " without 0x" : ""
            let found =
                switch error {
                case .length(let count): "has \(count) characters"
                case .notHexadecimal(let offset): "character \(offset + 1) is no hex digit"
                case .byteCount(let count): "has \(count) bytes"
                }
            report("\(keyword.rawValue): \(found); expected \(expected)\(prefix)")
        }
    }

    mutating func readSublayer() {
        guard let word = value(of: .l2SpecificSublayer) else { return }
        switch word.lowercased() {
        case "default", "ethernet": arguments.l2SpecificSublayer = .default
        case "none": arguments.l2SpecificSublayer = .none
        default: reject(word, of: .l2SpecificSublayer, "expected default or none")
        }
    }

    mutating func readSequenceNumbers() {
        guard let word = value(of: .sequenceNumbers) else { return }
        switch word.lowercased() {
        case "none":
            arguments.sendsSequenceNumbers = false
            arguments.requiresSequenceNumbers = false
        case "send", "add":
            arguments.sendsSequenceNumbers = true
        case "recv":
            arguments.requiresSequenceNumbers = true
        case "both":
            arguments.sendsSequenceNumbers = true
            arguments.requiresSequenceNumbers = true
        case "strip":
            report(
                "seq strip: there is nothing to switch on: the kernel always takes the sequence number off "
                    + "before it hands a frame on")
        default:
            reject(word, of: .sequenceNumbers, "expected none, send, recv or both")
        }
    }

    mutating func readReorderTimeout() {
        guard let word = value(of: .reorderTimeout) else { return }
        guard let number = NumberParser.number(word, maximum: UInt64(Int32.max)) else {
            return reject(word, of: .reorderTimeout, "expected milliseconds, 0…2147483647\(octalHint(word))")
        }
        arguments.reorderTimeout = UInt32(number)
    }

    mutating func readChecksum() {
        guard let word = value(of: .checksum) else { return }
        switch word {
        case "add":
            arguments.checksum = true
        case "strip":
            report(
                "csum strip: the kernel always takes the UDP checksum off with the UDP header; "
                    + "not to send one is udp_csum off")
        default:
            reject(word, of: .checksum, "expected add; to switch checksums use udp_csum on or off")
        }
    }

    /// Linux has no offsets since 4.16; ip swallows the value, whatever it is.
    mutating func readOffset(_ keyword: Keyword) {
        guard value(of: keyword) != nil else { return }
        warnings.append("Ignoring option \"\(keyword.rawValue)\"")
    }
}
