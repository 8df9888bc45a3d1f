import L2TPConfig
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
        /// At least one thing is wrong; what else was read is there too.
        case wrong([Problem], Arguments)
    }

    private var words: ArraySlice<String>
    var arguments = Arguments()
    var warnings: [String] = []
    private var problems: [Problem] = []

    private init(_ words: [String]) {
        self.words = words[...]
    }

    /// Reads words; besides their meaning it yields warnings.
    static func parse(_ words: [String]) -> (outcome: Outcome, warnings: [String]) {
        guard !words.isEmpty else { return (.usage, []) }
        var parser = Self(words)
        return (parser.run(), parser.warnings)
    }

    private mutating func run() -> Outcome {
        while let word = words.popFirst() {
            if let keyword = Keyword(spelling: word) {
                read(keyword)
            } else if word == "--help" || word == "-h" {
                return .help
            } else if word.hasPrefix("-") {
                read(option: word)
            } else if !word.isEmpty, "help".hasPrefix(word) {
                return problems.isEmpty ? .usage : .wrong(problems, arguments)
            } else {
                rejectUnknown(word)
            }
        }
        return problems.isEmpty ? .arguments(arguments) : .wrong(problems, arguments)
    }

    mutating func report(_ message: String, _ status: Status = .usage) {
        problems.append(Problem(message, status))
    }

    private mutating func read(option: String) {
        if arguments.output.set(option) { return }
        report("option \"\(option)\" cannot stand here: but for -j, -p and -s, options stand before the command")
        if LeadingOptions.optionTakingValue(option) != nil { _ = words.popFirst() }
    }

    /// Reports a word that is no keyword, and takes the one that was meant as given, so that it is not
    /// reported as missing too.
    private mutating func rejectUnknown(_ word: String) {
        let number: Keyword = arguments.session ? .sessionID : .tunnelID
        var hint = ""
        if let meant = Suggestion.nearest(to: word, among: Keyword.spellings, synonyms: Keyword.synonyms) {
            hint = "; did you mean \"\(meant)\"?"
            if let keyword = Keyword(spelling: meant) { arguments.give(keyword) }
        } else if !arguments.given.contains(number), !mayBeCookie(word),
            NumberParser.number(word, maximum: UInt64(UInt32.max)) != nil
        {
            hint = "; did you mean \(number.rawValue) \(word)?"
            arguments.give(number)
        }
        report("unknown keyword \(quoted(word))\(hint)")
        skipValue()
    }

    /// A word in quotes for a message, without what may be a cookie: a secret must not get into a log because
    /// it stands in a wrong place.
    func quoted(_ word: String) -> String {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { return "\"\(parts[0])=\" (a value stands after a blank)" }
        return mayBeCookie(word) ? "of \(word.utf8.count) hex digits" : "\"\(word)\""
    }

    /// Whether a word may be a cookie or half of one: hexadecimal digits, and not a plain number of another length.
    private func mayBeCookie(_ word: String) -> Bool {
        let digits = word.hasPrefix("0x") ? word.dropFirst(2) : word[...]
        guard digits.utf8.count >= 8, digits.allSatisfy(\.isHexDigit) else { return false }
        return digits.utf8.count == 8 || digits.utf8.count == 16 || digits.contains(where: \.isLetter)
    }

    /// Skips what may be the value of a word that has none: to read it would only find nonsense.
    private mutating func skipValue() {
        guard let word = words.first, Keyword(spelling: word) == nil, !word.hasPrefix("-") else { return }
        words.removeFirst()
        // A misspelt cookie's value, which must not get into a message, may be the next word.
        if word == "u32" || word == "c32" { _ = words.popFirst() }
    }

    // MARK: - Keywords

    private mutating func read(_ keyword: Keyword) {
        arguments.give(keyword)
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
        case .lnsMode: readSwitch(keyword, into: \.lnsMode)
        case .reorderTimeout: readReorderTimeout()
        case .offset, .peerOffset: readOffset(keyword)
        case .checksum: readChecksum()
        case .counter: arguments.sendsSequenceNumbers = true
        case .ordering: arguments.requiresSequenceNumbers = true
        case .retransmission:
            report(
                "rexmit: L2TP never sends data messages again; only control messages are, "
                    + "and a static tunnel has none")
            skipValue()
        }
    }

    /// The word after a keyword; if there is none, that is reported.
    mutating func value(of keyword: Keyword) -> String? {
        guard let word = words.popFirst() else {
            report("\(keyword.rawValue): the value is missing")
            return nil
        }
        return word
    }

    /// Reports a wrong value. Where it is a keyword itself, the value was forgotten, and it is read again.
    mutating func reject(
        _ word: String, of keyword: Keyword, _ reason: String, _ status: Status = .usage
    ) {
        if Keyword(spelling: word) != nil {
            report("\(keyword.rawValue): the value is missing before \"\(word)\"", status)
            words = [word] + words
        } else {
            report("\(keyword.rawValue) \(quoted(word)): \(reason)", status)
        }
    }
}
