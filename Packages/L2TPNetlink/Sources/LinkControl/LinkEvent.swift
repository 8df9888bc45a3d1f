public import L2TPModel

/// Something that has changed among the links and addresses of a network namespace.
public enum LinkEvent: Hashable, Sendable {
    /// A link is new, or has come from another network namespace.
    case linkAdded(Link)
    /// A link is not what it was, in something that ``Link`` shows.
    case linkChanged(from: Link, to: Link)
    /// A link is gone, or has moved to another network namespace; as it was last seen.
    case linkRemoved(Link)
    /// An address is new.
    case addressAdded(InterfaceAddress)
    /// An address is not what it was, as one that is no longer tentative.
    case addressChanged(from: InterfaceAddress, to: InterfaceAddress)
    /// An address is gone; as it was last seen.
    case addressRemoved(InterfaceAddress)
}
