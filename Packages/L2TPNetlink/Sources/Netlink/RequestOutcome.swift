/// What became of one request among many.
public enum RequestOutcome: Hashable, Sendable {
    /// The kernel has carried it out.
    case succeeded
    /// It was not carried out: it could not be built, or the kernel refused it (operation `request`). Also where its
    /// answer came but could not be read (operation `parse`).
    case failed(NetlinkError)
    /// It was sent and its answer is lost: it may have been carried out or not. The error says how the answer was
    /// lost, with operation `receive` (`ENOBUFS`: the kernel dropped it; `EAGAIN`: it did not come in time) or `parse`.
    case unknown(NetlinkError)
    /// It was not sent, because an earlier one made it pointless; the error is that one's.
    case notSent(NetlinkError)

    /// Why it was not, or perhaps not, carried out; nil if it was.
    public var error: NetlinkError? {
        switch self {
        case .succeeded: nil
        case .failed(let error), .unknown(let error), .notSent(let error): error
        }
    }
}
