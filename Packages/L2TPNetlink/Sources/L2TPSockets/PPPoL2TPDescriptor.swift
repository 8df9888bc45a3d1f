internal import CLibmnl
internal import Glibc
internal import L2TPModel
internal import Netlink
internal import SystemPackage

/// The descriptor of a PPPoL2TP socket, of a session or of a whole tunnel, with what both can be asked.
struct PPPoL2TPDescriptor: ~Copyable, Sendable {
    /// The level of the options (`SOL_PPPOL2TP` of the kernel's socket.h).
    private static let level: CInt = 273

    let descriptor: FileDescriptor
    /// The socket in words, for messages.
    let object: String

    init(_ object: String, in namespace: PinnedNamespace) throws(SocketError) {
        descriptor = try namespace.call(object) {
            .opening(object, $0, module: KernelModule("l2tp_ppp"))
        } _: { () throws(Errno) in
            try SocketCalls.open(AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP)
        }
        self.object = object
    }

    deinit {
        try? descriptor.close()
    }

    func connect(to address: PPPoL2TPAddress) throws(SocketError) {
        let violations = address.violations()
        guard violations.isEmpty else {
            throw SocketError(
                .connect, object, .invalid, violations.map(\.description).joined(separator: "; "))
        }
        do {
            try SocketCalls.connect(descriptor, to: address.bytes)
        } catch {
            throw refusal(error, connecting: address)
        }
    }

    private func refusal(_ errno: Errno, connecting address: PPPoL2TPAddress) -> SocketError {
        let (tunnel, session) = (address.tunnelID, address.sessionID)
        func refusal(_ reason: SocketError.Reason, _ explanation: String, remedy: String? = nil) -> SocketError {
            SocketError(.connect, object, reason, errno: errno, explanation, remedy: remedy)
        }
        switch errno {
        case .noSuchFileOrDirectory:  // ENOENT
            return refusal(.notFound, "there is no tunnel \(tunnel)", remedy: "create the tunnel first")
        case .protocolWrongTypeForSocket:  // EPROTOTYPE
            return refusal(.wrongType, "session \(session) of tunnel \(tunnel) does not carry PPP")
        case .fileExists:  // EEXIST
            return refusal(.exists, "session \(session) of tunnel \(tunnel) has a socket already")
        case .resourceBusy:  // EBUSY
            return refusal(.busy, "it is connected already, or its tunnel's socket is another tunnel's")
        case .badFileDescriptor:  // EBADF
            return refusal(.invalid, "descriptor \(address.tunnelDescriptor) is not the tunnel's socket")
        case .invalidArgument:  // EINVAL
            return refusal(.invalid, "the kernel does not take these identifiers")
        default:
            return SocketError(.connect, object, errno)
        }
    }

    /// The corresponding C function is `getsockname`.
    func address() throws(SocketError) -> PPPoL2TPAddress {
        do throws(Errno) {
            guard let address = PPPoL2TPAddress(bytes: try SocketCalls.localAddress(descriptor)) else {
                throw Errno.badMessage
            }
            return address
        } catch {
            throw SocketError(.read, object, error)
        }
    }

    func option(_ option: PPPoL2TPOption) throws(SocketError) -> Int32 {
        do {
            return try SocketCalls.option(option.rawValue, level: Self.level, of: descriptor)
        } catch {
            throw refusal(error, configuring: option)
        }
    }

    func setOption(_ option: PPPoL2TPOption, to value: Int32) throws(SocketError) {
        do {
            try SocketCalls.setOption(option.rawValue, level: Self.level, to: value, of: descriptor)
        } catch {
            throw refusal(error, configuring: option)
        }
    }

    private func refusal(_ errno: Errno, configuring option: PPPoL2TPOption) -> SocketError {
        switch errno {
        case .protocolNotAvailable:  // ENOPROTOOPT
            SocketError(
                .configure, object, .notSupported, errno: errno, "the kernel knows no option \(option.rawValue)")
        case .invalidArgument:  // EINVAL
            SocketError(
                .configure, object, .invalid, errno: errno, "the socket does not take this value or option")
        default:
            SocketError(.configure, object, errno)
        }
    }

    /// The corresponding C function is `ioctl` with `PPPIOCGL2TPSTATS`.
    func statistics(session: UInt16) throws(SocketError) -> PPPoL2TPStatistics {
        var bytes = PPPoL2TPStatistics.request(session: session)
        do throws(Errno) {
            try SocketCalls.control(descriptor, UInt(L2TP_PPPIOCGL2TPSTATS), &bytes)
            guard let statistics = PPPoL2TPStatistics(bytes: bytes) else { throw Errno.badMessage }
            return statistics
        } catch {
            guard error == Errno(rawValue: EBADR) else { throw SocketError(.read, object, error) }
            throw SocketError(
                .read, object, .notFound, errno: error, "there is no PPP session \(session) in its tunnel")
        }
    }
}
