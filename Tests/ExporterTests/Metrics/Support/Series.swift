import Testing

/// What a scrape shows: the values by their series, as `l2tp_up` or `l2tp_sessions{netns="a"}`.
struct Series {
    let text: String
    let values: [String: String]

    init(_ bytes: [UInt8]) throws {
        text = try #require(String(validating: bytes, as: UTF8.self))
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let blank = try #require(line.lastIndex(of: " "))
            let name = String(line[..<blank])
            try #require(values[name] == nil, "\(name) is there twice")
            values[name] = String(line[line.index(after: blank)...])
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name] }

    /// The series of one metric, sorted.
    func names(of metric: String) -> [String] {
        values.keys.filter { $0 == metric || $0.hasPrefix("\(metric){") }.sorted()
    }
}
