internal import CLibmnl
internal import Glibc
public import SystemPackage

/// A netlink socket of the running kernel. It closes itself and cannot be copied.
///
/// It has one owner, so it may move between threads.
@safe
public struct NetlinkSocket: NetlinkTransport, ~Copyable, @unchecked Sendable {
    /// The kernel fills at most 32 KiB of a larger buffer when it dumps a list, and no single message
    /// of the families used here is longer than that.
    private static let bufferByteCount = 32768
    /// The kernel has answered a request before `send` returns; this only bounds the wait for a reply
    /// that was lost.
    private static let answerSeconds = 30

    private let handle: OpaquePointer
    private let buffer: UnsafeMutableRawBufferPointer

    /// Opens a socket in the namespace of the calling thread.
    ///
    /// It is closed on `exec`, asks for extended acknowledgements, and gives up after 30 seconds without
    /// an answer (`EAGAIN`). The corresponding C functions are `mnl_socket_open2` and `mnl_socket_bind`.
    ///
    /// - Parameter netlinkProtocol: The protocol to speak.
    /// - Throws: ``NetlinkError`` with operation `open` and the error number, `EPROTONOSUPPORT` where
    ///   the kernel lacks the protocol.
    public init(_ netlinkProtocol: NetlinkProtocol) throws(NetlinkError) {
        let bus: CInt =
            switch netlinkProtocol {
            case .generic: NETLINK_GENERIC
            case .route: NETLINK_ROUTE
            }
        guard let handle = unsafe mnl_socket_open2(bus, CInt(SOCK_CLOEXEC.rawValue)) else {
            throw NetlinkError(.open, Errno(rawValue: errno))
        }
        guard unsafe mnl_socket_bind(handle, 0, MNL_SOCKET_AUTOPID) == 0 else {
            let error = NetlinkError(.open, Errno(rawValue: errno))
            unsafe mnl_socket_close(handle)
            throw error
        }
        // Without extended acknowledgements (before Linux 4.12) errors only lose their detail.
        var enabled: CInt = 1
        _ = unsafe mnl_socket_setsockopt(
            handle, NETLINK_EXT_ACK, &enabled, socklen_t(MemoryLayout<CInt>.size))
        var timeout = timeval(tv_sec: Self.answerSeconds, tv_usec: 0)
        _ = unsafe setsockopt(
            mnl_socket_get_fd(handle), SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        unsafe self.handle = handle
        unsafe buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 16)
    }

    deinit {
        unsafe buffer.deallocate()
        unsafe mnl_socket_close(handle)
    }

    /// The port identifier the kernel gave the socket.
    public var portID: UInt32 { unsafe mnl_socket_get_portid(handle) }

    /// The socket's descriptor. The corresponding C function is `mnl_socket_get_fd`.
    public var fileDescriptor: FileDescriptor? { unsafe FileDescriptor(rawValue: mnl_socket_get_fd(handle)) }

    /// The size of the socket's receive buffer in bytes (`SO_RCVBUF`).
    public var receiveBufferByteCount: Int {
        var byteCount: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        let status = unsafe getsockopt(mnl_socket_get_fd(handle), SOL_SOCKET, SO_RCVBUF, &byteCount, &length)
        return status == 0 ? Int(byteCount) : 0
    }

    /// Makes the socket a member of a multicast group (`NETLINK_ADD_MEMBERSHIP`), with a receive buffer of a
    /// mebibyte where the process may have one (`SO_RCVBUFFORCE`), else of what the system allows.
    public mutating func join(_ group: UInt32) throws(NetlinkError) {
        var byteCount: CInt = 1 << 20
        let length = socklen_t(MemoryLayout<CInt>.size)
        let descriptor = unsafe mnl_socket_get_fd(handle)
        if unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &byteCount, length) != 0 {
            // A small buffer only means that an overrun, which is reported, comes sooner.
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &byteCount, length)
        }
        var group = group
        guard unsafe mnl_socket_setsockopt(handle, NETLINK_ADD_MEMBERSHIP, &group, length) == 0 else {
            throw NetlinkError(.join, Errno(rawValue: errno))
        }
    }

    /// Sends one datagram. The corresponding C function is `mnl_socket_sendto`.
    public mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        let failure = unsafe datagram.withUnsafeBufferPointer { bytes -> Errno? in
            while unsafe mnl_socket_sendto(handle, bytes.baseAddress, bytes.count) < 0 {
                if errno != EINTR { return Errno(rawValue: errno) }
            }
            return nil
        }
        if let failure { throw NetlinkError(.send, failure) }
    }

    /// Waits for one datagram. The corresponding C function is `mnl_socket_recvfrom`.
    public mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        var count = -1
        repeat {
            count = unsafe mnl_socket_recvfrom(handle, buffer.baseAddress, buffer.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw NetlinkError(.receive, Errno(rawValue: errno)) }
        let datagram = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        let bytes = unsafe datagram.assumingMemoryBound(to: UInt8.self)
        let span = unsafe bytes.span
        try body(span)
    }
}
