internal import L2TPModel

/// Names for interfaces of which a number is to be chosen.
///
/// The kernel chooses one that is free where the session is created. But the interface may be about to move to another
/// network namespace, and a session goes on reporting its first name when its interface has moved or was renamed: by a
/// name that two report none of them is found.
struct InterfaceNaming {
    /// The kernel's own pattern (`L2TP_ETH_DEV_NAME`).
    private static let pattern = "l2tpeth%d"

    /// The links of the namespace in which sessions are created.
    let present: Set<String>
    /// What else no new interface is to be called: what sessions report, and the links where interfaces are to go.
    let reserved: Set<String>

    /// Sessions with names where the kernel's choice could be one that is reserved; as they are where it cannot.
    func named(_ sessions: [SessionSpecification]) -> [SessionSpecification] {
        let patterns = Set(sessions.compactMap { Self.pattern(of: $0) })
        let elsewhere = reserved.subtracting(present)
        let doubtful = patterns.filter { pattern in elsewhere.contains { Self.number(of: $0, in: pattern) != nil } }
        guard !doubtful.isEmpty else { return sessions }
        var taken = present.union(reserved)
        // The names that are chosen here are not to be those of others of this run.
        taken.formUnion(sessions.compactMap { Self.pattern(of: $0) == nil ? $0.interfaceName?.text : nil })
        var next: [String: Int] = [:]
        return sessions.map { session in
            guard let pattern = Self.pattern(of: session), doubtful.contains(pattern) else { return session }
            var number = next[pattern] ?? 0
            while taken.contains(Self.name(pattern, number)) { number += 1 }
            next[pattern] = number + 1
            taken.insert(Self.name(pattern, number))
            var named = session
            // Without room for the number it stays the kernel's choice.
            named.interfaceName = (try? InterfaceName(Self.name(pattern, number))) ?? session.interfaceName
            return named
        }
    }

    /// What the kernel puts a number into; nil for a session with a name.
    static func pattern(of session: SessionSpecification) -> String? {
        guard let name = session.interfaceName else { return Self.pattern }
        return name.isPattern ? name.text : nil
    }

    private static func name(_ pattern: String, _ number: Int) -> String {
        pattern.replacing("%d", with: "\(number)")
    }

    /// The number that makes a name of a pattern; nil if none does.
    private static func number(of name: String, in pattern: String) -> Int? {
        let parts = pattern.split(separator: "%d", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, name.hasPrefix(parts[0]), name.dropFirst(parts[0].count).hasSuffix(parts[1]) else {
            return nil
        }
        return Int(name.dropFirst(parts[0].count).dropLast(parts[1].count))
    }
}
