import CommandLineSupport
import L2TPConfig
import PacketCapture

/// What stands after `decode`.
struct DecodeOptions: Hashable {
    /// What is printed of a capture.
    enum Report: Hashable {
        /// A line for each message.
        case lines
        /// Every field of each message.
        case verbose
        /// What is found out about sessions and control connections.
        case summary
    }

    /// Where packets come from.
    enum Input: Hashable {
        /// A capture file, `-` for standard input.
        case file(String)
        /// Hexadecimal text in a file, `-` for standard input.
        case hexadecimal(String)
        /// An interface, `any` for all.
        case live(String)
    }

    var input = Input.file("-")
    var report = Report.lines
    var json = false
    var configurations: [String] = []
    var ports: Set<UInt16> = []
    /// What the packets of hexadecimal text begin with.
    var layer = HexadecimalLayer.link(.ethernet)
    var withCookies = false
    /// How many packets to look at; nil for all.
    var count: Int?

    private enum Name: String, CaseIterable {
        case config = "--config"
        case port = "--port"
        case hex = "--hex"
        case linkType = "--link-type"
        case live = "--live"
        case count = "--count"
        case verbose = "--verbose"
        case summary = "--summary"
        case json = "--json"
        case withCookies = "--with-cookies"

        var takesValue: Bool { [.config, .port, .linkType, .live, .count].contains(self) }

        init?(_ word: Substring) {
            let name = Self.allCases.first { name in
                word == name.rawValue || word == name.rawValue.dropFirst()
                    || (name == .verbose && word == "-v") || (name == .json && word == "-j")
            }
            guard let name else { return nil }
            self = name
        }
    }

    /// The long names of the options.
    static let names = Name.allCases.map(\.rawValue)

    /// The known values of an option, none where anything may follow, a slash for a file; nil if the word is no option
    /// with a value.
    static func optionTakingValue(_ word: String) -> [String]? {
        guard let name = Name(word[...]), name.takesValue else { return nil }
        switch name {
        case .linkType: return HexadecimalLayer.allNames
        case .config: return ["/"]
        default: return []
        }
    }

    /// Reads the words after `decode`.
    ///
    /// - Parameters:
    ///   - words: The words.
    ///   - output: The options before them.
    /// - Throws: ``Failure`` with all that is wrong with them.
    init(_ words: [String], _ output: OutputOptions) throws(Failure) {
        json = output.json || output.pretty
        var problems: [Problem] = []
        var file: String?
        var live: String?
        var isHexadecimal = false
        var hasLayer = false
        var reports: [Report] = []
        var rest = words[...]
        var endsOptions = false
        while let word = rest.popFirst() {
            if word == "--", !endsOptions {
                endsOptions = true
                continue
            }
            guard word.hasPrefix("-"), word != "-", !endsOptions else {
                if let file {
                    problems.append(Self.problem("one capture is read; \"\(word)\" cannot follow \"\(file)\""))
                }
                file = file ?? word
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Name(parts[0]) else {
                // What follows may be its value, of which nothing can be said.
                throw Failure([Self.unknown(word, String(parts[0]))])
            }
            var value = parts.count == 2 ? String(parts[1]) : nil
            if name.takesValue, value == nil { value = rest.popFirst() }
            guard name.takesValue else {
                if value != nil { problems.append(Self.problem("\(name.rawValue): takes no value")) }
                switch name {
                case .hex: isHexadecimal = true
                case .verbose: reports.append(.verbose)
                case .summary: reports.append(.summary)
                case .json: json = true
                default: withCookies = true
                }
                continue
            }
            guard let value, !value.isEmpty else {
                problems.append(Self.problem("\(name.rawValue): the value is missing"))
                continue
            }
            switch name {
            case .config: configurations.append(value)
            case .live: live = value
            case .port:
                if let port = NumberParser.number(value, maximum: 65535), port > 0 {
                    ports.insert(UInt16(port))
                } else {
                    problems.append(Self.problem("--port \"\(value)\": expected a port from 1 to 65535"))
                }
            case .count:
                if let number = Int(value), number > 0 {
                    count = number
                } else {
                    problems.append(Self.problem("--count \"\(value)\": expected a number, 1 or more"))
                }
            default:
                hasLayer = true
                if let layer = HexadecimalLayer(rawValue: value) {
                    self.layer = layer
                } else {
                    let names = HexadecimalLayer.allNames.joined(separator: ", ")
                    problems.append(Self.problem("--link-type \"\(value)\": no such type; there are \(names)"))
                }
            }
        }
        if reports.count > 1, Set(reports).count > 1 {
            problems.append(Self.problem("--verbose and --summary exclude each other"))
        }
        if hasLayer, !isHexadecimal {
            problems.append(Self.problem("--link-type is for --hex: captures and interfaces tell it themselves"))
        }
        report = reports.first ?? .lines
        if let live {
            if let file { problems.append(Self.problem("--live reads no file; \"\(file)\" cannot be given too")) }
            if isHexadecimal { problems.append(Self.problem("--live and --hex exclude each other")) }
            input = .live(live)
        } else {
            if file == nil {
                problems.append(Self.problem("a capture file is missing; - stands for standard input"))
            }
            input = isHexadecimal ? .hexadecimal(file ?? "-") : .file(file ?? "-")
        }
        if !problems.isEmpty { throw Failure(problems) }
    }

    /// Options of other programs, and what does the same here.
    private static let others = [
        "-r": "the file is named without an option", "-i": "--live captures from an interface",
        "-c": "--count says how many packets",
        "-w": "tcpdump(8) writes captures", "--cookie": "--config tells cookies and sublayers",
        "--secret": "hidden values are not revealed",
    ]

    private static func unknown(_ word: String, _ option: String) -> Problem {
        let meant = Suggestion.nearest(to: option, among: names).map { "did you mean \"\($0)\"?" }
        return problem("unknown option \"\(word)\"; \(others[option] ?? meant ?? "try --help")")
    }

    private static func problem(_ text: String) -> Problem { Problem("decode: \(text)", .usage) }
}

/// What the packets of hexadecimal text begin with.
enum HexadecimalLayer: Hashable {
    /// A frame, or an IP packet.
    case link(LinkType)
    /// An L2TP message, as UDP carries it.
    case udp
    /// An L2TP message, as IP carries it.
    case ip

    private static let named: [(name: String, layer: Self)] = [
        ("ethernet", .link(.ethernet)), ("sll", .link(.linuxCooked)), ("sll2", .link(.linuxCooked2)),
        ("ip", .link(.raw)),
        ("l2tp-udp", .udp), ("l2tp-ip", .ip),
    ]

    /// The names on the command line.
    static var allNames: [String] { named.map(\.name) }

    init?(rawValue: String) {
        guard let named = Self.named.first(where: { $0.name == rawValue }) else { return nil }
        self = named.layer
    }
}
