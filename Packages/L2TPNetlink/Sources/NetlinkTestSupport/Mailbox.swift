internal import CLibmnl
internal import Glibc
internal import Netlink
internal import Synchronization
internal import SystemPackage

/// What a transport of a ``FakeKernel`` has not received yet, answers and multicast messages.
final class Mailbox: Sendable {
    private let deliveries = Mutex<[Delivery]>([])
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

    /// Takes the oldest; nil if there is none.
    func take() -> Delivery? {
        deliveries.withLock { deliveries -> Delivery? in
            guard !deliveries.isEmpty else { return nil }
            var taken: UInt64 = 0
            _ = unsafe eventfd_read(descriptor.rawValue, &taken)
            return deliveries.removeFirst()
        }
    }
}

/// A mailbox that receives a multicast group's messages.
struct Member {
    let netlinkProtocol: NetlinkProtocol
    let group: UInt32
    let mailbox: Mailbox
}
