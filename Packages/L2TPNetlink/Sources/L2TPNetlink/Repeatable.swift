internal import L2TPModel

/// What a list is told apart by when the kernel has repeated a member.
protocol Repeatable {
    /// Whether another member of a list is this one again, perhaps with other counters.
    func isSame(as other: Self) -> Bool
}

extension Array where Element: Repeatable {
    /// The list in order. Where a kernel reports it so, as Linux 6.12 does, nothing is moved.
    func inOrder(_ isBefore: (Element, Element) -> Bool) -> Self {
        indices.dropFirst().contains { isBefore(self[$0], self[$0 - 1]) } ? sorted(by: isBefore) : self
    }

    /// The sorted list without repeats. Before Linux 6.12 a dump goes by position and repeats members when
    /// others are created meanwhile.
    func withoutRepeats() -> Self {
        guard indices.dropFirst().contains(where: { self[$0].isSame(as: self[$0 - 1]) }) else { return self }
        return reduce(into: []) { list, element in
            if list.last?.isSame(as: element) != true { list.append(element) }
        }
    }
}

extension Tunnel: Repeatable {
    func isSame(as other: Self) -> Bool { id == other.id }
}

extension Session: Repeatable {
    func isSame(as other: Self) -> Bool {
        (tunnelID, id, interfaceName) == (other.tunnelID, other.id, other.interfaceName)
    }
}
