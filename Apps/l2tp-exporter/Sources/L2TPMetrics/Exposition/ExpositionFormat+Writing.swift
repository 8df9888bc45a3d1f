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
        for part in family.parts {
            let start = text.count
            text.append(contentsOf: repeatElement(0, count: part.longestByteCount(nameByteCount: name.count)))
            let end = Self.write(part, name, to: &text, from: start)
            text.removeLast(text.count - end)
        }
    }

    /// Writes samples from a position on, behind which there is room for them; returns where they end.
    ///
    /// All bytes are reached through spans, so that no array is retained for a sample.
    private static func write(
        _ part: MetricFamily.Part, _ name: [UInt8], to text: inout [UInt8], from start: Int
    ) -> Int {
        let name = name.span
        let labels = part.labels.bytes.span
        var target = text.mutableSpan
        var position = start
        var labelStart = 0
        for index in part.values.indices {
            let labelEnd = part.labels.ends[index]
            target.write(name, from: 0, count: name.count, at: &position)
            if labelStart == labelEnd {
                target.write(UInt8(ascii: " "), at: &position)
            } else {
                target.write(UInt8(ascii: "{"), at: &position)
                target.write(labels, from: labelStart, count: labelEnd - labelStart, at: &position)
                labelStart = labelEnd
            }
            switch part.values[index] {
            case .integer(let number):
                target.write(decimal: number, at: &position)
            case .number(let number):
                let digits = [UInt8](number)
                target.write(digits.span, from: 0, count: digits.count, at: &position)
            }
            target.write(UInt8(ascii: "\n"), at: &position)
        }
        return position
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
        let nameByteCount = definition.name.utf8.count
        let header = 4 * nameByteCount + 2 * definition.help.utf8.count + 64
        return parts.reduce(header) { $0 + $1.longestByteCount(nameByteCount: nameByteCount) }
    }
}

extension MetricFamily.Part {
    /// A bound of the bytes that its samples are written in: brace or blank, at most 24 characters of a number, line feed.
    fileprivate func longestByteCount(nameByteCount: Int) -> Int {
        labels.bytes.count + values.count * (nameByteCount + 1 + 24 + 1)
    }
}
