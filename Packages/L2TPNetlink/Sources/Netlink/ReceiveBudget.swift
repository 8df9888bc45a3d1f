/// How much of a socket's receive buffer answers take.
///
/// The kernel charges an answer with more than its bytes (`skb->truesize`): its memory comes in powers of two and holds
/// a `struct skb_shared_info` behind the bytes, and a `struct sk_buff` comes on top. It drops what is more
/// than `SO_RCVBUF`, and all that follows until the buffer has been emptied (`netlink_overrun`).
enum ReceiveBudget {
    /// What every answer has behind its bytes: 320 is `struct skb_shared_info`, rounded up to cache lines.
    private static let sharedInfoByteCount = 320
    /// What every answer has besides: `struct sk_buff`, rounded up.
    private static let bufferHeadByteCount = 256
    /// The least memory: kernels from 6.3 have a cache of 704 bytes for small answers.
    private static let leastByteCount = 704

    /// What the kernel charges at most for an answer of so many bytes, 0 for none.
    static func charge(for byteCount: Int) -> Int {
        guard byteCount > 0 else { return 0 }
        var memory = 512
        while memory < byteCount + sharedInfoByteCount { memory *= 2 }
        return max(memory, leastByteCount) + bufferHeadByteCount
    }

    /// What it charges at most for the acknowledgement of a request of so many bytes: a refusal repeats the request
    /// behind header and error number, and its text may follow.
    static func chargeForAcknowledgement(of requestByteCount: Int) -> Int {
        charge(for: NetlinkMessageHeader.encodedByteCount + 4 + requestByteCount + 128)
    }
}
