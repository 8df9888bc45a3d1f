import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport

/// One public operation of the client, for the tests that try every failure of every step. A new operation is added
/// to ``all``, and nothing else needs to be done.
struct ClientOperation: Sendable, CustomStringConvertible {
    /// What an error must name.
    let object: L2TPError.Object
    /// What the operation is called in the test's name.
    let description: String
    /// Whether the kernel shows what is deleted, and its interfaces, for one more look.
    var isSlow = false
    /// The operation, on a kernel with the tunnels 3000 (sessions 1000 and 1001) and 3001 (version 2).
    let perform: @Sendable (inout L2TPClient<FakeTransport>) throws(L2TPError) -> Void

    static let all: [Self] = [
        Self(object: .subsystem, description: "probe") { (client) throws(L2TPError) in try client.probe() },
        Self(object: .tunnel(TunnelID(3000)), description: "tunnel") { (client) throws(L2TPError) in
            _ = try client.tunnel(TunnelID(3000))
        },
        Self(object: .tunnels, description: "tunnels") { (client) throws(L2TPError) in _ = try client.tunnels() },
        Self(object: session, description: "session by identifiers") { (client) throws(L2TPError) in
            _ = try client.session(SessionID(1000), in: TunnelID(3000))
        },
        Self(object: .interface("lan"), description: "session by interface") { (client) throws(L2TPError) in
            _ = try client.session(interface: "lan")
        },
        Self(object: .sessions, description: "sessions") { (client) throws(L2TPError) in _ = try client.sessions() },
        Self(object: .sessions, description: "sessions of a tunnel") { (client) throws(L2TPError) in
            _ = try client.sessions(in: TunnelID(3000))
        },
        Self(object: .tunnel(TunnelID(3002)), description: "createTunnel over UDP") { (client) throws(L2TPError) in
            try client.createTunnel(.udp(3002, port: 5002))
        },
        Self(object: .tunnel(TunnelID(3002)), description: "createTunnel over IP") { (client) throws(L2TPError) in
            try client.createTunnel(.ip(3002, local: "2001:db8::1", peer: "2001:db8::2"))
        },
        Self(object: .session(SessionID(1002), in: TunnelID(3000)), description: "createSession") {
            (client) throws(L2TPError) in
            var session = SessionSpecification.ethernet(1002, interface: "dmz")
            session.cookie = secret
            session.peerCookie = secret
            try client.createSession(session)
        },
        Self(object: .session(SessionID(1002), in: TunnelID(3001)), description: "createSession with PPP") {
            (client) throws(L2TPError) in
            var session = SessionSpecification.ethernet(1002, in: 3001)
            session.pseudowireType = .ppp
            try client.createSession(session)
        },
        deleteSession, deleteNamedSession, deleteTunnel, slow(deleteSession), slow(deleteNamedSession),
        slow(deleteTunnel),
        Self(object: .tunnel(TunnelID(3000)), description: "deleteTunnel without waiting") {
            (client) throws(L2TPError) in
            try client.deleteTunnel(TunnelID(3000), waitingAtMost: .zero)
        },
    ]

    /// What must never show in an error.
    static let secret = Cookie(0xdead_beef_0bad_cafe as UInt64)

    private static let session = L2TPError.Object.session(SessionID(1000), in: TunnelID(3000))

    private static let deleteSession = Self(object: session, description: "deleteSession by identifiers") {
        (client) throws(L2TPError) in
        try client.deleteSession(SessionID(1000), in: TunnelID(3000))
    }
    private static let deleteNamedSession = Self(object: .interface("lan"), description: "deleteSession by interface") {
        (client) throws(L2TPError) in
        try client.deleteSession(interface: "lan")
    }
    private static let deleteTunnel = Self(object: .tunnel(TunnelID(3000)), description: "deleteTunnel") {
        (client) throws(L2TPError) in
        try client.deleteTunnel(TunnelID(3000))
    }

    /// The same deletion of a kernel that takes its time.
    private static func slow(_ operation: Self) -> Self {
        Self(
            object: operation.object, description: "the wait of \(operation.description)", isSlow: true,
            perform: operation.perform)
    }
}

/// Everything of a fake kernel that an operation may change.
struct KernelSnapshot: Equatable {
    let tunnels: [Tunnel]
    let sessions: [Session]
    let links: [Link]

    init(_ kernel: FakeKernel) {
        (tunnels, sessions, links) = (kernel.tunnels, kernel.sessions, kernel.links)
    }
}
