internal import L2TPModel
internal import L2TPWire

/// A member of a kernel's list.
protocol Listed {
    /// What lists are ordered by.
    var place: UInt64 { get }
    /// Whether another member of a list is this one again, perhaps with other counters.
    func isSame(as other: Self) -> Bool
}

/// The members of a kernel's list while it is read.
///
/// Linux 6.12 reports them in order, so that nothing is left to be done; before, sessions come by their hashes.
struct ListedMembers<Member: Listed> {
    private var list: [Member] = []
    private var lastPlace: UInt64 = 0
    private var isInOrder = true

    /// Nothing read yet.
    init() {}

    /// Forgets what was read.
    mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
        isInOrder = true
    }

    /// Takes the next member, which is moved and not copied: a session has 200 bytes.
    mutating func append(_ member: consuming Member) {
        let place = member.place
        if !list.isEmpty, place <= lastPlace { isInOrder = false }
        lastPlace = place
        // Memory costs nothing until it is written to, and moving a growing list does.
        if list.count == Self.fewCount { list.reserveCapacity(Self.manyCount) }
        list.append(member)
    }

    private static var fewCount: Int { 64 }
    private static var manyCount: Int { 8192 }

    /// The members in order, each once. Before Linux 6.12 a dump goes by position and repeats members when others
    /// are created meanwhile.
    var members: [Member] {
        if isInOrder { return list }
        // Numbers are sorted instead of members, which are a hundred times as long to move.
        let order = list.indices.map { (place: list[$0].place, index: $0) }.sorted { $0 < $1 }
        var members: [Member] = []
        members.reserveCapacity(order.count)
        var lastPlace: UInt64?
        for (place, index) in order {
            if place == lastPlace, let last = members.last, last.isSame(as: list[index]) { continue }
            lastPlace = place
            members.append(list[index])
        }
        return members
    }
}

extension Tunnel: Listed {
    var place: UInt64 { UInt64(id.rawValue) }
    func isSame(as other: Self) -> Bool { id == other.id }
}

extension Session: Listed {
    var place: UInt64 { UInt64(tunnelID.rawValue) << 32 | UInt64(id.rawValue) }
    func isSame(as other: Self) -> Bool {
        (tunnelID, id, interfaceName) == (other.tunnelID, other.id, other.interfaceName)
    }
}
