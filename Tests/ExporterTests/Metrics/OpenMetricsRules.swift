import Testing

/// The rules of OpenMetrics 1.0 that a text without histograms, exemplars and time stamps has to keep: a reader that
/// accepts nothing else.
enum OpenMetricsRules {
    struct Violation: Error, CustomStringConvertible {
        var description: String
    }

    private struct Family {
        var name: Substring
        var type: Substring?
        var unit: Substring?
        var hasHelp = false
        var hasSamples = false
    }

    /// The series of a text; throws at the first rule that is broken.
    static func samples(_ text: String) throws -> [String] {
        guard text.hasSuffix("\n"), text.utf8.allSatisfy({ $0 != UInt8(ascii: "\r") }) else {
            throw Violation(description: "no line feed at the end")
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.popLast() == "# EOF" else { throw Violation(description: "no # EOF at the end") }
        var seen: Set<Substring> = []
        var series: Set<String> = []
        var family: Family?
        for line in lines {
            if let match = line.wholeMatch(of: /# (HELP|TYPE|UNIT) ([a-z_:][a-z0-9_:]*) (.+)/) {
                if family?.name != match.2 || family?.hasSamples == true {
                    guard seen.insert(match.2).inserted else { throw Violation(description: "interleaved: \(line)") }
                    family = Family(name: match.2)
                }
                try declare(&family, match.1, match.3, line)
                continue
            }
            let sample =
                /([a-z_:][a-z0-9_:]*)(\{([a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*)\})? (\S+)/
            guard let match = line.wholeMatch(of: sample), let open = family else {
                throw Violation(description: "no line of the format: \(line)")
            }
            let ending =
                switch open.type {
                case "counter": "_total"
                case "info": "_info"
                case "gauge": ""
                default: throw Violation(description: "type of \(open.name)")
                }
            guard match.1 == open.name + ending else { throw Violation(description: "not of \(open.name): \(line)") }
            guard Double(match.7) != nil, open.type != "info" || match.7 == "1" else {
                throw Violation(description: "value: \(line)")
            }
            let labels = (match.3 ?? "").matches(of: /([a-z_]+)="/).map { String($0.1) }
            guard Set(labels).count == labels.count else { throw Violation(description: "label twice: \(line)") }
            guard series.insert("\(match.1)\(match.2 ?? "")").inserted else {
                throw Violation(description: "series twice: \(line)")
            }
            family?.hasSamples = true
        }
        return series.sorted()
    }

    private static func declare(
        _ family: inout Family?, _ keyword: Substring, _ value: Substring, _ line: Substring
    ) throws {
        switch keyword {
        case "HELP" where family?.hasHelp == false: family?.hasHelp = true
        case "TYPE" where family?.type == nil: family?.type = value
        case "UNIT" where family?.unit == nil:
            guard family?.name.hasSuffix("_\(value)") == true else { throw Violation(description: "unit: \(line)") }
            family?.unit = value
        default: throw Violation(description: "declared twice: \(line)")
        }
    }
}
