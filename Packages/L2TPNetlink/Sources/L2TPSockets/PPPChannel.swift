internal import CLibmnl
public import Netlink
public import SystemPackage

/// A PPP channel, as the kernel's PPP gives it out at /dev/ppp: what a PPPoL2TP or PPPoE socket sends and receives.
///
/// A channel can be joined with another (``bridge(to:)``), as an access concentrator does; or carry a ``PPPUnit``; or
/// be read and written frame by frame, as the negotiation needs. It needs CAP_NET_ADMIN. Closing it, which it does
/// itself, leaves the socket alone.
public struct PPPChannel: ~Copyable, Sendable {
    /// The device at which the kernel's PPP is reached.
    static let device = "/dev/ppp"

    /// The channel's number.
    public let index: PPPChannelIndex
    /// The descriptor, which becomes readable when a frame waits that no unit takes.
    public let fileDescriptor: FileDescriptor
    /// The kernel looks for the other channel of a bridge in the namespace of the calling thread.
    private let namespace: PinnedNamespace

    /// Opens a channel of a socket in a network namespace.
    ///
    /// Throws ``SocketError`` with reason `namespace`, `notPermitted`, `notSupported` (no /dev/ppp), `notFound` (no such
    /// channel) or `other`. The corresponding C function is `ioctl` with `PPPIOCATTCHAN`.
    public init(_ index: PPPChannelIndex, in namespace: NetworkNamespace = .current) throws(SocketError) {
        try self.init(index, in: PinnedNamespace(namespace))
    }

    /// Opens a channel of a socket in a network namespace that is held.
    public init(_ index: PPPChannelIndex, in namespace: PinnedNamespace) throws(SocketError) {
        let object = "PPP channel \(index)"
        fileDescriptor = try .ppp(object, in: namespace) { (descriptor) throws(Errno) in
            try SocketCalls.control(descriptor, UInt(L2TP_PPPIOCATTCHAN), index.rawValue)
        }
        self.index = index
        self.namespace = namespace
    }

    deinit {
        try? fileDescriptor.close()
    }

    private var object: String { "PPP channel \(index)" }

    /// Joins the channel with another of the same namespace: what one receives the other sends, until either is
    /// parted or closed.
    ///
    /// Throws ``SocketError`` with reason `notFound` (the other channel), `exists` (either is bridged), `invalid` or
    /// `other`. The corresponding C function is `ioctl` with `PPPIOCBRIDGECHAN`, Linux 5.11 and later.
    public borrowing func bridge(to other: PPPChannelIndex) throws(SocketError) {
        let (object, descriptor) = (object, fileDescriptor)
        try namespace.call(object) { errno in
            switch errno {
            case .noSuchAddressOrDevice:  // ENXIO
                SocketError(.bridge, object, .notFound, errno: errno, "there is no PPP channel \(other)")
            case .fileExists, .alreadyInProcess:
                SocketError(.bridge, object, .exists, errno: errno, "it or channel \(other) is bridged already")
            default: SocketError(.bridge, object, errno)
            }
        } _: { () throws(Errno) in
            _ = try SocketCalls.control(descriptor, UInt(L2TP_PPPIOCBRIDGECHAN), other.rawValue)
        }
    }

    /// Parts the channel from the one it was joined with.
    ///
    /// Throws ``SocketError`` with reason `invalid` (it is not bridged) or `other`. The corresponding C function is
    /// `ioctl` with `PPPIOCUNBRIDGECHAN`.
    public borrowing func unbridge() throws(SocketError) {
        do {
            try SocketCalls.control(fileDescriptor, UInt(L2TP_PPPIOCUNBRIDGECHAN))
        } catch {
            guard error == .invalidArgument else { throw SocketError(.bridge, object, error) }
            throw SocketError(.bridge, object, .invalid, errno: error, "it is not bridged")
        }
    }

    /// Gives the channel to a PPP unit, whose packets it then carries.
    ///
    /// Throws ``SocketError`` with reason `notFound` (the unit), `busy` (the channel has one) or `other`. The
    /// corresponding C function is `ioctl` with `PPPIOCCONNECT`.
    public borrowing func connect(to unit: borrowing PPPUnit) throws(SocketError) {
        do {
            try SocketCalls.control(fileDescriptor, UInt(L2TP_PPPIOCCONNECT), unit.number)
        } catch {
            switch error {
            case .noSuchAddressOrDevice:  // ENXIO
                throw SocketError(
                    .connect, object, .notFound, errno: error,
                    "there is no PPP unit \(unit.number) in its namespace")
            case .invalidArgument:
                throw SocketError(.connect, object, .busy, errno: error, "it has a unit or a bridge already")
            default:
                throw SocketError(.connect, object, error)
            }
        }
    }

    /// Takes the channel from its unit.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `ioctl` with `PPPIOCDISCONN`.
    public borrowing func disconnect() throws(SocketError) {
        do {
            try SocketCalls.control(fileDescriptor, UInt(L2TP_PPPIOCDISCONN))
        } catch {
            throw SocketError(.connect, object, error)
        }
    }

    /// Sends one PPP frame, beginning with the protocol, most significant byte first.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `write`.
    public borrowing func send(_ frame: Span<UInt8>) throws(SocketError) {
        do {
            try SocketCalls.write(frame, to: fileDescriptor)
        } catch {
            throw SocketError(.send, object, error)
        }
    }

    /// Waits for one PPP frame that no unit takes, for `limit` at most, forever without one; nil if none has come.
    ///
    /// Throws ``SocketError`` with reason `notConnected` if the channel's socket is closed, or `other`. The corresponding
    /// C function is `read`.
    public borrowing func receive(atMost limit: Duration? = nil) throws(SocketError) -> [UInt8]? {
        let deadline = limit.map { ContinuousClock.now + $0 }
        while true {
            do {
                let left = deadline.map { max($0 - .now, .zero) }
                guard try Readiness.wait(for: [fileDescriptor], atMost: left)[0] else { return nil }
            } catch {
                throw SocketError(.receive, object, error.errno)
            }
            do throws(Errno) {
                let frame = try SocketCalls.read(from: fileDescriptor)
                // The end of the file: no frame is empty.
                if frame.isEmpty { throw Errno.socketNotConnected }
                return frame
            } catch  where error == .resourceTemporarilyUnavailable {
                // EAGAIN: another reader of the descriptor was faster.
                continue
            } catch {
                throw SocketError(.receive, object, error)
            }
        }
    }
}

extension FileDescriptor {
    /// Opens /dev/ppp for the channel or unit that `attach` makes it, in a network namespace.
    static func ppp(
        _ object: String, in namespace: PinnedNamespace, _ attach: @escaping (Self) throws(Errno) -> Void
    ) throws(SocketError) -> Self {
        try namespace.call(object) { errno in
            switch errno {
            case .noSuchFileOrDirectory:
                .opening(object, .protocolNotSupported, module: KernelModule("ppp_generic"))
            case .noSuchAddressOrDevice:  // ENXIO
                SocketError(.open, object, .notFound, errno: errno, "there is none in this network namespace")
            case .notPermitted, .permissionDenied:
                SocketError(
                    .open, object, .notPermitted, errno: errno, "not permitted",
                    remedy: "PPP needs CAP_NET_ADMIN: run as root")
            default: SocketError(.open, object, errno)
            }
        } _: { () throws(Errno) in
            let descriptor = try SocketCalls.openDevice(PPPChannel.device)
            do throws(Errno) {
                try attach(descriptor)
            } catch {
                try? descriptor.close()
                throw error
            }
            return descriptor
        }
    }
}
