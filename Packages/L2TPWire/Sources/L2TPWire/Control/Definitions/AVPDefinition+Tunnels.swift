// The attribute types about tunnels as a whole: RFC 3308, 4951 and 9601, and tunnel switching.

extension AVPDefinition where Value == UInt16 {
    /// Control Connection DS (RFC 3308 §3.1), in SCCRQ and SCCRP: the PHB code (RFC 3140) of the control messages.
    @inlinable
    public static var controlConnectionDS: Self {
        Self(AttributeType(47), "CCDS", versions: .all, mandatory: .must(false), hiding: true)
    }

    /// Session DS (RFC 3308 §4.1), in ICRQ, ICRP, OCRQ and OCRP: the PHB code (RFC 3140) of the session's messages.
    @inlinable
    public static var sessionDS: Self {
        Self(AttributeType(48), "SDS", versions: .all, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == FailoverCapability {
    /// Failover Capability (RFC 4951 §5.1), in SCCRQ and SCCRP: what the sender can recover after a failure.
    @inlinable
    public static var failoverCapability: Self {
        Self(AttributeType(76), "Failover Capability", versions: .all, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == TunnelRecovery {
    /// Tunnel Recovery (RFC 4951 §5.2), in SCCRQ: the tunnel that the sender has lost and wants back.
    @inlinable
    public static var tunnelRecovery: Self {
        Self(AttributeType(77), "Tunnel Recovery", versions: .all, mandatory: .must(true), hiding: false)
    }
}

extension AVPDefinition where Value == SuggestedControlSequence {
    /// Suggested Control Sequence (RFC 4951 §5.3), in SCCRP: with which numbers the recovered tunnel should go on.
    @inlinable
    public static var suggestedControlSequence: Self {
        Self(AttributeType(78), "Suggested Control Sequence", versions: .all, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == FailoverSessionState {
    /// Failover Session State (RFC 4951 §5.4), in FSQ and FSR: a session that is asked about.
    @inlinable
    public static var failoverSessionState: Self {
        Self(AttributeType(79), "Failover Session State", versions: .all, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == [UInt8] {
    /// Tunnel Switching Aggregator ID (draft-ietf-l2tpext-tunnel-switching-06): kept as bytes, as no RFC has its layout.
    @inlinable
    public static var tunnelSwitchingAggregatorID: Self {
        Self(
            AttributeType(93), "Tunnel Switching Aggregator ID", versions: .all,
            mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == EmptyValue {
    /// ECN Capability (RFC 9601 §6.1.1.2.1), in SCCRQ and SCCRP: the sender propagates the ECN field as RFC 6040 has it.
    @inlinable
    public static var ecnCapability: Self {
        Self(AttributeType(103), "ECN Capability", versions: .all, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ExtendedVendorAVP {
    /// Extended Vendor ID (RFC 3931 §5.1), in all messages: an AVP of a vendor whose number has more than 16 bits.
    @inlinable
    public static var extendedVendorID: Self {
        Self(AttributeType(58), "Extended Vendor ID", versions: .v3, mandatory: .must(false), hiding: true)
    }
}
