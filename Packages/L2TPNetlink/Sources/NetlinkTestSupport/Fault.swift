public import SystemPackage

/// What can go wrong between a client and a ``FakeKernel``.
public enum Fault: Hashable, Sendable {
    /// The kernel refuses with an error number and does nothing; with ``Step/open(_:)`` the transport
    /// does not open.
    case refuse(Errno)
    /// The kernel carries the request out and reports an error nevertheless, as Linux before August 2026
    /// did when a notification of it got lost.
    case misreport(Errno)
    /// The answer is lost: the transport reports `EAGAIN`, as a socket does after its timeout, at once.
    case drop
    /// The transport reports `ENOBUFS`. Then a dump goes on; of another answer the first datagram is lost.
    case overflow
    /// Every datagram of the answer comes twice.
    case duplicate
    /// An answer to somebody else and one to an older request come first.
    case foreignFirst
    /// The first datagram of the answer ends after so many bytes.
    case truncate(to: Int)
    /// The members of a dump come in the opposite order; of another answer the acknowledgement comes first.
    case reorder
    /// The first member of a dump comes twice, as in Linux 6.1 when something is created meanwhile.
    case repeatMember
    /// The first member of a dump is left out, as in Linux 6.1 when something is deleted meanwhile.
    case skipMember
    /// The dump is marked as changed while it was read (`NLM_F_DUMP_INTR`).
    case interruptDump
}

/// A fault that waits for its step.
struct PendingFault {
    /// The step; nil stands for any request.
    let step: Step?
    let fault: Fault
    /// How many occurrences of the step pass unharmed before.
    var skipped: Int
    var remaining: Int

    var isAnywhere: Bool { step == nil }
}
