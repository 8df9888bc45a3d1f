import L2TPModel
import L2TPWire

/// Reads the words after a sub-command. Every sub-command takes every keyword, in any order, and ignores
/// what does not concern it; the last of a repeated keyword counts.
struct KeywordParser {
    /// What the words amount to.
    enum Outcome: Hashable {
        case arguments(Arguments)
        /// The word `help` or one of its abbreviations, or no word at all.
        case usage
        /// The option `--help`.
        case help
        /// At least one thing is wrong.
        case wrong([Problem])
    }

    private var words: ArraySlice<String>
    private var arguments = Arguments()
    private var warnings: [String] = []
    private var problems: [Problem] = []

    private init(_ words: [String]) {
        self.words = words[...]
    }

    /// Reads words; besides their meaning it yields warnings.
    static func parse(_ words: [String]) -> (outcome: Outcome, warnings: [String]) {
        guard !words.isEmpty else { return (.usage, []) }
        var parser = Self(words)
        let early = parser.run()
        let outcome = early ?? (parser.problems.isEmpty ? .arguments(parser.arguments) : .wrong(parser.problems))
        return (outcome, parser.warnings)
    }

    /// Reads all words; the result is what ends the reading early, nil if nothing does.
    private mutating func run() -> Outcome? {
        while let word = words.popFirst() {
            if let keyword = Keyword(spelling: word) {
                read(keyword)
            } else if word == "--help" || word == "-h" {
                return .help
            } else if word.hasPrefix("-") {
                if !arguments.output.set(word) {
                    report("option \"\(word)\" cannot stand here: but for -j and -p, options stand before the command")
                }
            } else if !word.isEmpty, "help".hasPrefix(word) {
                return problems.isEmpty ? .usage : .wrong(problems)
            } else {
                let hint = Suggestion.nearest(to: word, among: Keyword.spellings)
                report("unknown keyword \"\(word)\"\(hint.map { "; did you mean \"\($0)\"?" } ?? "")")
                // What follows may be its value: to go on would only find nonsense.
                return .wrong(problems)
            }
        }
        return nil
    }

    private mutating func report(_ message: String, _ status: Status = .usage) {
        problems.append(Problem(message, status))
    }

    // MARK: - Keywords

    private mutating func read(_ keyword: Keyword) {
        switch keyword {
        case .tunnel: arguments.tunnel = true
        case .session: arguments.session = true
        case .tunnelID: readID(keyword, into: \.tunnelID)
        case .peerTunnelID: readID(keyword, into: \.peerTunnelID)
        case .sessionID: readID(keyword, into: \.sessionID)
        case .peerSessionID: readID(keyword, into: \.peerSessionID)
        case .encapsulation: readEncapsulation()
        case .local: readAddress(keyword, into: \.local)
        case .remote: readAddress(keyword, into: \.remote)
        case .sourcePort: readPort(keyword, into: \.sourcePort)
        case .destinationPort: readPort(keyword, into: \.destinationPort)
        case .udpChecksum: readSwitch(keyword, into: \.checksum)
        case .ipv6TransmitChecksum: readSwitch(keyword, into: \.ipv6TransmitChecksum)
        case .ipv6ReceiveChecksum: readSwitch(keyword, into: \.ipv6ReceiveChecksum)
        case .name: readName()
        case .cookie: readCookie(keyword, into: \.cookie)
        case .peerCookie: readCookie(keyword, into: \.peerCookie)
        case .l2SpecificSublayer: readSublayer()
        case .sequenceNumbers: readSequenceNumbers()
        case .offset, .peerOffset: readOffset(keyword)
        case .checksum: readChecksum()
        case .counter: arguments.sendsSequenceNumbers = true
        case .ordering: arguments.requiresSequenceNumbers = true
        case .retransmission:
            report(
                "rexmit: L2TP never sends data messages again; only control messages are, "
                    + "and a static tunnel has none")
        }
    }

    /// The word after a keyword; if there is none, that is reported.
    private mutating func value(of keyword: Keyword) -> String? {
        guard let word = words.popFirst() else {
            report("\(keyword.rawValue): the value is missing")
            return nil
        }
        return word
    }

    /// Reports a wrong value. Where it is a keyword itself, the value was forgotten, and it is read again.
    private mutating func reject(
        _ word: String, of keyword: Keyword, _ reason: String, _ status: Status = .usage
    ) {
        if Keyword(spelling: word) != nil {
            report("\(keyword.rawValue): the value is missing before \"\(word)\"", status)
            words = [word] + words
        } else {
            report("\(keyword.rawValue) \"\(word)\": \(reason)", status)
        }
    }

    private mutating func readID(_ keyword: Keyword, into field: WritableKeyPath<Arguments, UInt32?>) {
        guard let word = value(of: keyword) else { return }
        guard let number = NumberParser.number(word, maximum: UInt64(UInt32.max)) else {
            return reject(word, of: keyword, "expected a number, 1…4294967295")
        }
        arguments[keyPath: field] = UInt32(number)
    }

    private mutating func readPort(_ keyword: Keyword, into field: WritableKeyPath<Arguments, UInt16?>) {
        guard let word = value(of: keyword) else { return }
        guard let number = NumberParser.number(word, maximum: UInt64(UInt16.max)) else {
            return reject(word, of: keyword, "expected a port, 1…65535")
        }
        arguments[keyPath: field] = UInt16(number)
    }

    private mutating func readAddress(_ keyword: Keyword, into field: WritableKeyPath<Arguments, AddressWord?>) {
        guard let word = value(of: keyword) else { return }
        guard let address = AddressWord(word) else {
            let zone = word.contains("%") ? " without a zone" : ""
            return reject(
                word, of: keyword, "expected an IPv4 or IPv6 address\(zone); names are not looked up", .failure)
        }
        arguments[keyPath: field] = address
    }

    private mutating func readSwitch(_ keyword: Keyword, into field: WritableKeyPath<Arguments, Bool>) {
        guard let word = value(of: keyword) else { return }
        switch word {
        case "on": arguments[keyPath: field] = true
        case "off": arguments[keyPath: field] = false
        default: reject(word, of: keyword, "expected on or off")
        }
    }

    private mutating func readEncapsulation() {
        guard let word = value(of: .encapsulation) else { return }
        guard let encapsulation = Encapsulation.allCases.first(where: { $0.description == word }) else {
            return reject(word, of: .encapsulation, "expected udp or ip")
        }
        arguments.encapsulation = encapsulation
    }

    private mutating func readName() {
        guard let word = value(of: .name) else { return }
        do {
            arguments.interfaceName = try InterfaceName(word)
        } catch {
            report("name \"\(word)\": \(error)", kernelOnlyRefuses(word, error) ? .refused : .usage)
        }
    }

    /// Whether ip would let the name pass, so that only the kernel refuses it.
    private func kernelOnlyRefuses(_ name: String, _ error: InterfaceName.ParseError) -> Bool {
        switch error {
        case .empty, .tooLong, .reserved: false
        case .character:
            !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        case .pattern: true
        }
    }

    /// `cookie HEX`, or in older documents `cookie u32 HEX` and `cookie c32 HEX`. The text of a cookie, a
    /// secret, never goes into a message.
    private mutating func readCookie(_ keyword: Keyword, into field: WritableKeyPath<Arguments, Cookie?>) {
        guard var word = value(of: keyword) else { return }
        var expected = "8 or 16 hex digits"
        var count: Int?
        if word == "u32" || word == "c32" {
            count = word == "u32" ? 8 : 16
            expected = "\(word == "u32" ? 8 : 16) hex digits after \(word)"
            guard let next = value(of: keyword) else { return }
            word = next
        }
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

    private mutating func readSublayer() {
        guard let word = value(of: .l2SpecificSublayer) else { return }
        switch word.lowercased() {
        case "default", "ethernet": arguments.l2SpecificSublayer = .default
        case "none": arguments.l2SpecificSublayer = .none
        default: reject(word, of: .l2SpecificSublayer, "expected default or none")
        }
    }

    private mutating func readSequenceNumbers() {
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

    private mutating func readChecksum() {
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
    private mutating func readOffset(_ keyword: Keyword) {
        guard value(of: keyword) != nil else { return }
        warnings.append("Ignoring option \"\(keyword.rawValue)\"")
    }
}
