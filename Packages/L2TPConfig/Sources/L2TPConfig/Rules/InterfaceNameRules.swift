internal import L2TPModel

extension Configuration {
    /// What the kernel calls the interface of a session without a name: `l2tpeth0`, `l2tpeth1`, …
    private static var unnamed: String { "l2tpeth%d" }

    /// Interface names that two sessions have, and those that are taken anyway.
    ///
    /// A name is taken in one network namespace only, but every interface is made where the tunnels are and moved
    /// afterwards: all of them are there at once.
    func interfaceNamesInUse(_ sessions: [ConfiguredSession]) -> [Finding] {
        var first: [InterfaceName: Int] = [:]
        first.reserveCapacity(sessions.count)
        return sessions.indices.compactMap { index in
            let item = sessions[index]
            guard let name = item.session.specification.interfaceName, !name.isPattern else { return nil }
            if name.text == "lo" {
                return Finding(.error, item.interfacePath("name"), "lo is the loopback interface of every host")
            }
            guard let earlier = first[name] else {
                first[name] = index
                return nil
            }
            let other = sessions[earlier]
            let reason =
                item.session.interface.namespace == other.session.interface.namespace
                ? "; each interface needs a name of its own"
                : ": both are made in the network namespace of the tunnels before they are moved"
            return Finding(
                .error, item.interfacePath("name"), related: other.interfacePath("name"),
                "\(name) is the name of the interface of \(other.path) too\(reason)")
        }
    }

    /// Names with a number of the kernel's choice (`%d`, and those not given) that may become a name of another session.
    ///
    /// The kernel takes the first free number where the interface is made. It does not know which names are still to
    /// come, nor, when the interface is moved, which are taken there.
    func patternsThatMayClash(_ sessions: [ConfiguredSession]) -> [Finding] {
        var patterns: [String: Int] = [:]
        var moved: [MovedPattern: Int] = [:]
        var found: [Finding] = []
        for (index, item) in sessions.enumerated() {
            let name = item.session.specification.interfaceName
            if let name, !name.isPattern { continue }
            let pattern = name?.text ?? Self.unnamed
            if patterns[pattern] == nil { patterns[pattern] = index }
            guard let namespace = item.session.interface.namespace else { continue }
            guard let earlier = moved[MovedPattern(pattern: pattern, namespace: namespace)] else {
                moved[MovedPattern(pattern: pattern, namespace: namespace)] = index
                continue
            }
            let other = sessions[earlier].path
            found.append(
                Finding(
                    .warning, item.interfacePath(name == nil ? "netns" : "name"), related: other,
                    "the number that the kernel finds for \(pattern) may be taken in network namespace \(namespace), "
                        + "to which the interface of \(other) moves too; give each a name of its own"))
        }
        guard !patterns.isEmpty else { return found }
        for item in sessions {
            guard let name = item.session.specification.interfaceName, !name.isPattern,
                let pattern = Self.pattern(of: name.text), let index = patterns[pattern]
            else { continue }
            let other = sessions[index]
            let given = other.session.specification.interfaceName == nil ? ", which has no name" : ""
            found.append(
                Finding(
                    .warning, item.interfacePath("name"), related: other.path,
                    "the kernel may give \(name) to the interface of \(other.path)\(given) (\(pattern)); "
                        + "choose names that do not overlap"))
        }
        return found
    }

    private struct MovedPattern: Hashable {
        let pattern: String
        let namespace: String
    }

    /// The pattern that a name may come from: that with its last number replaced; nil for a name without number, or
    /// one that the kernel would write otherwise, as `a01`.
    private static func pattern(of name: String) -> String? {
        let bytes = Array(name.utf8)
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let last = bytes.lastIndex(where: isDigit) else { return nil }
        let start = bytes[...last].lastIndex { !isDigit($0) }.map { $0 + 1 } ?? 0
        guard last == start || bytes[start] != UInt8(ascii: "0") else { return nil }
        return String(decoding: bytes[..<start] + Array("%d".utf8) + bytes[(last + 1)...], as: UTF8.self)
    }
}
