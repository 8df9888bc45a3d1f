import CommandLineSupport
import Logging

/// Writes messages, a line each.
struct LogOutput: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let format: LogFormat
    private let time: @Sendable () -> String
    private let toJournal: Bool
    private let write: @Sendable (String) -> Void

    /// An output of what is at least of a level. `time` is the time of day as of RFC 3339; `write` takes whole lines, on
    /// any thread. The journal notes the time itself, and reads a priority at the beginning of a line (sd-daemon(3)).
    init(
        _ format: LogFormat, level: Logger.Level, time: @escaping @Sendable () -> String,
        toJournal: Bool = false, write: @escaping @Sendable (String) -> Void
    ) {
        self.format = format
        self.time = time
        self.toJournal = toJournal
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level = LogLevel(event.level)
        var fields = toJournal ? [] : [("time", time())]
        fields += [("level", level.rawValue), ("msg", "\(event.message)")]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        fields += all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        write((toJournal ? "<\(level.priority)>" : "") + line(fields))
    }

    private func line(_ fields: [(key: String, value: String)]) -> String {
        switch format {
        case .logfmt: fields.map { "\($0.key)=\(Self.word($0.value))" }.joined(separator: " ") + "\n"
        case .json:
            "{" + fields.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }.joined(separator: ",") + "}\n"
        }
    }

    /// A value of logfmt: in quotation marks unless it is one word.
    private static func word(_ text: String) -> String {
        let isWord =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0 != "=" && $0 != "\"" && $0 != "\\" && $0.value != 0x7f
            }
        return isWord ? text : quoted(text)
    }

    /// A text in quotation marks, as JSON has it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
