/// What a ``FakeKernel`` does differently from one that has everything and is fast.
public struct Behavior: Hashable, Sendable {
    /// Whether the family `l2tp` is missing, as where no module provides it.
    public var familyAbsent = false
    /// Whether the client has CAP_NET_ADMIN; without it every command but NOOP is refused with `EPERM`.
    public var isPrivileged = true
    /// Modules that cannot be loaded: of `l2tp_eth`, `l2tp_ppp`, `l2tp_ip` and `l2tp_ip6`.
    public var missingModules: Set<String> = []
    /// How many more looks show a tunnel or session after its deletion. A look is a GET, a dump, or a
    /// creation that finds the identifier taken. `Int.max` keeps it forever. A session goes with its
    /// tunnel at the latest, but for ``orphanDelay``.
    public var deletionDelay = 0
    /// How many more looks end a session on Linux 6.12 after its tunnel has gone, which leaves it its identifier and
    /// its interface. A look is one at the interface, or a GET through another tunnel or a creation that finds the
    /// identifier; nothing else shows the session. Linux 6.1 ends sessions before their tunnel.
    public var orphanDelay = 0
    /// How many more looks show a session's interface after the session has gone.
    public var linkRemovalDelay = 0
    /// How many messages of a dump share a datagram, at least 1.
    public var messagesPerDatagram = 2
    /// Whether the counters `RX_COOKIE_DISCARDS` and `RX_INVALID` are missing, as in old kernels.
    public var lacksDiscardCounters = false
    /// Whether a session's identifiers always find the newest L2TPv3 session of that session identifier,
    /// be it another tunnel's. Linux 6.12 is only nearly as bad; a client must cope.
    public var hidesOlderSessions = false
    /// The size of every transport's receive buffer in bytes, as the kernel counts them; answers that it has no
    /// room for are dropped, which the transport reports with `ENOBUFS`. A dump waits for room.
    public var receiveBufferByteCount = 212_992
    /// Whether multicast messages find no room: its receivers are told `ENOBUFS` once, before what they have not
    /// received yet, and get nothing more until they have received that.
    public var losesNotifications = false
    /// Whether an IPv6 address that a client adds is tentative until
    /// ``FakeKernel/finishDuplicateDetection(of:isDuplicate:)``, unless it asks for no detection.
    public var detectsDuplicates = false
    /// Whether the next IPv4 address of a network stays when the first is taken from a link, as with the sysctl
    /// `promote_secondaries`; if not, all of them go.
    public var promotesSecondaries = true
    /// The names of links in every other network namespace, which a link that moves there must not have.
    public var namesElsewhere: Set<String> = []

    /// The behavior of a kernel that has everything and is fast.
    public init() {}
}
