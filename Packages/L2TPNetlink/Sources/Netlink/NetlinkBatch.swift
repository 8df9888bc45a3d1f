internal import CLibmnl

/// Several netlink messages that travel in one datagram.
///
/// The kernel carries the messages of a datagram out one after the other, in their order. The corresponding
/// C functions are `mnl_nlmsg_batch_start`, `mnl_nlmsg_batch_next`, `mnl_nlmsg_batch_reset` and
/// `mnl_nlmsg_batch_stop`.
@safe
public struct NetlinkBatch: ~Copyable {
    /// The longest datagram in bytes that the kernel keeps in a single page of 4096 bytes (`NLMSG_GOODSIZE`).
    public static let pageByteCount = 3776

    /// How many messages it holds.
    public private(set) var messageCount = 0

    private let buffer: UnsafeMutableRawBufferPointer
    private let batch: OpaquePointer

    /// An empty batch.
    ///
    /// - Parameter limit: Longest datagram in bytes, at least 16.
    public init(limit: Int = pageByteCount) {
        let byteCount = max(limit, NetlinkMessageHeader.encodedByteCount)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
        guard let batch = unsafe mnl_nlmsg_batch_start(buffer.baseAddress, byteCount) else {
            preconditionFailure("no memory for a batch of netlink messages")
        }
        unsafe self.buffer = buffer
        unsafe self.batch = batch
    }

    deinit {
        unsafe mnl_nlmsg_batch_stop(batch)
        unsafe buffer.deallocate()
    }

    /// The datagram as far as it is filled.
    public var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        borrowing get {
            let filled = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<mnl_nlmsg_batch_size(batch)])
            let bytes = unsafe filled.assumingMemoryBound(to: UInt8.self)
            return unsafe _overrideLifetime(bytes.span, borrowing: self)
        }
    }

    /// Appends a message; false, and nothing is changed, if the datagram would be too long.
    public mutating func append(_ message: borrowing NetlinkMessageWriter) -> Bool {
        let message = message.bytes
        // libmnl would have the message written first, and room for one too many behind the limit.
        guard unsafe message.count <= buffer.count - mnl_nlmsg_batch_size(batch) else { return false }
        unsafe message.withUnsafeBytes { bytes in
            let place = unsafe UnsafeMutableRawBufferPointer(start: mnl_nlmsg_batch_current(batch), count: bytes.count)
            unsafe place.copyMemory(from: bytes)
        }
        unsafe mnl_nlmsg_batch_next(batch)
        messageCount += 1
        return true
    }

    /// Makes the batch empty again.
    public mutating func reset() {
        unsafe mnl_nlmsg_batch_reset(batch)
        messageCount = 0
    }
}
