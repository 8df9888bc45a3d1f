import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport

/// The kernel of the fault matrices.
extension FakeKernel {
    /// A kernel with the tunnels 3000 (sessions 1000 and 1001) and 3001 (version 2), and a socket that can become a
    /// tunnel's. A slow one shows what is deleted, and its interfaces, for one more look.
    static func forFaults(isSlow: Bool) throws -> FakeKernel {
        let kernel = FakeKernel()
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        var session = SessionSpecification.ethernet(interface: "lan")
        session.cookie = ClientOperation.secret
        try client.createSession(session)
        try client.createSession(.ethernet(1001, interface: "wan"))
        kernel.register(
            ClientOperation.socket,
            as: OpenSocket(
                .udp, local: address("192.0.2.1"), peer: address("192.0.2.2"), localPort: 5012, peerPort: 6000))
        var exchange = Exchange(over: try kernel.connector.open(.generic))
        try exchange.createRawTunnel(3001, version: 2, port: 5001)
        if isSlow {
            kernel.behavior.deletionDelay = 1
            kernel.behavior.linkRemovalDelay = 1
        }
        kernel.forgetRequests()
        return kernel
    }

    /// What the kernel has when it is done with its own work.
    func settled(isSlow: Bool) throws -> KernelSnapshot {
        removeFaults()
        if isSlow {
            var client = try L2TPClient(connector)
            _ = try client.tunnels()
            _ = try client.sessions()
        }
        return KernelSnapshot(self)
    }
}
