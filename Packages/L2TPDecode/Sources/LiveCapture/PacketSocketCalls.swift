internal import CPacketSocket
internal import Glibc
internal import SystemPackage

/// The system calls on packet sockets: all unsafe code of the module.
enum PacketSocketCalls {
    /// All protocols, `ETH_P_ALL`, in network byte order.
    private static let allProtocols = UInt16(ETH_P_ALL).bigEndian

    /// The name of an error number in `errno.h`. The corresponding C function is `strerrorname_np`.
    static func symbol(of error: Errno) -> String {
        guard let name = unsafe strerrorname_np(error.rawValue) else { return "errno \(error.rawValue)" }
        return unsafe String(cString: name)
    }

    /// The number of an interface. The corresponding C function is `if_nametoindex`.
    static func index(of interface: String) throws(Errno) -> UInt32 {
        let number = unsafe interface.withCString { unsafe if_nametoindex($0) }
        guard number != 0 else { throw Errno(rawValue: errno) }
        return number
    }

    /// Opens a packet socket that receives nothing until it is bound. The corresponding C function is `socket`.
    static func open(_ layer: PacketFilter.LinkLayer) throws(Errno) -> FileDescriptor {
        let kind = layer == .ethernet ? SOCK_RAW : SOCK_DGRAM
        let number = socket(AF_PACKET, CInt(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try check(number)
        return FileDescriptor(rawValue: number)
    }

    /// Closes a descriptor. The corresponding C function is `close`.
    static func close(_ descriptor: FileDescriptor) {
        _ = Glibc.close(descriptor.rawValue)
    }

    /// Binds to an interface, 0 for all, and begins to receive unless told otherwise. The corresponding C function is
    /// `bind`.
    static func bind(_ descriptor: FileDescriptor, to interface: UInt32, receives: Bool = true) throws(Errno) {
        var address = sockaddr_ll()
        address.sll_family = UInt16(AF_PACKET)
        address.sll_protocol = receives ? allProtocols : 0
        address.sll_ifindex = CInt(bitPattern: interface)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe Glibc.bind(descriptor.rawValue, pointer, socklen_t(MemoryLayout<sockaddr_ll>.size))
            }
        }
        try check(result)
    }

    /// Throws the error that waits at a socket, if one does: binding to an interface that is down succeeds and leaves
    /// `ENETDOWN`. The corresponding C function is `getsockopt`, with `SO_ERROR`.
    static func throwPendingError(of descriptor: FileDescriptor) throws(Errno) {
        var error: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        try check(unsafe getsockopt(descriptor.rawValue, SOL_SOCKET, SO_ERROR, &error, &length))
        guard error == 0 else { throw Errno(rawValue: error) }
    }

