public import L2TPModel
internal import L2TPWire
internal import LinkControl
public import Netlink
public import NetlinkTestSupport
internal import SystemPackage

/// The host of a ``FakeKernel``.
public struct FakeHost: ContractHost {
    /// The kernel.
    public let kernel: FakeKernel
    /// Which Linux it behaves like.
    public let release: FakeKernel.Release

    /// A host with a kernel that has nothing yet.
    public init(_ release: FakeKernel.Release) {
        self.release = release
        kernel = FakeKernel(release)
        for peer in Contract.unreachablePeers { kernel.refuseRoute(to: peer) }
    }

    /// Opens transports to the fake kernel.
    public var connector: NetlinkConnector<BoxedTransport> { kernel.connector.boxed }

    /// Adds a link that belongs to no session.
    public func addLink(named name: String) {
        kernel.addLink(named: name)
    }

    /// Gives a link another name.
    public func renameLink(_ name: String, to newName: String) {
        kernel.renameLink(name, to: newName)
    }

    /// Removes a link.
    public func removeLink(_ name: String) {
        kernel.removeLink(named: name)
    }

    /// Whether there is a link of that name.
    public func hasLink(named name: String) -> Bool {
        kernel.links.contains { $0.name == name }
    }

    /// Gives `eth0` an address that is tentative.
    public func addTentativeAddress(_ address: IPAddress) {
        kernel.addAddress(address, prefixBitCount: 128, to: ethernetIndex, isTentative: true)
    }

    /// Lets an address be usable.
    public func settleAddress(_ address: IPAddress) {
        kernel.removeAddress(address)
        kernel.addAddress(address, prefixBitCount: 128, to: ethernetIndex)
    }

    private var ethernetIndex: UInt32 { kernel.links.first { $0.name == "eth0" }?.index ?? 0 }

    /// Takes an address from `eth0`.
    public func removeAddress(_ address: IPAddress) {
        kernel.removeAddress(address)
    }

    /// Lets the route to a peer refuse.
    public func refuseRoute(to peer: IPAddress, _ kind: RefusingRoute) {
        switch kind {
        case .unreachable: kernel.refuseRoute(to: peer, with: .noRouteToHost)
        case .prohibit: kernel.refuseRoute(to: peer, with: .permissionDenied)
        case .blackhole: kernel.refuseRoute(to: peer, with: .invalidArgument)
        }
    }

    /// Leaves a peer without a route again.
    public func restoreRoute(to peer: IPAddress, _: RefusingRoute) {
        kernel.refuseRoute(to: peer)
    }

    /// Opens a file of a process of this host.
    public func openFile(_ file: ContractFile) -> UInt32 {
        func address(_ end: UInt8, _ version: IPVersion) -> IPAddress { Contract.address(end, version) }
        let any = IPAddress.v4(.any)
        let socket =
            switch file {
            case .udp(let version, let port):
                OpenSocket(
                    .udp, local: address(1, version), peer: address(2, version), localPort: port, peerPort: 6000)
            case .unconnectedUDP(let port):
                OpenSocket(.udp, local: address(1, .v4), peer: any, localPort: port)
            case .udpWithIPsecPolicy(let port):
                OpenSocket(
                    .udp, local: address(1, .v4), peer: address(2, .v4), localPort: port, peerPort: 6000,
                    hasIPsecPolicy: true)
            case .foreignUDP:
                OpenSocket(.udp, local: any, peer: any, obstacle: .foreignNamespace)
            case .l2tpIP:
                OpenSocket(.ip, local: address(1, .v4), peer: address(2, .v4))
            case .tcp:
                OpenSocket(nil, local: any, peer: any)
            case .noSocket:
                OpenSocket(nil, local: any, peer: any, obstacle: .noSocket)
            }
        return kernel.openSocket(socket)
    }

    /// Closes a file.
    public func closeFile(_ descriptor: UInt32) {
        kernel.closeSocket(descriptor)
    }

    /// Runs `body` while clients lack CAP_NET_ADMIN.
    public func withoutPrivilege(_ body: (NetlinkConnector<BoxedTransport>) throws -> Void) throws {
        kernel.behavior.isPrivileged = false
        defer { kernel.behavior.isPrivileged = true }
        try body(connector)
    }
}
