/// How `show` and `lookup` print.
struct OutputOptions: Hashable {
    /// JSON instead of text.
    var json = false
    /// JSON in several lines.
    var pretty = false
    /// Text with one line for each record.
    var oneLine = false
    /// Counters too; JSON always has them.
    var statistics = false

    /// The long names of the options that may stand among the words.
    static let longNames = ["--json", "--pretty", "--statistics"]

    /// Whether a word is an option that may stand among the words.
    static func isOption(_ word: String) -> Bool {
        var options = Self()
        return options.set(word)
    }

    /// Switches on what an option says that stands among the words; false if it is none of these.
    mutating func set(_ option: String) -> Bool {
        switch option {
        case "-j", "-json", "--json": json = true
        case "-p", "-pretty", "--pretty": pretty = true
        case "-s", "-stats", "--stats", "-statistics", "--statistics": statistics = true
        default: return false
        }
        return true
    }

    /// The options of both.
    func union(_ other: Self) -> Self {
        Self(
            json: json || other.json, pretty: pretty || other.pretty, oneLine: oneLine || other.oneLine,
            statistics: statistics || other.statistics)
    }

    /// The format they ask for.
    var format: any OutputFormat {
        json || pretty ? JSONOutput(pretty: pretty) : TextOutput(oneLine: oneLine, statistics: statistics)
    }
}