    /// The kind of the interface that a socket is bound to (`ARPHRD_ETHER` …). The corresponding C function is
    /// `getsockname`.
    static func hardwareType(of descriptor: FileDescriptor) throws(Errno) -> UInt16 {
        var address = sockaddr_ll()
        var length = socklen_t(MemoryLayout<sockaddr_ll>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe getsockname(descriptor.rawValue, pointer, &length)
            }
        }
        try check(result)
        return address.sll_hatype
    }

    /// The corresponding C function is `setsockopt`, with an `int`.
    static func setOption(_ option: CInt, level: CInt, to value: CInt, of descriptor: FileDescriptor) throws(Errno) {
        var value = value
        try check(
            unsafe setsockopt(descriptor.rawValue, level, option, &value, socklen_t(MemoryLayout<CInt>.size)))
    }

    /// Makes the interface accept frames for other stations, as long as the socket is open (`PACKET_ADD_MEMBERSHIP`).
    static func makePromiscuous(_ interface: UInt32, for descriptor: FileDescriptor) throws(Errno) {
        var request = packet_mreq()
        request.mr_ifindex = CInt(bitPattern: interface)
        request.mr_type = UInt16(PACKET_MR_PROMISC)
        try check(
            unsafe setsockopt(
                descriptor.rawValue, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request,
                socklen_t(MemoryLayout<packet_mreq>.size)))
    }

    /// Lets only what a program accepts be received (`SO_ATTACH_FILTER`).
    static func attach(_ program: [BPFInstruction], to descriptor: FileDescriptor) throws(Errno) {
        var filter = program.map { instruction in
            sock_filter(
                code: instruction.code, jt: instruction.jumpTrue, jf: instruction.jumpFalse, k: instruction.operand)
        }
        let result = unsafe filter.withUnsafeMutableBufferPointer { buffer in
            var block = unsafe sock_fprog(len: UInt16(clamping: buffer.count), filter: buffer.baseAddress)
            return unsafe setsockopt(
                descriptor.rawValue, SOL_SOCKET, SO_ATTACH_FILTER, &block,
                socklen_t(MemoryLayout<sock_fprog>.size))
        }
        try check(result)
    }

    /// Packets that passed the filter, and those of them for which there was no room, since the last call
    /// (`PACKET_STATISTICS`). The first includes the second.
    static func statistics(of descriptor: FileDescriptor) throws(Errno) -> (packets: UInt32, drops: UInt32) {
        var statistics = tpacket_stats()
        var length = socklen_t(MemoryLayout<tpacket_stats>.size)
        try check(unsafe getsockopt(descriptor.rawValue, SOL_PACKET, PACKET_STATISTICS, &statistics, &length))
        return (statistics.tp_packets, statistics.tp_drops)
    }

    /// Takes a packet without waiting: `EAGAIN` if there is none. The corresponding C function is `recvmsg`.
    ///
    /// The packet goes into `buffer` from `start` on, as much as there is room for, the `struct sockaddr_ll` and the
    /// control messages into theirs. Returns how many bytes each has, the packet perhaps more than there was room for.
    static func receive(
        from descriptor: FileDescriptor, into buffer: inout [UInt8], at start: Int, address: inout [UInt8],
        control: inout [UInt8]
    ) throws(Errno) -> (packet: Int, address: Int, control: Int) {
        var (packetCount, addressCount, controlCount) = (-1, 0, 0)
        unsafe buffer.withUnsafeMutableBytes { buffer in
            unsafe address.withUnsafeMutableBytes { address in
                unsafe control.withUnsafeMutableBytes { control in
                    var part = unsafe iovec(
                        iov_base: buffer.baseAddress.map { unsafe $0 + start }, iov_len: buffer.count - start)
                    unsafe withUnsafeMutablePointer(to: &part) { part in
                        var header = unsafe msghdr()
                        unsafe header.msg_name = address.baseAddress
                        unsafe header.msg_namelen = socklen_t(address.count)
                        unsafe header.msg_iov = part
                        unsafe header.msg_iovlen = 1
                        unsafe header.msg_control = control.baseAddress
                        unsafe header.msg_controllen = control.count
                        repeat {
                            packetCount = unsafe recvmsg(
                                descriptor.rawValue, &header, CInt(MSG_DONTWAIT | MSG_TRUNC))
                        } while packetCount < 0 && errno == EINTR
                        unsafe (addressCount, controlCount) = (Int(header.msg_namelen), header.msg_controllen)
                    }
                }
            }
        }
        guard packetCount >= 0 else { throw Errno(rawValue: errno) }
        return (packetCount, min(addressCount, address.count), min(controlCount, control.count))
    }

    /// Waits until a packet can be received, or another descriptor be read, without limit or for no time at all;
    /// returns whether the other descriptor can be read. The corresponding C function is `poll`.
    static func wait(
        for descriptor: FileDescriptor, or stop: FileDescriptor?, forever: Bool
    ) throws(Errno) -> Bool {
        var queries = [pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)]
        if let stop { queries.append(pollfd(fd: stop.rawValue, events: Int16(POLLIN), revents: 0)) }
        while unsafe poll(&queries, nfds_t(queries.count), forever ? -1 : 0) < 0 {
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
        return queries.count > 1 && queries[1].revents != 0
    }

    private static func check(_ result: CInt) throws(Errno) {
        guard result >= 0 else { throw Errno(rawValue: errno) }
    }
}
