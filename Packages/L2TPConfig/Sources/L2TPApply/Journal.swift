internal import L2TPConfig
internal import L2TPModel

/// What the kernel has been asked for, so that it can be taken back whatever has become of it.
struct Journal: Hashable, Sendable {
    /// What is known of a request's end.
    enum Outcome: Hashable, Sendable {
        /// It was carried out.
        case done
        /// It was not, for something that we have not made was in its way.
        case refused
        /// It failed, and may have been carried out all the same: a look tells.
        case uncertain
        /// It was accepted, and was not done when it should have been: it may be carried out at any time.
        case accepted
    }

    /// A session that was changed in place.
    struct Modification: Hashable, Sendable {
        var key: SessionKey
        var previous: SessionModification
        var outcome: Outcome
    }

    /// A session that was deleted by itself.
    struct SessionDeletion: Hashable, Sendable {
        var snapshot: SessionSnapshot
        var outcome: Outcome
    }

    /// A tunnel that was deleted with all its sessions.
    struct TunnelDeletion: Hashable, Sendable {
        var snapshot: TunnelSnapshot
        var outcome: Outcome
    }

    /// A tunnel that was created.
    struct TunnelCreation: Hashable, Sendable {
        var specification: TunnelSpecification
        var outcome: Outcome
    }

    /// A session that was created.
    struct SessionCreation: Hashable, Sendable {
        var specification: SessionSpecification
        var outcome: Outcome
    }

    /// An interface that was there before and was changed, perhaps only in part.
    struct InterfaceChange: Hashable, Sendable {
        var key: SessionKey
        var setup: InterfaceSetup
        var previous: InterfaceState
    }

    var modifications: [Modification] = []
    var tunnelDeletions: [TunnelDeletion] = []
    var sessionDeletions: [SessionDeletion] = []
    var tunnelCreations: [TunnelCreation] = []
    var sessionCreations: [SessionCreation] = []
    var interfaceChanges: [InterfaceChange] = []

    /// Whether the kernel has been asked for nothing.
    var isEmpty: Bool { self == Journal() }

    /// Whether something has been deleted, whose identifiers, ports and names may stay taken for a moment.
    var hasDeletions: Bool { !tunnelDeletions.isEmpty || !sessionDeletions.isEmpty }
}
