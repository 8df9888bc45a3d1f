internal import CLibmnl
internal import Glibc
internal import SystemPackage

/// A netlink message under construction, in a buffer of its own.
@safe
public struct NetlinkMessageWriter: ~Copyable {
    private let buffer: UnsafeMutableRawBufferPointer
    private let header: UnsafeMutablePointer<nlmsghdr>

    /// Begins a message. The corresponding C function is `mnl_nlmsg_put_header`.
    ///
    /// - Parameters:
    ///   - type: What the message is.
    ///   - flags: Its flags.
    ///   - sequence: Its sequence number.
    ///   - portID: Its port identifier; 0 in what user space sends.
    ///   - capacity: Longest possible length in bytes, at least 16.
    public init(
        _ type: NetlinkMessageType,
        flags: NetlinkMessageFlags,
        sequence: UInt32,
        portID: UInt32 = 0,
        capacity: Int = 1024
    ) {
        let byteCount = max(capacity, NetlinkMessageHeader.encodedByteCount)
        let start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
        // Padding is not written, so that it has to be zero.
        unsafe memset(start, 0, byteCount)
        _ = unsafe start.bindMemory(to: UInt8.self, capacity: byteCount)
        unsafe buffer = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
        unsafe header = mnl_nlmsg_put_header(start)
        begin(type, flags: flags, sequence: sequence, portID: portID)
    }

    /// Begins another message in the same buffer, in place of the one that is written.
    mutating func restart(_ type: NetlinkMessageType, flags: NetlinkMessageFlags, sequence: UInt32) {
        unsafe memset(header, 0, Int(header.pointee.nlmsg_len))
        _ = unsafe mnl_nlmsg_put_header(header)
        begin(type, flags: flags, sequence: sequence, portID: 0)
    }

    private func begin(_ type: NetlinkMessageType, flags: NetlinkMessageFlags, sequence: UInt32, portID: UInt32) {
        unsafe header.pointee.nlmsg_type = type.rawValue
        unsafe header.pointee.nlmsg_flags = flags.rawValue
        unsafe header.pointee.nlmsg_seq = sequence
        unsafe header.pointee.nlmsg_pid = portID
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// The message as far as it is written.
    public var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        borrowing get {
            let written = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<Int(header.pointee.nlmsg_len)])
            let bytes = unsafe written.assumingMemoryBound(to: UInt8.self)
            return unsafe _overrideLifetime(bytes.span, borrowing: self)
        }
    }

    /// Appends a protocol's own header, which stands before the attributes and is padded to 4 bytes.
    ///
    /// Throws `EMSGSIZE` if the buffer is too small. The corresponding C function is
    /// `mnl_nlmsg_put_extra_header`.
    public mutating func append(header bytes: some Collection<UInt8>) throws(NetlinkError) {
        let needed = unsafe Int(header.pointee.nlmsg_len) + (bytes.count + 3) & ~3
        guard unsafe needed <= buffer.count else { throw NetlinkError(.build, Self.tooLong) }
        guard let start = unsafe mnl_nlmsg_put_extra_header(header, bytes.count) else {
            throw NetlinkError(.build, Self.tooLong)
        }
        for (offset, byte) in bytes.enumerated() {
            unsafe start.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        }
    }

    /// Appends an attribute with a number in host byte order. Throws `EMSGSIZE` if the buffer is full.
    public mutating func append<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ type: NetlinkAttributeType, number: Number
    ) throws(NetlinkError) {
        var number = number
        try check(MemoryLayout<Number>.size)
        try check(
            unsafe withUnsafeBytes(of: &number) { bytes in
                unsafe mnl_attr_put_check(header, buffer.count, type.rawValue, bytes.count, bytes.baseAddress)
            })
    }

    /// Appends an attribute with bytes. Throws `EMSGSIZE` if the buffer is full.
    public mutating func append(_ type: NetlinkAttributeType, bytes: Span<UInt8>) throws(NetlinkError) {
        try check(bytes.count)
        try check(
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe mnl_attr_put_check(header, buffer.count, type.rawValue, bytes.count, bytes.baseAddress)
            })
    }

    /// Appends an attribute with text and its terminating zero byte. Throws `EMSGSIZE` if the buffer is full and
    /// `EINVAL` if the text holds a zero byte itself.
    public mutating func append(_ type: NetlinkAttributeType, text: String) throws(NetlinkError) {
        guard !text.utf8.contains(0) else {
            throw NetlinkError(.build, .invalidArgument, message: "text with a zero byte")
        }
        try check(text.utf8.count + 1)
        try check(unsafe mnl_attr_put_strz_check(header, buffer.count, type.rawValue, text))
    }

    /// Appends an attribute without a value, whose presence counts. Throws `EMSGSIZE` if the buffer is full.
    public mutating func append(flag type: NetlinkAttributeType) throws(NetlinkError) {
        try check(unsafe mnl_attr_put_check(header, buffer.count, type.rawValue, 0, nil))
    }

    /// Appends an attribute whose value are the attributes that `body` appends. Throws `EMSGSIZE` if
    /// the buffer is full.
    ///
    /// - Precondition: `body` only appends; it does not put another message in place of this one.
    public mutating func append(
        nested type: NetlinkAttributeType, _ body: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        guard let start = unsafe mnl_attr_nest_start_check(header, buffer.count, type.rawValue) else {
            throw NetlinkError(.build, Self.tooLong)
        }
        let offset = unsafe Int(bitPattern: start) - Int(bitPattern: header)
        let before = unsafe buffer.baseAddress
        do {
            try body(&self)
        } catch {
            cancelNest(at: offset)
            throw error
        }
        // Were the writer another one now, the attribute would be in memory that is no longer ours.
        unsafe precondition(buffer.baseAddress == before, "the body has replaced the message")
        guard unsafe Int(header.pointee.nlmsg_len) - offset <= Self.longest else {
            cancelNest(at: offset)
            throw NetlinkError(.build, Self.tooLong)
        }
        unsafe mnl_attr_nest_end(header, start)
    }

    /// Takes back a nested attribute that has been begun; the corresponding C function is
    /// `mnl_attr_nest_cancel`. A message that `body` has put in place of this one is left as it is.
    private func cancelNest(at offset: Int) {
        unsafe header.pointee.nlmsg_len = min(header.pointee.nlmsg_len, UInt32(offset))
    }

    /// The longest attribute in bytes, header included: its length field has 16 bits (`nla_len`).
    private static let longest = Int(UInt16.max)

    /// Refuses a value that would not fit the length field, which libmnl does not check.
    private func check(_ valueByteCount: Int) throws(NetlinkError) {
        guard valueByteCount <= Self.longest - 4 else { throw NetlinkError(.build, Self.tooLong) }
    }

    private static var tooLong: Errno { Errno(rawValue: EMSGSIZE) }

    private func check(_ fitted: Bool) throws(NetlinkError) {
        guard fitted else { throw NetlinkError(.build, Self.tooLong) }
    }
}
