import Glibc
import L2TPModel
import L2TPSockets
import L2TPWire
import SystemPackage

/// Sockets without the checks of the library.
extension SystemCalls {
    /// Opens a socket of the calling thread's namespace.
    static func openSocket(_ domain: CInt, _ kind: CInt, _ number: CInt) throws -> FileDescriptor {
        FileDescriptor(rawValue: try check(Glibc.socket(domain, kind | CInt(SOCK_CLOEXEC.rawValue), number)))
    }

    /// A datagram socket of UDP or of IP protocol 115, bound to an address and, where there is one, connected to a peer.
    static func socket(from local: TunnelSocketAddress, to peer: TunnelSocketAddress? = nil) throws -> FileDescriptor {
        let socket = try datagramSocket(local.address.version, protocolNumber: local.encapsulation == .udp ? 0 : 115)
        if let errno = bind(socket, to: local.bytes) ?? peer.flatMap({ connect(socket, to: $0.bytes) }) {
            try? socket.close()
            throw errno
        }
        return socket
    }

    /// A datagram socket of UDP, or of another protocol, neither bound nor connected.
    static func datagramSocket(_ version: IPVersion, protocolNumber: CInt = 0) throws -> FileDescriptor {
        try openSocket(version == .v4 ? AF_INET : AF_INET6, CInt(SOCK_DGRAM.rawValue), protocolNumber)
    }

    /// A TCP socket, neither bound nor connected.
    static func streamSocket() throws -> FileDescriptor {
        try openSocket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    }

    /// Opens a packet socket of the calling thread's namespace that sees all frames of one interface.
    static func packetSocket(interface name: String) throws -> FileDescriptor {
        let index = unsafe if_nametoindex(name)
        guard index != 0 else { throw Errno(rawValue: errno) }
        let everything: UInt16 = 0x0003  // ETH_P_ALL
        let socket = try openSocket(AF_PACKET, CInt(SOCK_RAW.rawValue), CInt(everything.bigEndian))
        // struct sockaddr_ll: family, protocol, interface; the rest counts only for sending.
        let family = UInt16(AF_PACKET).bigEndian.bytes
        let address = family + everything.bytes + index.bigEndian.bytes + [UInt8](repeating: 0, count: 12)
        if let errno = bind(socket, to: address) {
            try? socket.close()
            throw errno
        }
        return socket
    }

    /// The error number of bind(2) with those bytes; nil if it succeeds.
    static func bind(_ socket: FileDescriptor, to address: [UInt8]) -> Errno? {
        unsafe use(address) { unsafe Glibc.bind(socket.rawValue, $0, $1) }
    }

    /// The error number of connect(2) with those bytes; nil if it succeeds.
    static func connect(_ socket: FileDescriptor, to address: [UInt8]) -> Errno? {
        unsafe use(address) { unsafe Glibc.connect(socket.rawValue, $0, $1) }
    }

    /// Gives an address to a system call; its error number.
    private static func use(_ address: [UInt8], _ call: (UnsafePointer<sockaddr>?, socklen_t) -> CInt) -> Errno? {
        unsafe address.withUnsafeBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe call(pointer, socklen_t(bytes.count)) == 0 ? nil : Errno(rawValue: errno)
        }
    }

    /// The error number of getpeername(2); nil if it succeeds.
    static func peerNameError(_ socket: FileDescriptor) -> Errno? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe getpeername(socket.rawValue, pointer, &length)
        }
        return result == 0 ? nil : Errno(rawValue: errno)
    }

    /// The error number of setsockopt(2) with a structure; nil if it succeeds.
    static func setOption(_ option: CInt, level: CInt, to value: [UInt8], of socket: FileDescriptor) -> Errno? {
        let result = unsafe value.withUnsafeBytes { value in
            unsafe setsockopt(socket.rawValue, level, option, value.baseAddress, socklen_t(value.count))
        }
        return result == 0 ? nil : Errno(rawValue: errno)
    }

    /// The error number of setsockopt(2) with an `int`; nil if it succeeds.
    static func setOption(_ option: CInt, level: CInt, to value: CInt, of socket: FileDescriptor) -> Errno? {
        setOption(option, level: level, to: UInt32(bitPattern: value).bigEndian.bytes, of: socket)
    }

    /// Gives a socket an IPsec policy for what it sends, which lets everything pass as it is (`IP_XFRM_POLICY`,
    /// `IPV6_XFRM_POLICY`). The kernel must have loaded what understands policies, as `ip xfrm` makes it do.
    static func allowEverythingByIPsecPolicy(_ socket: FileDescriptor, _ version: IPVersion) throws {
        // struct xfrm_userpolicy_info: a selector of 56 bytes with the family at 40; the direction at 160, where 1 is
        // XFRM_POLICY_OUT; then the action, of which 0 allows. Everything else is zero.
        var policy = [UInt8](repeating: 0, count: 168)
        policy[40] = UInt8(version == .v4 ? AF_INET : AF_INET6)
        policy[160] = 1
        let (option, level) = version == .v4 ? (17, IPPROTO_IP) : (35, IPPROTO_IPV6)
        if let errno = setOption(CInt(option), level: CInt(level), to: policy, of: socket) { throw errno }
    }

    /// The error number of ioctl(2) with an `int`, by number; nil if it succeeds. Swift imports no variadic functions.
    static func control(_ descriptor: FileDescriptor, _ request: UInt, _ number: CInt) throws -> Errno? {
        var number = number
        return try control(descriptor, request, &number)
    }

    /// The number of a PPPoX socket's PPP channel (`PPPIOCGCHAN`).
    static func pppChannel(of socket: FileDescriptor) throws -> CInt {
        var number: CInt = -1
        if let errno = try control(socket, 0x8004_7437, &number) { throw errno }
        return number
    }

    /// The error number of ioctl(2) with an `int` that the kernel may change; nil if it succeeds.
    private static func control(
        _ descriptor: FileDescriptor, _ request: UInt, _ number: inout CInt
    ) throws -> Errno? {
        typealias Ioctl =
            @convention(c) (_ descriptor: CInt, _ request: UInt, _ argument: UnsafeMutableRawPointer)
            -> CInt
        guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "ioctl") else { throw Errno.noFunction }
        let ioctl = unsafe unsafeBitCast(symbol, to: Ioctl.self)
        let result = unsafe ioctl(descriptor.rawValue, request, &number)
        return result == 0 ? nil : Errno(rawValue: errno)
    }
}
