import Glibc
import L2TPModel
import L2TPWire
import SystemPackage

/// UDP sockets as a program has them that manages its own tunnels.
extension SystemCalls {
    /// A UDP socket of the calling thread's namespace, bound to one address and port and connected to others.
    static func udpSocket(
        from local: IPAddress, port: UInt16, to peer: IPAddress, port peerPort: UInt16
    ) throws -> FileDescriptor {
        let family = local.version == .v4 ? AF_INET : AF_INET6
        let number = socket(family, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        let descriptor = FileDescriptor(rawValue: number)
        do {
            try unsafe use(socketAddress(local, port)) { unsafe Glibc.bind(number, $0, $1) }
            try unsafe use(socketAddress(peer, peerPort)) { unsafe Glibc.connect(number, $0, $1) }
        } catch {
            try? descriptor.close()
            throw error
        }
        return descriptor
    }

    /// Sets an option whose value is a structure.
    static func setOption(_ option: CInt, level: CInt, of socket: FileDescriptor, to value: [UInt8]) throws {
        let result = unsafe value.withUnsafeBytes { value in
            unsafe setsockopt(socket.rawValue, level, option, value.baseAddress, socklen_t(value.count))
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
    }

    /// Gives an address to a system call.
    private static func use(
        _ address: [UInt8], _ call: (UnsafePointer<sockaddr>?, socklen_t) -> CInt
    ) throws {
        let result = unsafe address.withUnsafeBytes { bytes in
            unsafe call(bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
    }

    /// The bytes of `struct sockaddr_in` or `struct sockaddr_in6`.
    private static func socketAddress(_ address: IPAddress, _ port: UInt16) -> [UInt8] {
        switch address {
        case .v4(let address):
            RawAttribute(0, UInt16(AF_INET)).value + port.bytes + address.number.bytes
                + [UInt8](repeating: 0, count: 8)
        case .v6(let address):
            RawAttribute(0, UInt16(AF_INET6)).value + port.bytes + [0, 0, 0, 0] + address.high.bytes
                + address.low.bytes + [0, 0, 0, 0]
        }
    }
}
