import Glibc
import L2TPModel
import L2TPWire
import SystemPackage

/// Sockets for `L2TP_ATTR_FD`, and a thread without privilege.
extension SystemCalls {
    /// A datagram socket of the calling thread's namespace: UDP, or L2TPIP with the number 115.
    static func datagramSocket(_ version: IPVersion, protocolNumber: CInt = 0) throws -> FileDescriptor {
        let family = version == .v4 ? AF_INET : AF_INET6
        let descriptor = socket(family, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), protocolNumber)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: descriptor)
    }

    /// A TCP socket that is neither bound nor connected.
    static func streamSocket() throws -> FileDescriptor {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: descriptor)
    }

    /// Binds a UDP socket.
    static func bind(_ socket: FileDescriptor, to address: IPAddress, port: UInt16) throws {
        try unsafe check(socketAddress(address, port: port)) { unsafe Glibc.bind(socket.rawValue, $0, $1) }
    }

    /// Connects a UDP socket.
    static func connect(_ socket: FileDescriptor, to address: IPAddress, port: UInt16) throws {
        try unsafe check(socketAddress(address, port: port)) { unsafe Glibc.connect(socket.rawValue, $0, $1) }
    }

    /// Binds an L2TPIP socket of IPv4.
    static func bind(_ socket: FileDescriptor, to address: IPAddress, connectionID: UInt32) throws {
        try unsafe check(socketAddress(address, connectionID: connectionID)) {
            unsafe Glibc.bind(socket.rawValue, $0, $1)
        }
    }

    /// Connects an L2TPIP socket of IPv4.
    static func connect(_ socket: FileDescriptor, to address: IPAddress, connectionID: UInt32) throws {
        try unsafe check(socketAddress(address, connectionID: connectionID)) {
            unsafe Glibc.connect(socket.rawValue, $0, $1)
        }
    }

    /// Gives a socket of IPv4 an IPsec policy for what it sends, which demands nothing (`IP_XFRM_POLICY`).
    static func allowEverythingByIPsecPolicy(_ socket: FileDescriptor) throws {
        // struct xfrm_userpolicy_info: a selector of 56 bytes with the family at 40, limits of 64 that count nothing,
        // counters of 32, priority and index of 4, then direction, action (0 allows), flags and share.
        var policy = [UInt8](repeating: 0, count: 168)
        policy[40] = UInt8(AF_INET)
        for index in 56..<88 { policy[index] = 0xff }
        policy[160] = 1  // XFRM_POLICY_OUT
        let ipXFRMPolicy: CInt = 17
        let result = unsafe setsockopt(socket.rawValue, CInt(IPPROTO_IP), ipXFRMPolicy, policy, socklen_t(policy.count))
        guard result == 0 else { throw Errno(rawValue: errno) }
    }

    /// Takes every effective capability from the calling thread.
    static func dropCapabilities() throws {
        // Swift's Glibc module lacks the function, which no header of glibc declares.
        typealias Capset = @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> CInt
        guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "capset") else { throw Errno.noFunction }
        let function = unsafe unsafeBitCast(symbol, to: Capset.self)
        // struct __user_cap_header_struct: version 3, the calling thread. Two struct __user_cap_data_struct of zeros.
        var header: [UInt32] = [0x2008_0522, 0]
        var data = [UInt32](repeating: 0, count: 6)
        let result = unsafe header.withUnsafeMutableBytes { header in
            unsafe data.withUnsafeMutableBytes { data -> CInt in
                guard let header = header.baseAddress, let data = data.baseAddress else { return -1 }
                return unsafe function(header, data)
            }
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
    }

    /// struct sockaddr_in or sockaddr_in6.
    private static func socketAddress(_ address: IPAddress, port: UInt16) -> [UInt8] {
        let bigEndianPort = [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)]
        return switch address {
        case .v4(let address):
            hostBytes(UInt16(AF_INET)) + bigEndianPort + networkBytes(address.number)
                + [UInt8](repeating: 0, count: 8)
        case .v6(let address):
            hostBytes(UInt16(AF_INET6)) + bigEndianPort + [0, 0, 0, 0] + networkBytes(address.high)
                + networkBytes(address.low) + [0, 0, 0, 0]
        }
    }

    /// struct sockaddr_l2tpip: the connection identifier in host byte order.
    private static func socketAddress(_ address: IPAddress, connectionID: UInt32) -> [UInt8] {
        guard case .v4(let address) = address else { return [] }
        return hostBytes(UInt16(AF_INET)) + [0, 0] + networkBytes(address.number) + hostBytes(connectionID)
            + [0, 0, 0, 0]
    }

    private static func check(
        _ address: [UInt8], _ call: (UnsafePointer<sockaddr>?, socklen_t) -> CInt
    ) throws {
        let result = unsafe address.withUnsafeBytes { bytes in
            unsafe call(bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
    }

    private static func hostBytes(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        networkBytes(number.bigEndian)
    }

    private static func networkBytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(Number.bitWidth - 8 - $0 * 8)) }
    }
}
