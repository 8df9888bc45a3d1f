internal import CLibmnl
internal import Glibc
internal import L2TPModel
internal import L2TPWire
internal import Netlink
public import SystemPackage

/// Control messages, and the errors that the network reports.
extension TunnelSocket {
    /// Sends one message to the peer the socket is connected to.
    ///
    /// Over UDP it may be anything. Over IP the kernel puts the four zero bytes in front that make it a control
    /// message (RFC 3931 §4.1.1.2), and the receiving kernel finds its socket by the control connection identifier, so
    /// that the header's T and L bits must be set.
    ///
    /// Throws ``SocketError`` with reason `invalid` (nothing was sent), `notConnected`, `refused`, `noRoute` or
    /// `other`; `refused` and `noRoute` may be the fate of an earlier message. The corresponding C function is `sendto`.
    public borrowing func send(_ message: Span<UInt8>) throws(SocketError) {
        try transmit(message, to: nil)
    }

    /// Sends one message to an address, as ``send(_:)``.
    public borrowing func send(_ message: Span<UInt8>, to peer: TunnelSocketAddress) throws(SocketError) {
        guard peer.encapsulation == encapsulation, peer.address.version == version else {
            throw SocketError(.send, object, .invalid, "\(peer) is an address of another kind of socket")
        }
        try transmit(message, to: peer)
    }

    private borrowing func transmit(_ message: Span<UInt8>, to peer: TunnelSocketAddress?) throws(SocketError) {
        if encapsulation == .ip {
            guard message.count >= 8, message[0] & 0xc0 == 0xc0 else {
                throw SocketError(
                    .send, object, .invalid,
                    "this is not a control message of L2TPv3, with the T and L bits and an identifier")
            }
        }
        do {
            try SocketCalls.send(message, over: fileDescriptor, to: peer?.bytes)
        } catch {
            throw SocketError(.send, object, error)
        }
    }

    /// Waits for one message, for `limit` at most, forever without one; nil if none has come.
    ///
    /// Of a socket that carries a tunnel these are the control messages, and over UDP also what belongs to no session.
    /// Over IP the four zero bytes in front are gone.
    ///
    /// Throws ``SocketError`` with reason `refused` or `noRoute` if an ICMP error has come for something sent
    /// earlier, or `other`. The corresponding C function is `recvmsg`.
    public borrowing func receive(atMost limit: Duration? = nil) throws(SocketError) -> ReceivedMessage? {
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            do {
                let datagram = try SocketCalls.receive(from: fileDescriptor)
                return ReceivedMessage(
                    bytes: datagram.payload, source: TunnelSocketAddress(encapsulation, bytes: datagram.source))
            } catch  where error == .resourceTemporarilyUnavailable {
                // EAGAIN: a readiness that was a message with a wrong checksum comes here again.
                guard try wait(until: deadline) else { return nil }
            } catch {
                throw SocketError(.receive, object, error)
            }
        }
    }

    /// Whether a message or an error waits, after waiting for one until the deadline.
    private borrowing func wait(until deadline: ContinuousClock.Instant?) throws(SocketError) -> Bool {
        do {
            return try Readiness.wait(for: [fileDescriptor], atMost: deadline.map { max($0 - .now, .zero) })[0]
        } catch {
            throw SocketError(.receive, object, error.errno)
        }
    }

    /// The length in bytes of the message that ``receive(atMost:)`` would give; 0 if there is none, or an empty one.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `ioctl` with `SIOCINQ`.
    public borrowing func pendingByteCount() throws(SocketError) -> Int {
        do {
            return Int(try SocketCalls.control(fileDescriptor, UInt(L2TP_SIOCINQ)))
        } catch {
            throw SocketError(.read, object, error)
        }
    }

    // MARK: Errors

    /// Whether the kernel keeps every error that the network reports, with what was sent, for ``nextError()``;
    /// then ``receive(atMost:)`` throws also errors that a router reports, which may be temporary.
    ///
    /// Throws ``SocketError`` with reason `other`. The option is `IP_RECVERR` or `IPV6_RECVERR`.
    public borrowing func keepErrors(_ isOn: Bool = true) throws(SocketError) {
        do {
            switch version {
            case .v4:
                try SocketCalls.setOption(IP_RECVERR, level: CInt(IPPROTO_IP), to: isOn ? 1 : 0, of: fileDescriptor)
            case .v6:
                try SocketCalls.setOption(
                    IPV6_RECVERR, level: CInt(IPPROTO_IPV6), to: isOn ? 1 : 0, of: fileDescriptor)
            }
        } catch {
            throw SocketError(.configure, object, error)
        }
    }

    /// The oldest error that the kernel keeps, which it then forgets; nil if there is none. See ``keepErrors(_:)``.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `recvmsg` with `MSG_ERRQUEUE`.
    public borrowing func nextError() throws(SocketError) -> QueuedError? {
        do throws(Errno) {
            let datagram = try SocketCalls.receive(from: fileDescriptor, errorQueue: true)
            guard
                let queued = QueuedError(
                    control: datagram.control, message: datagram.payload,
                    destination: TunnelSocketAddress(encapsulation, bytes: datagram.source))
            else { throw Errno.badMessage }
            return queued
        } catch  where error == .resourceTemporarilyUnavailable {
            return nil
        } catch {
            throw SocketError(.receive, object, error)
        }
    }

    /// The error that the next call would fail with, which the kernel then forgets; nil if there is none.
    ///
    /// Throws ``SocketError`` with reason `other`. The option is `SO_ERROR`.
    public borrowing func pendingError() throws(SocketError) -> Errno? {
        do {
            let number = try SocketCalls.option(SO_ERROR, level: SOL_SOCKET, of: fileDescriptor)
            return number == 0 ? nil : Errno(rawValue: number)
        } catch {
            throw SocketError(.read, object, error)
        }
    }

    // MARK: Checksums

    /// Whether what the socket sends, the tunnel's data too, has UDP checksums. Over IPv6 this also says whether they
    /// are demanded of what it receives. They are on in a new socket; an unmanaged tunnel over IPv4 has none.
    ///
    /// Throws ``SocketError`` with reason `invalid` for encapsulation ip, which has none, or `other`. The options are
    /// `SO_NO_CHECK`, `UDP_NO_CHECK6_TX` and `UDP_NO_CHECK6_RX`.
    public borrowing func setChecksums(_ isOn: Bool) throws(SocketError) {
        guard encapsulation == .udp else {
            throw SocketError(.configure, object, .invalid, "only UDP has checksums")
        }
        let value: CInt = isOn ? 0 : 1
        do {
            switch version {
            case .v4: try SocketCalls.setOption(SO_NO_CHECK, level: SOL_SOCKET, to: value, of: fileDescriptor)
            case .v6:
                for option in [CInt(101), 102] {  // UDP_NO_CHECK6_TX, UDP_NO_CHECK6_RX
                    try SocketCalls.setOption(option, level: CInt(IPPROTO_UDP), to: value, of: fileDescriptor)
                }
            }
        } catch {
            throw SocketError(.configure, object, error)
        }
    }
}
