public import L2TPModel
public import L2TPWire
internal import Netlink
public import SystemPackage

extension L2TPClient where Transport: ~Copyable {
    /// Creates a tunnel over a socket of this process: a datagram socket of UDP or of IP protocol 115, in the
    /// client's network namespace.
    ///
    /// The tunnel lives until it is deleted or the last descriptor of the socket is closed, also by the end of the
    /// process; then its sessions go too, without a notification. The socket's address and peer become the
    /// tunnel's. Module L2TPSockets has sockets and tunnels that look after themselves.
    ///
    /// The kernel command is `L2TP_CMD_TUNNEL_CREATE` with `L2TP_ATTR_FD`.
    ///
    /// - Parameters:
    ///   - tunnel: What to create. Linux compares its identifier neither with the header nor with the
    ///     connection identifier that a socket of protocol 115 is bound to.
    ///   - socket: The socket's descriptor, which stays the caller's. One that has carried a tunnel should not carry
    ///     another: Linux 6.1 refuses it for ever, and on Linux 6.12, which takes it, such a second tunnel was once
    ///     seen to outlive its socket.
    ///   - encapsulation: What the socket speaks.
    /// - Throws: ``L2TPError`` with reason `invalid` (nothing was sent, or the descriptor is none of such a socket),
    ///   `exists`, `socketBusy`, `namespace`, `notPermitted` or `other`.
    public mutating func createTunnel(
        _ tunnel: ManagedTunnelSpecification, over socket: FileDescriptor, _ encapsulation: Encapsulation
    ) throws(L2TPError) {
        let object = L2TPError.Object.tunnel(tunnel.id)
        let violations = tunnel.violations(over: encapsulation)
        guard violations.isEmpty else { throw L2TPError(.create, object, violations: violations) }
        // The kernel takes a negative number for a socket that it is to make itself.
        guard let descriptor = UInt32(exactly: socket.rawValue) else {
            throw L2TPError(.create, object, .invalid, "\(socket.rawValue) is not a descriptor")
        }
        let existing = try look(for: .create, object) { (client) throws(L2TPError) in try client.tunnel(tunnel.id) }
        if let existing {
            throw L2TPError(
                .create, object, .exists, errno: .fileExists,
                "the tunnel id is taken by a tunnel \(existing.route)")
        }
        do {
            try perform(.tunnelCreate) { (writer) throws(NetlinkError) in
                try writer.append(.tunnelID, number: tunnel.id.rawValue)
                try writer.append(.peerTunnelID, number: tunnel.peerID.rawValue)
                try writer.append(.protocolVersion, number: tunnel.protocolVersion.rawValue)
                try writer.append(.encapsulationType, number: encapsulation.rawValue)
                try writer.append(.fileDescriptor, number: descriptor)
            }
        } catch {
            throw .refusing(error, object, over: socket, encapsulation)
        }
    }
}

extension L2TPError.Reason {
    /// The socket carries a tunnel already, or is otherwise used by the kernel.
    public static let socketBusy = Self(rawValue: "socket-busy")
}

extension L2TPError {
    /// What the kernel's refusal of a managed tunnel means.
    fileprivate static func refusing(
        _ error: NetlinkError, _ object: Object, over socket: FileDescriptor, _ encapsulation: Encapsulation
    ) -> Self {
        func refusal(_ reason: Reason, _ explanation: String, remedy: String? = nil) -> Self {
            Self(.create, object, reason, errno: error.errno, explanation, remedy: remedy)
        }
        guard error.operation == .request else { return Self(.create, object, error) }
        let subject = "descriptor \(socket.rawValue)"
        switch error.errno {
        case .fileExists:  // EEXIST
            return refusal(
                .exists, "the tunnel id is taken", remedy: "if it was just deleted, the kernel may still be removing it"
            )
        case .badFileDescriptor:  // EBADF
            return refusal(.invalid, "\(subject) is not open in this process")
        case .notSocket:  // ENOTSOCK
            return refusal(.invalid, "\(subject) is not a socket")
        case .protocolNotSupported:  // EPROTONOSUPPORT
            return refusal(.invalid, "\(subject) is not a socket of encapsulation \(encapsulation)")
        case .invalidArgument:  // EINVAL
            return refusal(
                .namespace, "\(subject) belongs to another network namespace than the client",
                remedy: "open both in the same namespace")
        case .resourceBusy:  // EBUSY
            return refusal(.socketBusy, "\(subject) carries a tunnel already")
        default:
            return Self(.create, object, error)
        }
    }
}
