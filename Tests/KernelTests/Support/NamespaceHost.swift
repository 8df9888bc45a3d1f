import L2TPContract
import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// A network namespace whose kernel is held to the contract.
struct NamespaceHost: ContractHost {
    let namespace: TestNamespace

    /// Linux 6.11 and later behave like 6.12.
    var release: FakeKernel.Release { Kernel.hasNamespaceWideSessions ? .linux6_12 : .linux6_1 }

    var connector: NetlinkConnector<BoxedTransport> {
        NetlinkConnector<NetlinkSocket>.kernel(in: namespace.networkNamespace).boxed
    }

    /// A namespace with `eth0`, its addresses, and no IPv6 traffic of its own.
    static func make() throws -> Self {
        let namespace = try TestNamespace.make(1)[0]
        do {
            try Shell.ip(
                [
                    "link add eth0 type veth peer name peer0", "link set peer0 addrgenmode none up",
                    "link set eth0 addrgenmode none up", "address add 192.0.2.1/24 dev eth0",
                    "address add 2001:db8::1/64 dev eth0 nodad",
                ], in: namespace)
            try SystemCalls.inNamespace(namespace.path) {
                try Kernel.write("1", to: "/proc/sys/net/ipv6/conf/default/disable_ipv6")
            }
        } catch {
            TestNamespace.remove([namespace])
            throw error
        }
        return Self(namespace: namespace)
    }

    func addLink(named name: String) throws {
        try Shell.ip(["link add \(name) type dummy"], in: namespace)
    }

    func renameLink(_ name: String, to newName: String) throws {
        try Shell.ip(["link set \(name) name \(newName)"], in: namespace)
    }

    func removeLink(_ name: String) throws {
        try Shell.ip(["link delete \(name)"], in: namespace)
    }

    func hasLink(named name: String) throws -> Bool {
        try namespace.link(name) != nil
    }

    func addTentativeAddress(_ address: IPAddress) throws {
        // For half a minute, unless settled.
        try namespace.set("ipv6/conf/eth0/dad_transmits", to: "30")
        try Shell.ip(["address add \(address)/128 dev eth0"], in: namespace)
    }

    func settleAddress(_ address: IPAddress) throws {
        try removeAddress(address)
        try Shell.ip(["address add \(address)/128 dev eth0 nodad"], in: namespace)
    }

    func removeAddress(_ address: IPAddress) throws {
        try Shell.ip(["address delete \(address)/128 dev eth0"], in: namespace)
    }

    func refuseRoute(to peer: IPAddress, _ kind: RefusingRoute) throws {
        try Shell.ip(["route add \(kind) \(peer)"], in: namespace)
    }

    func restoreRoute(to peer: IPAddress, _ kind: RefusingRoute) throws {
        try Shell.ip(["route delete \(kind) \(peer)"], in: namespace)
    }

    func openFile(_ file: ContractFile) throws -> UInt32 {
        func address(_ end: UInt8, _ version: IPVersion) -> IPAddress { Contract.address(end, version) }
        let home = file == .foreignUDP ? nil : namespace.path
        let descriptor = try SystemCalls.inNamespace(home) {
            switch file {
            case .udp(let version, let port):
                return try SystemCalls.socket(
                    from: .udp(address(1, version), port: port), to: .udp(address(2, version), port: 6000))
            case .unconnectedUDP(let port):
                return try SystemCalls.socket(from: .udp(address(1, .v4), port: port))
            case .udpWithIPsecPolicy(let port):
                let socket = try SystemCalls.socket(
                    from: .udp(address(1, .v4), port: port), to: .udp(address(2, .v4), port: 6000))
                do {
                    // Makes the kernel load the module that understands policies.
                    try Shell.ip(["xfrm policy list"], in: namespace)
                    try SystemCalls.allowEverythingByIPsecPolicy(socket, .v4)
                } catch {
                    try socket.close()
                    throw error
                }
                return socket
            case .foreignUDP:
                return try SystemCalls.datagramSocket(.v4)
            case .l2tpIP(let connectionID):
                let id = TunnelID(connectionID)
                return try SystemCalls.socket(
                    from: .ip(address(1, .v4), connectionID: id), to: .ip(address(2, .v4), connectionID: id))
            case .tcp:
                return try SystemCalls.streamSocket()
            case .noSocket:
                return try FileDescriptor.open(FilePath("/dev/null"), .readOnly, options: .closeOnExec)
            }
        }
        return UInt32(descriptor.rawValue)
    }

    func closeFile(_ descriptor: UInt32) throws {
        try FileDescriptor(rawValue: CInt(descriptor)).close()
    }

    func withoutPrivilege(_ body: @escaping (NetlinkConnector<BoxedTransport>) throws -> Void) throws {
        try SystemCalls.unprivileged(in: namespace.path) {
            try body(NetlinkConnector<NetlinkSocket>.kernel().boxed)
        }
    }
}

/// Gives a suite one namespace that is held to the contract.
struct ContractHostTrait: SuiteTrait, TestScoping {
    @TaskLocal static var host: NamespaceHost?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let host = try NamespaceHost.make()
        defer { TestNamespace.remove([host.namespace]) }
        try await Self.$host.withValue(host) { try await function() }
    }
}

extension Trait where Self == ContractHostTrait {
    /// One namespace for the whole suite.
    static var contractHost: Self { Self() }
}

extension NamespaceHost {
    /// The host of the running suite.
    static func current() throws -> Self {
        try #require(ContractHostTrait.host, "the suite has no trait .contractHost")
    }
}
