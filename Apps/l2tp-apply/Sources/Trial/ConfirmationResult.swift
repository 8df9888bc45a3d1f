import Netlink

/// How an attempt to confirm another run's trial has ended.
enum ConfirmationResult: Hashable {
    /// What was applied stays.
    case kept
    /// It comes too late.
    case reverted
    /// No run waits.
    case nobody
    /// A run that waited was killed: what it had applied stays, and nobody takes it back.
    case abandoned
    /// A run waits, but has not answered.
    case silence
    /// It is not permitted, or the system is at its limits.
    case failed(FileError)
}
