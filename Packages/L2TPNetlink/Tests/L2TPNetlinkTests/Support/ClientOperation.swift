import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage

/// One public operation of the client, for the tests that try every failure of every step. A new operation is added
/// to ``all``, and nothing else needs to be done.
struct ClientOperation: Sendable, CustomStringConvertible {
    /// What an error must name, one of them.
    let objects: [L2TPError.Object]
    /// What the operation is called in the test's name.
    private(set) var description: String
    /// Whether the kernel shows what is deleted, and its interfaces, for one more look.
    var isSlow = false
    /// The steps that the kernel does not record, as opening: how often there is each.
    var openings: [(step: Step, count: Int)] = []
    /// The operation, on a kernel with the tunnels 3000 (sessions 1000 and 1001) and 3001 (version 2), and with the
    /// socket ``socket`` of a process.
    let perform: @Sendable (inout L2TPClient<FakeTransport>, FakeKernel) throws(L2TPError) -> Void

    private init(
        object: L2TPError.Object, description: String, isSlow: Bool = false,
        perform: @escaping @Sendable (inout L2TPClient<FakeTransport>) throws(L2TPError) -> Void
    ) {
        self.init(objects: [object], description: description, isSlow: isSlow, perform: perform)
    }

    private init(
        objects: [L2TPError.Object], description: String, isSlow: Bool = false,
        perform: @escaping @Sendable (inout L2TPClient<FakeTransport>) throws(L2TPError) -> Void
    ) {
        self.objects = objects
        self.description = description
        self.isSlow = isSlow
        self.perform = { (client, _) throws(L2TPError) in try perform(&client) }
    }

    private init(
        object: L2TPError.Object, description: String, openings: [(step: Step, count: Int)],
        performOn: @escaping @Sendable (FakeKernel) throws(L2TPError) -> Void
    ) {
        objects = [object]
        self.description = description
        self.openings = openings
        perform = { (_, kernel) throws(L2TPError) in try performOn(kernel) }
    }

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
        Self(object: .tunnel(TunnelID(3002)), description: "createTunnel over a descriptor") {
            (client) throws(L2TPError) in
            let tunnel = ManagedTunnelSpecification(id: TunnelID(3002), peerID: TunnelID(4002))
            try client.createTunnel(tunnel, over: socket, .udp)
        },
        Self(object: session, description: "modifySession by identifiers") { (client) throws(L2TPError) in
            try client.modifySession(SessionID(1000), in: TunnelID(3000), modification)
        },
        Self(object: .interface("lan"), description: "modifySession by interface") { (client) throws(L2TPError) in
            try client.modifySession(interface: "lan", modification)
        },
        Self(object: .tunnel(TunnelID(3000)), description: "modifyTunnel") { (client) throws(L2TPError) in
            try client.modifyTunnel(TunnelID(3000))
        },
        Self(
            objects: [.tunnel(TunnelID(3000)), .tunnel(TunnelID(3001)), .tunnel(TunnelID(9))],
            description: "tunnels by identifiers"
        ) { (client) throws(L2TPError) in
            _ = try client.tunnels([TunnelID(3000), TunnelID(3001), TunnelID(9)])
        },
        Self(
            objects: [session, .session(SessionID(9), in: TunnelID(3000))], description: "sessions by identifiers"
        ) { (client) throws(L2TPError) in
            _ = try client.sessions([1000, 9].map { SessionKey(SessionID($0), in: TunnelID(3000)) })
        },
        Self(
            object: .subsystem, description: "the monitor's start",
            openings: [(.open(.generic), 2), (.join(.generic), 1), (.open(.route), 2), (.join(.route), 1)]
        ) { (kernel) throws(L2TPError) in
            _ = try L2TPMonitor(kernel.connector)
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

    /// The descriptor of a UDP socket that the kernel knows.
    static let socket = FileDescriptor(rawValue: 77)

    private static let modification = SessionModification(sendsSequenceNumbers: true)

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
        var operation = operation
        operation.description = "the wait of \(operation.description)"
        operation.isSlow = true
        return operation
    }
}
