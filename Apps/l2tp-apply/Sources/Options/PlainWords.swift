/// The words of a command line as far as they are spelt in full, which they nearly always are.
///
/// Building ``ApplyCommand`` takes longer than all the rest of a run in which nothing differs. It is left to what needs
/// it: help and errors.
struct PlainWords: Hashable {
    var paths: [String] = []
    var check = false
    var plan = false
    var trial: String?
    var confirm = false
    var down = false
    var adopt = false
    var wait: String?
    var netns: String?
    var json = false
    var logLevel: String?
    var verbose = false
    var quiet = false

    /// Reads arguments without the program's name; nil if anything is not understood.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                paths.append(word)
                continue
            }
            switch word {
            case "--check": check = true
            case "--plan": plan = true
            case "--confirm": confirm = true
            case "--down": down = true
            case "--adopt": adopt = true
            case "--json", "-j": json = true
            case "--verbose", "-v": verbose = true
            case "--quiet", "-q": quiet = true
            default:
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                // A value that looks like an option is a mistake; a negative time is one of another kind.
                let value = parts.count == 2 ? String(parts[1]) : rest.popFirst()
                let isTime = parts[0] == "--wait" || parts[0] == "--try"
                guard let value, !value.isEmpty,
                    parts.count == 2 || !value.hasPrefix("-") || isTime && Int(value) != nil,
                    set(parts[0], to: value)
                else { return nil }
            }
        }
    }

    /// Sets an option with a value; false if there is none of that name.
    private mutating func set(_ option: Substring, to value: String) -> Bool {
        switch option {
        case "--try": trial = value
        case "--wait": wait = value
        case "--netns", "-n": netns = value
        case "--log-level": logLevel = value
        default: return false
        }
        return true
    }

    /// Whether a word is an option in full.
    static func isOption(_ word: String) -> Bool {
        word.hasPrefix("--") && Self([word, "1"]) != nil
    }

    /// The words of a command that ArgumentParser has read.
    init(_ command: ApplyCommand) {
        paths = command.paths
        check = command.check
        plan = command.plan
        trial = command.trial
        confirm = command.confirm
        down = command.down
        adopt = command.adopt
        wait = command.wait
        netns = command.netns
        json = command.json
        logLevel = command.logLevel
        verbose = command.verbose
        quiet = command.quiet
    }
}
