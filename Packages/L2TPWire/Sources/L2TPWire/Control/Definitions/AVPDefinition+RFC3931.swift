// The attribute types that RFC 3931 §5.4 defines beyond those of RFC 2661.

extension AVPDefinition where Value == UInt32 {
    /// Router ID (RFC 3931 §5.4.3), in SCCRQ and SCCRP: a number that is unique to the sender, not always an IP address.
    @inlinable
    public static var routerID: Self {
        Self(AttributeType(60), "Router ID", versions: .v3, mandatory: .should(true), hiding: false)
    }
}

extension AVPDefinition where Value == MessageDigest {
    /// Message Digest (RFC 3931 §5.4.1), in all messages: authenticates the message; right after Message Type, once or twice.
    @inlinable
    public static var messageDigest: Self {
        Self(AttributeType(59), "Message Digest", versions: .v3, mandatory: .should(true), hiding: false)
    }
}

extension AVPDefinition where Value == TunnelID {
    /// Assigned Control Connection ID (RFC 3931 §5.4.3), in SCCRQ, SCCRP and StopCCN: what its peer is to call the tunnel,
    /// not 0.
    @inlinable
    public static var assignedControlConnectionID: Self {
        Self(AttributeType(61), "Assigned Control Connection ID", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == PseudowireCapabilitiesList {
    /// Pseudowire Capabilities List (RFC 3931 §5.4.3), in SCCRQ and SCCRP: the pseudowire types that the sender supports.
    @inlinable
    public static var pseudowireCapabilitiesList: Self {
        Self(AttributeType(62), "Pseudowire Capabilities List", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == SessionID {
    /// Local Session ID (RFC 3931 §5.4.4), in all messages about a session: what its peer is to call the session, not 0.
    @inlinable
    public static var localSessionID: Self {
        Self(AttributeType(63), "Local Session ID", versions: .v3, mandatory: .should(true), hiding: true)
    }

    /// Remote Session ID (RFC 3931 §5.4.4), in all messages about a session: what the peer wants the session to be called,
    /// or 0 as long as it has not said it.
    @inlinable
    public static var remoteSessionID: Self {
        Self(AttributeType(64), "Remote Session ID", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == AssignedCookie {
    /// Assigned Cookie (RFC 3931 §5.4.4), in ICRQ, ICRP, OCRQ and OCRP: the cookie that the peer is to send; none when the
    /// AVP is missing or empty. It is a secret.
    @inlinable
    public static var assignedCookie: Self {
        Self(
            AttributeType(65), "Assigned Cookie", versions: .v3, mandatory: .should(true), hiding: true, isSecret: true)
    }
}

extension AVPDefinition where Value == [UInt8] {
    /// Remote End ID (RFC 3931 §5.4.4), in ICRQ and OCRQ: the circuit, interface or bridge to which the peer is to bind the
    /// session.
    @inlinable
    public static var remoteEndID: Self {
        Self(AttributeType(66), "Remote End ID", versions: .v3, mandatory: .should(true), hiding: true)
    }

    /// Control Message Authentication Nonce (RFC 3931 §5.4.1), in SCCRQ and SCCRP: random bytes for message digests.
    @inlinable
    public static var controlMessageAuthenticationNonce: Self {
        Self(
            AttributeType(73), "Control Message Authentication Nonce", versions: .v3,
            mandatory: .should(true), hiding: false)
    }
}

extension AVPDefinition where Value == PseudowireType {
    /// Pseudowire Type (RFC 3931 §5.4.4), in ICRQ and OCRQ: what the session carries.
    @inlinable
    public static var pseudowireType: Self {
        Self(AttributeType(68), "Pseudowire Type", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == L2SpecificSublayerType {
    /// L2-Specific Sublayer (RFC 3931 §5.4.4), in ICRQ, ICRP, ICCN, OCRQ, OCRP and OCCN: the sublayer that the sender wants
    /// to receive; none when the AVP is missing.
    @inlinable
    public static var l2SpecificSublayer: Self {
        Self(AttributeType(69), "L2-Specific Sublayer", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == DataSequencingLevel {
    /// Data Sequencing (RFC 3931 §5.4.4), in ICRQ, ICRP, ICCN, OCRQ, OCRP and OCCN: which data messages the sender wants to
    /// receive with sequence numbers; none when the AVP is missing.
    @inlinable
    public static var dataSequencing: Self {
        Self(AttributeType(70), "Data Sequencing", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == CircuitStatus {
    /// Circuit Status (RFC 3931 §5.4.5), in ICRQ, ICRP, ICCN, OCRQ, OCRP, OCCN and SLI: the state of the sender's circuit.
    @inlinable
    public static var circuitStatus: Self {
        Self(AttributeType(71), "Circuit Status", versions: .v3, mandatory: .should(true), hiding: true)
    }
}

extension AVPDefinition where Value == TextValue {
    /// Preferred Language (RFC 3931 §5.4.3), in SCCRQ and SCCRP: the language that the peer's texts for people should have,
    /// as a tag of RFC 3066.
    @inlinable
    public static var preferredLanguage: Self {
        Self(AttributeType(72), "Preferred Language", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == UInt64 {
    /// Tx Connect Speed (RFC 3931 §5.4.4), in ICRQ, ICRP, ICCN, OCRQ, OCRP and OCCN: the speed from the LAC to the remote
    /// system in bits a second; 0 when there is none or it is unknown.
    @inlinable
    public static var txConnectSpeed: Self {
        Self(AttributeType(74), "Tx Connect Speed", versions: .v3, mandatory: .should(false), hiding: true)
    }

    /// Rx Connect Speed (RFC 3931 §5.4.4), in ICRQ, ICRP, ICCN, OCRQ, OCRP and OCCN: the speed from the remote system to the
    /// LAC in bits a second; 0 when there is none or it is unknown.
    @inlinable
    public static var rxConnectSpeed: Self {
        Self(AttributeType(75), "Rx Connect Speed", versions: .v3, mandatory: .should(false), hiding: true)
    }
}
