// The attribute types of RFC 4045, for multicast over L2TPv2.

extension AVPDefinition where Value == EmptyValue {
    /// Multicast Capability (RFC 4045 §3.2), in SCCRQ and SCCRP: the sender can do multicast sessions.
    @inlinable
    public static var multicastCapability: Self {
        Self(AttributeType(80), "Multicast Capability", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == OutgoingSessions {
    /// New Outgoing Sessions (RFC 4045 §6.2.1), in MSI: sessions that join the multicast session.
    @inlinable
    public static var newOutgoingSessions: Self {
        Self(AttributeType(81), "New Outgoing Sessions", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// New Outgoing Sessions Acknowledgement (RFC 4045 §6.2.2), in MSI: sessions for which the LAC is ready.
    @inlinable
    public static var newOutgoingSessionsAcknowledgement: Self {
        Self(
            AttributeType(82), "New Outgoing Sessions Acknowledgement", versions: .v2,
            mandatory: .must(true), hiding: true)
    }

    /// Withdraw Outgoing Sessions (RFC 4045 §6.2.3), in MSI: sessions that leave the multicast session.
    @inlinable
    public static var withdrawOutgoingSessions: Self {
        Self(AttributeType(83), "Withdraw Outgoing Sessions", versions: .v2, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == MulticastPacketsPriority {
    /// Multicast Packets Priority (RFC 4045 §6.3), in MSI: which traffic goes first.
    @inlinable
    public static var multicastPacketsPriority: Self {
        Self(AttributeType(84), "Multicast Packets Priority", versions: .v2, mandatory: .must(false), hiding: true)
    }
}
