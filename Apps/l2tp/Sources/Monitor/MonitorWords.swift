/// What the words after `monitor` ask for.
struct MonitorWords: Hashable {
    /// Whether the date is printed too.
    var timestamp = false
    /// Whether notifications are printed of which it cannot be told whether they are of this network namespace.
    var all = false
    /// The other words, keywords of `show session`.
    var rest: [String] = []

    /// The options that may stand after the word.
    static let options = ["--json", "--timestamp", "--all", "--help"]

    init(_ words: [String]) {
        for word in words {
            switch word {
            case "-t", "-timestamp", "--timestamp": timestamp = true
            case "-a", "-all", "--all": all = true
            default: rest.append(word)
            }
        }
    }
}
