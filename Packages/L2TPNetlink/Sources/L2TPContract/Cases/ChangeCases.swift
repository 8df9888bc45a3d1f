internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink
internal import SystemPackage

extension ContractCase {
    /// Tunnel 47000, which no other case has: the kernel tells every namespace of changes in any.
    private static let tunnelID = TunnelID(47000)

    private static let tunnel = TunnelSpecification(
        id: tunnelID, peerID: TunnelID(4000), local: Contract.address(1), peer: Contract.address(2),
        encapsulation: .udp(UDPParameters(sourcePort: 5000, destinationPort: 6000)))

    private static func session(_ id: UInt32, named name: String) throws -> SessionSpecification {
        var session = SessionSpecification(tunnelID: tunnelID, id: SessionID(id), peerID: SessionID(id))
        session.interfaceName = try InterfaceName(name)
        return session
    }

    /// Changes of what exists, and what is told of changes.
    static let changeCases: [ContractCase] = [
        ContractCase("the client changes a session by its identifiers and by its interface") { kernel in
            try kernel.client.createTunnel(tunnel)
            try kernel.client.createSession(session(1, named: "pw1"))
            try kernel.client.createSession(session(2, named: "pw2"))
            let before = try kernel.client.sessions()
            let changed = try kernel.client.modifySession(
                SessionID(1), in: tunnelID,
                SessionModification(requiresSequenceNumbers: true, lnsMode: true, reorderTimeout: .milliseconds(40)))
            kernel.expect(changed.requiresSequenceNumbers, true, "recv_seq")
            kernel.expect(changed.sendsSequenceNumbers, false, "send_seq, which was not to change")
            kernel.expect(changed.lnsMode, true, "lns_mode")
            kernel.expect(changed.reorderTimeout, .milliseconds(40), "reorder_timeout")
            let named = try kernel.client.modifySession(
                interface: "pw1", SessionModification(requiresSequenceNumbers: false, sendsSequenceNumbers: true))
            kernel.expect(named.id, SessionID(1), "session of the interface")
            kernel.expect([named.requiresSequenceNumbers, named.sendsSequenceNumbers], [false, true], "by interface")
            kernel.expect(named.reorderTimeout, .milliseconds(40), "what was changed before")
            kernel.expect(
                try kernel.client.session(SessionID(2), in: tunnelID), before.first { $0.id == SessionID(2) },
                "the other session")
        },
        ContractCase("the client explains why a session cannot be changed") { kernel in
            let change = SessionModification(lnsMode: true)
            kernel.expect(.notFound, .operationNotSupportedByDevice, "without a tunnel") { (client) throws(L2TPError) in
                try client.modifySession(SessionID(1), in: tunnelID, change)
            }
            try kernel.client.createTunnel(tunnel)
            kernel.expect(.notFound, .operationNotSupportedByDevice, "session") { (client) throws(L2TPError) in
                try client.modifySession(SessionID(1), in: tunnelID, change)
            }
            kernel.expect(.notFound, .operationNotSupportedByDevice, "interface") { (client) throws(L2TPError) in
                try client.modifySession(interface: "eth0", change)
            }
            kernel.expect(.notFound, .operationNotSupportedByDevice, "tunnel") { (client) throws(L2TPError) in
                try client.modifyTunnel(TunnelID(47001))
            }
            kernel.expect(.invalid, nil, "nothing to change") { (client) throws(L2TPError) in
                try client.modifySession(SessionID(1), in: tunnelID, SessionModification())
            }
        },
        ContractCase("every change is told once, to the socket's own namespace too, when its answer comes") { kernel in
            var listener = try Listener(kernel.host, family: kernel.client.family)
            try kernel.client.createTunnel(tunnel)
            kernel.expect(try listener.news(of: tunnelID), ["create tunnel"], "creating a tunnel")
            try kernel.client.createSession(session(1, named: "pw1"))
            kernel.expect(try listener.news(of: tunnelID), ["create session 1"], "creating a session")
            let change = SessionModification(sendsSequenceNumbers: true)
            try kernel.client.modifySession(SessionID(1), in: tunnelID, change)
            kernel.expect(try listener.news(of: tunnelID), ["modify session 1 send_seq"], "changing a session")
            try kernel.client.modifySession(interface: "pw1", change)
            kernel.expect(try listener.news(of: tunnelID), ["modify session 1 send_seq"], "changing nothing of it")
            try kernel.client.modifyTunnel(tunnelID)
            kernel.expect(try listener.news(of: tunnelID), ["modify tunnel"], "changing nothing of a tunnel")
            try kernel.client.deleteSession(SessionID(1), in: tunnelID)
            kernel.expect(try listener.news(of: tunnelID), ["delete session 1 send_seq"], "deleting a session")
            try kernel.client.createSession(session(2, named: "pw2"))
            kernel.expect(try listener.news(of: tunnelID), ["create session 2"], "creating another")
            try kernel.client.deleteTunnel(tunnelID)
            kernel.expect(try listener.news(of: tunnelID), ["delete tunnel"], "deleting a tunnel with a session")
        },
        ContractCase("what is refused, and the end of a tunnel with its socket, is not told") { kernel in
            var listener = try Listener(kernel.host, family: kernel.client.family)
            kernel.expect(.notFound, .operationNotSupportedByDevice, "tunnel") { (client) throws(L2TPError) in
                try client.modifyTunnel(tunnelID)
            }
            let descriptor = try kernel.host.openFile(.udp(.v4, port: 5000))
            let managed = ManagedTunnelSpecification(id: tunnelID, peerID: TunnelID(4000))
            let file = FileDescriptor(rawValue: CInt(bitPattern: descriptor))
            try kernel.client.createTunnel(managed, over: file, .udp)
            try kernel.client.createSession(session(1, named: "pw1"))
            kernel.expect(try listener.news(of: tunnelID), ["create tunnel", "create session 1"], "creating")
            try kernel.host.closeFile(descriptor)
            try kernel.expectEventually("the tunnel goes with its socket") { kernel in
                guard try kernel.client.tunnel(tunnelID) == nil else { return false }
                return try !kernel.host.hasLink(named: "pw1")
            }
            kernel.expect(try listener.news(of: tunnelID), [], "closing the socket")
        },
        ContractCase("the client makes tunnels of sockets, and explains why one cannot be") { kernel in
            let managed = ManagedTunnelSpecification(id: tunnelID, peerID: TunnelID(4000), protocolVersion: .v2)
            let cases: [(ContractFile, Encapsulation, ProtocolVersion, L2TPError.Reason?, Errno?)] = [
                (.udp(.v4, port: 5000), .udp, .v2, nil, nil), (.udp(.v6, port: 5000), .udp, .v3, nil, nil),
                (.l2tpIP(connectionID: 47000), .ip, .v3, nil, nil),
                (.udp(.v4, port: 5000), .ip, .v3, .invalid, .protocolNotSupported),
                (.l2tpIP(connectionID: 47000), .udp, .v3, .invalid, .protocolNotSupported),
                (.l2tpIP(connectionID: 47000), .ip, .v2, .invalid, nil),
                (.tcp, .udp, .v3, .invalid, .protocolNotSupported), (.noSocket, .udp, .v3, .invalid, .notSocket),
                (.foreignUDP, .udp, .v3, .namespace, .invalidArgument),
            ]
            for (file, encapsulation, version, reason, errno) in cases {
                let descriptor = try kernel.host.openFile(file)
                let socket = FileDescriptor(rawValue: CInt(bitPattern: descriptor))
                var tunnel = managed
                tunnel.protocolVersion = version
                if let reason {
                    kernel.expect(reason, errno, "\(file), \(encapsulation)") { [tunnel] (client) throws(L2TPError) in
                        try client.createTunnel(tunnel, over: socket, encapsulation)
                    }
                } else {
                    try kernel.client.createTunnel(tunnel, over: socket, encapsulation)
                    kernel.expect(try kernel.client.tunnel(tunnelID)?.protocolVersion, version, "\(file)")
                    kernel.expect(.exists, .fileExists, "the identifier again") { [tunnel] (client) throws(L2TPError) in
                        try client.createTunnel(tunnel, over: socket, encapsulation)
                    }
                    tunnel.id = TunnelID(47001)
                    kernel.expect(.socketBusy, .resourceBusy, "the socket again") {
                        [tunnel] (client) throws(L2TPError) in
                        try client.createTunnel(tunnel, over: socket, encapsulation)
                    }
                }
                try kernel.host.closeFile(descriptor)
                try kernel.expectEventually("\(file): no tunnel") { kernel in try kernel.client.tunnels().isEmpty }
            }
        },
    ]

