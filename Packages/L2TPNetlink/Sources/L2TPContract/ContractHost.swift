public import L2TPModel
public import L2TPWire
public import Netlink
public import NetlinkTestSupport

/// A host whose kernel is held to the contract: ``FakeHost``, and in the kernel tests a network namespace.
///
/// It has the link `eth0` with 192.0.2.1/24 and 2001:db8::1/64, `lo` with its addresses, and no route to
/// 198.51.100.0/24 and 2001:db8:ffff::/48.
public protocol ContractHost {
    /// What the kernel is measured against.
    var release: FakeKernel.Release { get }
    /// Opens transports to the kernel.
    var connector: NetlinkConnector<BoxedTransport> { get }
    /// Adds a link that belongs to no session.
    func addLink(named name: String) throws
    /// Gives a link another name.
    func renameLink(_ name: String, to newName: String) throws
    /// Removes a link that ``addLink(named:)`` made.
    func removeLink(_ name: String) throws
    /// Whether there is a link of that name.
    func hasLink(named name: String) throws -> Bool
    /// Gives `eth0` an IPv6 address of 128 bits whose uniqueness has not been seen to yet.
    func addTentativeAddress(_ address: IPAddress) throws
    /// Waits until that address may be used.
    func settleAddress(_ address: IPAddress) throws
    /// Takes an address from `eth0`.
    func removeAddress(_ address: IPAddress) throws
    /// Adds a route to one peer that refuses.
    func refuseRoute(to peer: IPAddress, _ kind: RefusingRoute) throws
    /// Removes that route.
    func restoreRoute(to peer: IPAddress, _ kind: RefusingRoute) throws
    /// Opens a file of this process; its descriptor.
    func openFile(_ file: ContractFile) throws -> UInt32
    /// Closes a file that ``openFile(_:)`` opened.
    func closeFile(_ descriptor: UInt32) throws
    /// Runs `body` without CAP_NET_ADMIN, with a connector of its own.
    func withoutPrivilege(_ body: @escaping (NetlinkConnector<BoxedTransport>) throws -> Void) throws
}

/// A route that leads nowhere, by its type in ip-route(8).
public enum RefusingRoute: String, Hashable, Sendable, CaseIterable {
    /// `EHOSTUNREACH`.
    case unreachable
    /// `EACCES`.
    case prohibit
    /// `EINVAL`.
    case blackhole
}

/// A file whose descriptor is handed to the kernel with `L2TP_ATTR_FD`.
public enum ContractFile: Hashable, Sendable {
    /// A UDP socket of 192.0.2.1 or 2001:db8::1 and a port, connected to port 6000 of .2 or ::2.
    case udp(IPVersion, port: UInt16)
    /// A UDP socket of 192.0.2.1 and a port, connected to nobody.
    case unconnectedUDP(port: UInt16)
    /// A UDP socket as ``udp(_:port:)`` of IPv4, which has an IPsec policy that allows everything.
    case udpWithIPsecPolicy(port: UInt16)
    /// A UDP socket of another network namespace.
    case foreignUDP
    /// An L2TPIP socket of 192.0.2.1 with a connection identifier, connected to 192.0.2.2.
    case l2tpIP(connectionID: UInt32)
    /// A TCP socket.
    case tcp
    /// A file that is no socket.
    case noSocket
}
