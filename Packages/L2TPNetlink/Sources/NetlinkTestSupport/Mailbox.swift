internal import CLibmnl
internal import Glibc
internal import Netlink
internal import Synchronization
internal import SystemPackage

/// What a transport of a ``FakeKernel`` has not received yet, answers and multicast messages.
final class Mailbox: Sendable {
    private let deliveries = Mutex<[Delivery]>([])
    /// Whether answers are dropped until the mailbox is empty.
    private let isCongested = Mutex(false)
    /// Counts the deliveries, so that it is readable while there are any.
    let descriptor: FileDescriptor

    init() {
        let semaphore = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
        precondition(semaphore >= 0, "eventfd: \(Errno(rawValue: errno))")
        descriptor = FileDescriptor(rawValue: semaphore)
    }

    deinit {
        try? descriptor.close()
    }

    /// How many deliveries wait.
    var count: Int { deliveries.withLock(\.count) }

    /// Adds deliveries.
    func put(_ new: [Delivery]) {
        guard !new.isEmpty else { return }
        deliveries.withLock { deliveries in
            deliveries += new
            eventfd_write(descriptor.rawValue, UInt64(new.count))
        }
    }

    /// Adds answers to a request as Linux does: what is more than `limit` bytes, counted as the kernel does,
    /// is dropped, with all that follows until the mailbox has been emptied, which is reported once.
    ///
    /// Returns how many bytes wait.
    func put(_ answers: [Delivery], limit: Int) -> Int {
        var charge = deliveries.withLock { $0.map(\.charge).reduce(0, +) }
        for answer in answers {
            if isCongested.withLock({ $0 }) { break }
            if charge > limit {
                congest()
                break
            }
            put([answer])
            charge += answer.charge
        }
        return charge
    }

    /// Adds a multicast message as Linux does: if there is no room, it is dropped, with all that follow until the
    /// mailbox has been emptied, which is reported once and before what waits.
    func put(multicast message: Delivery, hasRoom: Bool) {
        if isCongested.withLock({ $0 }) { return }
        if hasRoom { put([message]) } else { congest() }
    }

    private func congest() {
        isCongested.withLock { $0 = true }
        deliveries.withLock { $0.insert(.failure(.noBufferSpace), at: 0) }
        eventfd_write(descriptor.rawValue, 1)
    }

    /// Takes the oldest; nil if there is none.
    func take() -> Delivery? {
        deliveries.withLock { deliveries -> Delivery? in
            guard !deliveries.isEmpty else { return nil }
            var taken: UInt64 = 0
            _ = unsafe eventfd_read(descriptor.rawValue, &taken)
            let delivery = deliveries.removeFirst()
            if deliveries.isEmpty { isCongested.withLock { $0 = false } }
            return delivery
        }
    }
}

extension Delivery {
    /// What the kernel charges for a datagram: a power of two that has room for its bytes and `struct skb_shared_info`,
    /// and `struct sk_buff`.
    fileprivate var charge: Int {
        guard case .datagram(let bytes) = self else { return 0 }
        var memory = 512
        while memory < bytes.count + 320 { memory *= 2 }
        return memory + 256
    }
}

/// A mailbox that receives a multicast group's messages.
struct Member {
    let netlinkProtocol: NetlinkProtocol
    let group: UInt32
    let mailbox: Mailbox
}