    /// A member of the multicast group `l2tp`.
    private struct Listener: ~Copyable {
        private var subscription: NetlinkSubscription<BoxedTransport>
        private let messageType: NetlinkMessageType

        init(_ host: any ContractHost, family: GenericFamily) throws(NetlinkError) {
            guard let group = family.multicastGroups[GenericFamily.l2tpMulticastGroupName] else {
                throw NetlinkError(.join, .noSuchFileOrDirectory)
            }
            subscription = try NetlinkSubscription(over: try host.connector.open(.generic), groups: [group])
            messageType = family.messageType
        }

        /// What has been told of a tunnel and its sessions since the last call.
        mutating func news(of tunnelID: TunnelID) throws -> [String] {
            var news: [String] = []
            while try Readiness.wait(for: [subscription.fileDescriptor], atMost: .zero) == [true] {
                try subscription.receive { [messageType] (message) throws(NetlinkError) in
                    guard message.header.type == messageType, let told = try L2TPNotification(message) else { return }
                    switch told.object {
                    case .tunnel(let tunnel) where tunnel.id == tunnelID:
                        news.append("\(told.action) tunnel")
                    case .session(let session) where session.tunnelID == tunnelID:
                        let setting = session.sendsSequenceNumbers ? " send_seq" : ""
                        news.append("\(told.action) session \(session.id)\(setting)")
                    default:
                        break
                    }
                }
            }
            return news
        }
    }
}
