internal import CLibmnl
internal import Glibc
internal import SystemPackage

/// The system calls on sockets and on /dev/ppp: all unsafe code of the module.
enum SocketCalls {
    /// What recvmsg(2) gives.
    struct Datagram {
        var payload: [UInt8]
        /// The source as a C structure; empty if the kernel tells none.
        var source: [UInt8]
        /// The control data, a sequence of `cmsghdr`.
        var control: [UInt8]
    }

    /// What an IP packet carries at most.
    private static let largestDatagram = 65535

    /// Opens a socket that is closed on `exec`. The corresponding C function is `socket`.
    static func open(_ domain: CInt, _ kind: __socket_type, _ number: CInt) throws(Errno) -> FileDescriptor {
        FileDescriptor(rawValue: try check(socket(domain, CInt(kind.rawValue | SOCK_CLOEXEC.rawValue), number)))
    }

    /// The corresponding C function is `bind`.
    static func bind(_ descriptor: FileDescriptor, to address: [UInt8]) throws(Errno) {
        let result = unsafe address.withUnsafeBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.bind(descriptor.rawValue, pointer, socklen_t(bytes.count))
        }
        try check(result)
    }

    /// The corresponding C function is `connect`.
    static func connect(_ descriptor: FileDescriptor, to address: [UInt8]) throws(Errno) {
        let result = unsafe address.withUnsafeBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.connect(descriptor.rawValue, pointer, socklen_t(bytes.count))
        }
        try check(result)
    }

    /// The address of a socket itself, as a C structure. The corresponding C function is `getsockname`.
    static func localAddress(_ descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
        var storage = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
        var length = socklen_t(storage.count)
        let result = unsafe storage.withUnsafeMutableBytes { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe getsockname(descriptor.rawValue, pointer, &length)
        }
        try check(result)
        return Array(storage.prefix(Int(length)))
    }

    /// Sends a datagram to an address, or to the peer without one. The corresponding C function is `sendto`.
    static func send(_ datagram: Span<UInt8>, over descriptor: FileDescriptor, to address: [UInt8]?) throws(Errno) {
        let failure = unsafe datagram.withUnsafeBytes { payload -> Errno? in
            let bytes = address ?? []
            return unsafe bytes.withUnsafeBytes { target -> Errno? in
                let pointer = unsafe address == nil ? nil : target.baseAddress?.assumingMemoryBound(to: sockaddr.self)
                while unsafe sendto(
                    descriptor.rawValue, payload.baseAddress, payload.count, CInt(MSG_NOSIGNAL), pointer,
                    socklen_t(target.count)) < 0
                {
                    if errno != EINTR { return Errno(rawValue: errno) }
                }
                return nil
            }
        }
        if let failure { throw failure }
    }

    /// Takes a datagram, or one from the queue of errors, without waiting: `EAGAIN` if there is none. The
    /// corresponding C function is `recvmsg`.
    static func receive(from descriptor: FileDescriptor, errorQueue: Bool = false) throws(Errno) -> Datagram {
        let flags = CInt(MSG_DONTWAIT) | (errorQueue ? CInt(MSG_ERRQUEUE) : 0)
        var source = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
        var control = [UInt8](repeating: 0, count: 512)
        var (sourceCount, controlCount, failure) = (0, 0, CInt(0))
        let payload = unsafe [UInt8](unsafeUninitializedCapacity: largestDatagram) { buffer, count in
            unsafe source.withUnsafeMutableBytes { source in
                unsafe control.withUnsafeMutableBytes { control in
                    var part = unsafe iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
                    unsafe withUnsafeMutablePointer(to: &part) { part in
                        var header = unsafe msghdr()
                        unsafe header.msg_name = source.baseAddress
                        unsafe header.msg_namelen = socklen_t(source.count)
                        unsafe header.msg_iov = part
                        unsafe header.msg_iovlen = 1
                        unsafe header.msg_control = control.baseAddress
                        unsafe header.msg_controllen = control.count
                        var result = -1
                        repeat {
                            result = unsafe recvmsg(descriptor.rawValue, &header, flags)
                        } while result < 0 && errno == EINTR
                        failure = result < 0 ? errno : 0
                        count = max(result, 0)
                        unsafe (sourceCount, controlCount) = (Int(header.msg_namelen), header.msg_controllen)
                    }
                }
            }
        }
        guard failure == 0 else { throw Errno(rawValue: failure) }
        // The array above keeps room for the largest datagram; the copy has what is needed.
        return Datagram(
            payload: [UInt8](payload[...]), source: Array(source.prefix(sourceCount)),
            control: Array(control.prefix(controlCount)))
    }

    /// Takes one packet of a PPP channel or unit. The corresponding C function is `read`.
    static func read(from descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
        var failure: CInt = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: largestDatagram) { buffer, count in
            var result = -1
            repeat {
                result = unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            failure = result < 0 ? errno : 0
            count = max(result, 0)
        }
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return [UInt8](bytes[...])
    }

    /// Gives one packet to a PPP channel or unit. The corresponding C function is `write`.
    static func write(_ packet: Span<UInt8>, to descriptor: FileDescriptor) throws(Errno) {
        let failure = unsafe packet.withUnsafeBytes { bytes -> Errno? in
            while unsafe Glibc.write(descriptor.rawValue, bytes.baseAddress, bytes.count) < 0 {
                if errno != EINTR { return Errno(rawValue: errno) }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// The corresponding C function is `setsockopt`, with an `int`.
    static func setOption(_ option: CInt, level: CInt, to value: CInt, of descriptor: FileDescriptor) throws(Errno) {
        var value = value
        try check(
            unsafe setsockopt(descriptor.rawValue, level, option, &value, socklen_t(MemoryLayout<CInt>.size)))
    }

    /// The corresponding C function is `getsockopt`, with an `int`.
    static func option(_ option: CInt, level: CInt, of descriptor: FileDescriptor) throws(Errno) -> CInt {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        try check(unsafe getsockopt(descriptor.rawValue, level, option, &value, &length))
        return value
    }

    /// A request about a number, which the kernel reads and may change. The corresponding C function is `ioctl`.
    @discardableResult
    static func control(_ descriptor: FileDescriptor, _ request: UInt, _ number: CInt = 0) throws(Errno) -> CInt {
        var number = number
        try check(unsafe L2TP_IOCTL(descriptor.rawValue, request, &number))
        return number
    }

    /// A request about a structure, which the kernel reads and may change. The corresponding C function is `ioctl`.
    static func control(_ descriptor: FileDescriptor, _ request: UInt, _ bytes: inout [UInt8]) throws(Errno) {
        let result = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe L2TP_IOCTL(descriptor.rawValue, request, bytes.baseAddress)
        }
        try check(result)
    }

    /// Opens a device for reading and writing, closed on `exec`, without waiting. The C function is `open`.
    static func openDevice(_ path: String) throws(Errno) -> FileDescriptor {
        do {
            return try FileDescriptor.open(FilePath(path), .readWrite, options: [.closeOnExec, .nonBlocking])
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    @discardableResult
    private static func check(_ result: CInt) throws(Errno) -> CInt {
        guard result >= 0 else { throw Errno(rawValue: errno) }
        return result
    }
}
