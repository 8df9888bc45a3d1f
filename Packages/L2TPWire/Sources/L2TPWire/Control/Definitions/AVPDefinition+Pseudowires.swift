// The attribute types for pseudowires of L2TPv3: RFC 4454, 4591, 4623, 4667, 4720, 5085, 5611, 6073 and 7886.
// RFC 4719, Ethernet, defines none; it uses Interface Maximum Transmission Unit and FCS Retention.

extension AVPDefinition where Value == UInt16 {
    /// Frame-Relay Header Length (RFC 4591), in ICRQ, ICRP and ICCN: 2 or 4 bytes.
    @inlinable
    public static var frameRelayHeaderLength: Self {
        Self(AttributeType(85), "Frame-Relay Header Length", versions: .v3, mandatory: .should(false), hiding: true)
    }

    /// ATM Maximum Concatenated Cells (RFC 4454 §6), in ICRQ, ICRP and SLI: how many cells a data message may have.
    @inlinable
    public static var atmMaximumConcatenatedCells: Self {
        Self(
            AttributeType(86), "ATM Maximum Concatenated Cells", versions: .v3,
            mandatory: .should(false), hiding: true)
    }

    /// Interface Maximum Transmission Unit (RFC 4667 §4.3, RFC 4719), in ICRQ and ICRP: the MTU of the attachment circuit
    /// in bytes, which must be the same at both ends.
    @inlinable
    public static var interfaceMTU: Self {
        Self(
            AttributeType(91), "Interface Maximum Transmission Unit", versions: .v3,
            mandatory: .should(false), hiding: true)
    }

    /// FCS Retention (RFC 4720 §4), in ICRQ, ICRP and ICCN: payloads keep their frame check sequence; its length in bytes,
    /// 4 for Ethernet.
    @inlinable
    public static var fcsRetention: Self {
        Self(AttributeType(92), "FCS Retention", versions: .v3, mandatory: .must(false), hiding: true)
    }

    /// Maximum Receive Unit (RFC 4623 §5.3): the longest fragment that the sender wants to receive, in bytes.
    @inlinable
    public static var maximumReceiveUnit: Self {
        Self(AttributeType(94), "Maximum Receive Unit (MRU)", versions: .v3, mandatory: .should(false), hiding: true)
    }

    /// Maximum Reassembled Receive Unit (RFC 4623 §5.4): the longest frame that the sender can put together, in bytes.
    @inlinable
    public static var maximumReassembledReceiveUnit: Self {
        Self(
            AttributeType(95), "Maximum Reassembled Receive Unit (MRRU)", versions: .v3,
            mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == EmptyValue {
    /// OAM Emulation Required (RFC 4454 §7), in ICRQ, ICRP and SLI: OAM cells are not carried but emulated.
    @inlinable
    public static var oamEmulationRequired: Self {
        Self(AttributeType(87), "OAM Emulation Required", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == ATMAlarmStatus {
    /// ATM Alarm Status (RFC 4454 §8.1), in SLI: why the circuit is in its state.
    @inlinable
    public static var atmAlarmStatus: Self {
        Self(AttributeType(88), "ATM Alarm Status", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == [UInt8] {
    /// Attachment Group Identifier (RFC 4667 §4.3), in ICRQ: the VPN that the forwarder belongs to.
    @inlinable
    public static var attachmentGroupIdentifier: Self {
        Self(AttributeType(89), "Attachment Group Identifier", versions: .v3, mandatory: .should(false), hiding: true)
    }

    /// Local End Identifier (RFC 4667 §4.3), in ICRQ: the sender's forwarder.
    @inlinable
    public static var localEndIdentifier: Self {
        Self(AttributeType(90), "Local End Identifier", versions: .v3, mandatory: .should(false), hiding: true)
    }

    /// PW Switching Point (RFC 6073), in ICRQ, ICRP, OCRQ and OCRP: where segments of a pseudowire are joined; a list of
    /// TLVs, kept as bytes.
    @inlinable
    public static var pseudowireSwitchingPoint: Self {
        Self(AttributeType(101), "PW Switching Point", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == VCCVCapability {
    /// VCCV Capability (RFC 5085 §6.3.1), in ICRQ, ICRP, OCRQ and OCRP: how the pseudowire's connectivity can be verified.
    @inlinable
    public static var vccvCapability: Self {
        Self(AttributeType(96), "VCCV Capability", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == TDMPseudowire {
    /// TDM Pseudowire (RFC 5611 §2.1), in ICRQ and OCRQ: what the TDM pseudowire carries.
    @inlinable
    public static var tdmPseudowire: Self {
        Self(AttributeType(99), "TDM Pseudowire", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == RTPParameters {
    /// RTP (RFC 5611 §2.2), in ICRQ, OCRQ, ICRP and OCRP: the TDM pseudowire uses RTP, and how.
    @inlinable
    public static var rtp: Self {
        Self(AttributeType(100), "RTP", versions: .v3, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == TargetDiscriminators {
    /// S-BFD Target Discriminator ID (RFC 7886 §2), in ICRQ, ICRP, OCRQ and OCRP: the discriminators of the sender's
    /// reflector.
    @inlinable
    public static var targetDiscriminatorID: Self {
        Self(AttributeType(102), "S-BFD Target Discriminator ID", versions: .v3, mandatory: .must(false), hiding: true)
    }
}
