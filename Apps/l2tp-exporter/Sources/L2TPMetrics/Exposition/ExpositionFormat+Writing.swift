extension ExpositionFormat {
    /// The text of metrics in the format.
    ///
    /// A metric without samples is left out. The time is proportional to the bytes written: a sample costs two copies
    /// and no allocation.
    ///
    /// - Parameter families: The metrics, each once.
    /// - Returns: The bytes, UTF-8, with a line feed at the end.
    public func text(of families: [MetricFamily]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(families.reduce(16) { $0 + $1.longestByteCount })
        for family in families where !family.isEmpty { write(family, to: &text) }
        if self == .openMetrics100 { text.append(contentsOf: "# EOF\n".utf8) }
        return text
    }

    private func write(_ family: MetricFamily, to text: inout [UInt8]) {
        writeHeader(of: family.definition, to: &text)
        let name = Array(family.definition.name.utf8)
        let nameAndBrace = name + [UInt8(ascii: "{")]
        for part in family.parts {
            // By number, so that nothing is copied but the bytes.
            for index in part.values.indices {
                if part.labels.sets[index].isEmpty {
                    text.append(contentsOf: name)
                    text.append(UInt8(ascii: " "))
                } else {
                    text.append(contentsOf: nameAndBrace)
                    text.append(contentsOf: part.labels.sets[index].sampleBytes)
                }
                switch part.values[index] {
                case .integer(let number): text.append(decimal: number)
                case .number(let number): text.append(number)
                }
                text.append(UInt8(ascii: "\n"))
            }
        }
    }

    private func writeHeader(of definition: MetricDefinition, to text: inout [UInt8]) {
        let name = self == .openMetrics100 ? definition.familyName : definition.name
        let type = self == .text004 && definition.type == .info ? MetricType.gauge : definition.type
        text.append(contentsOf: "# HELP \(name) ".utf8)
        // Only OpenMetrics escapes quotes here.
        text.appendEscaped(definition.help, quotes: self == .openMetrics100)
        text.append(contentsOf: "\n# TYPE \(name) \(type.rawValue)\n".utf8)
        if self == .openMetrics100, let unit = definition.unit {
            text.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8)
        }
    }
}

extension MetricFamily {
    /// A bound of the bytes that it is written in.
    fileprivate var longestByteCount: Int {
        // Names thrice in the header; brace, blank, line feed and at most 24 characters of a number in a sample.
        let nameByteCount = definition.name.utf8.count
        let header = 4 * nameByteCount + 2 * definition.help.utf8.count + 64
        return parts.reduce(header) { $0 + $1.labels.byteCount + $1.values.count * (nameByteCount + 27) }
    }
}
