internal import L2TPConfig

/// Where the keys and values of a TOML document stand, by their paths.
///
/// TOMLKit tells places for errors of syntax only. This index is made of a text that TOMLKit has accepted, and only
/// when a place is asked for. Of any other text it knows the places up to what it cannot understand.
struct TOMLPositions: Sendable {
    /// What stands at a path.
    private struct Node: Sendable {
        /// Offset of the key in the text; for the member of an array that of the value.
        var key: Int
        /// Offset of the value: for a table with a header that of its bracket.
        var value: Int
        /// The values below it, by their keys; members of arrays by `[0]`, `[1]`, ….
        var children: [String: Int] = [:]
        /// Whether it is an array of tables, `[[key]]`, whose last member is meant by its key.
        var isTableArray = false
    }

    private var nodes = [Node(key: 0, value: 0)]
    private let lines: TextLines

    /// The index of a text.
    init(_ text: String) {
        lines = TextLines(text)
        var scanner = TOMLScanner(lines.bytes)
        var table = 0
        while let statement = scanner.nextStatement() {
            switch statement {
            case .header(let keys, let isArray, let offset):
                table = addHeader(keys, isArray: isArray, at: offset)
            case .assignment(let keys):
                guard let place = addKey(keys, to: table), addValue(to: place, from: &scanner, depth: 0) else { return }
            }
        }
    }

    /// Where the last key of a path stands; for a member of an array where its value begins; nil if the path is not
    /// in the text.
    func key(_ path: ConfigurationPath) -> SourcePosition? {
        let (node, isWhole) = find(path)
        return isWhole && node != 0 ? lines.position(of: nodes[node].key) : nil
    }

    /// Where the value of a path begins; for a table with a header where the header begins; nil if the path is not in
    /// the text.
    func value(_ path: ConfigurationPath) -> SourcePosition? {
        let (node, isWhole) = find(path)
        return isWhole ? lines.position(of: nodes[node].value) : nil
    }

    /// Where the value of the longest known beginning of a path begins; nil if nothing of it is in the text.
    func nearest(_ path: ConfigurationPath) -> SourcePosition? {
        let node = find(path).node
        return node == 0 ? nil : lines.position(of: nodes[node].value)
    }

    private func find(_ path: ConfigurationPath) -> (node: Int, isWhole: Bool) {
        var node = 0
        for key in path.keys {
            guard let child = nodes[node].children[key] else { return (node, false) }
            node = child
        }
        return (node, true)
    }

    // MARK: - Building

    /// The child of a node; made if there is none.
    private mutating func child(_ key: String, of parent: Int, at offset: Int) -> Int {
        if let known = nodes[parent].children[key] { return known }
        nodes.append(Node(key: offset, value: offset))
        nodes[parent].children[key] = nodes.count - 1
        return nodes.count - 1
    }

    /// The table that keys lead to, through the last members of arrays of tables.
    private mutating func table(at keys: some Sequence<TOMLScanner.Key>, below start: Int) -> Int {
        keys.reduce(start) { parent, key in
            let node = child(key.text, of: parent, at: key.offset)
            return lastMember(of: node)
        }
    }

    private func lastMember(of node: Int) -> Int {
        guard nodes[node].isTableArray else { return node }
        return nodes[node].children["[\(nodes[node].children.count - 1)]"] ?? node
    }

    private mutating func addHeader(_ keys: [TOMLScanner.Key], isArray: Bool, at offset: Int) -> Int {
        guard let last = keys.last else { return 0 }
        let node = child(last.text, of: table(at: keys.dropLast(), below: 0), at: last.offset)
        if isArray {
            nodes[node].isTableArray = true
            return child("[\(nodes[node].children.count)]", of: node, at: offset)
        }
        // Tables within it may have come first.
        (nodes[node].key, nodes[node].value) = (last.offset, offset)
        return node
    }

    private mutating func addKey(_ keys: [TOMLScanner.Key], to table: Int) -> Int? {
        guard let last = keys.last else { return nil }
        return child(last.text, of: self.table(at: keys.dropLast(), below: table), at: last.offset)
    }

    /// Notes where the value that comes next begins, and all that it holds; says whether it was understood.
    private mutating func addValue(to node: Int, from scanner: inout TOMLScanner, depth: Int) -> Bool {
        guard depth <= TOMLPrecheck.deepestNesting else { return false }
        nodes[node].value = scanner.offset
        switch scanner.current {
        case UInt8(ascii: "["):
            var count = 0
            return scanner.readMembers(closedBy: UInt8(ascii: "]")) { scanner in
                let member = child("[\(count)]", of: node, at: scanner.offset)
                count += 1
                return addValue(to: member, from: &scanner, depth: depth + 1)
            }
        case UInt8(ascii: "{"):
            return scanner.readMembers(closedBy: UInt8(ascii: "}")) { scanner in
                guard let keys = scanner.readAssignment(), let place = addKey(keys, to: node) else { return false }
                return addValue(to: place, from: &scanner, depth: depth + 1)
            }
        default:
            return scanner.skipScalar()
        }
    }
}
