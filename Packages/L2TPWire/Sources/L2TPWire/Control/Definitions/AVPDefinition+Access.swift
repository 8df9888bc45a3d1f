// The attribute types for PPP and for the networks by which calls come: RFC 3145, 3301, 3437, 3573, 3817 and 5515.

extension AVPDefinition where Value == UInt32 {
    /// Rx Minimum BPS (RFC 3301 §5.2), in OCRQ: the lowest acceptable speed from the remote system to the LAC in bits a
    /// second.
    @inlinable
    public static var rxMinimumBPS: Self {
        Self(AttributeType(40), "Rx Minimum BPS", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Rx Maximum BPS (RFC 3301 §5.2), in OCRQ: the highest acceptable speed from the remote system to the LAC in bits a
    /// second.
    @inlinable
    public static var rxMaximumBPS: Self {
        Self(AttributeType(41), "Rx Maximum BPS", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ServiceCategory {
    /// Service Category (RFC 3301 §5.2), in OCRQ and ICRQ: the quality of service that is expected.
    @inlinable
    public static var serviceCategory: Self {
        Self(AttributeType(42), "Service Category", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == TextValue {
    /// Service Name (RFC 3301 §5.2), in OCRQ and ICRQ: the name of an ATM connection, in UTF-8, of at least one byte.
    @inlinable
    public static var serviceName: Self {
        Self(AttributeType(43), "Service Name", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ATMCircuitID {
    /// VPI/VCI Identifier (RFC 3301 §5.2), in ICRQ and OCRP: the circuit at the LAC's ATM interface.
    @inlinable
    public static var vpiVCIIdentifier: Self {
        Self(AttributeType(45), "VPI/VCI Identifier", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == PPPDisconnectCause {
    /// PPP Disconnect Cause Code (RFC 3145 §2), in CDN: why the PPP session ended.
    @inlinable
    public static var pppDisconnectCauseCode: Self {
        Self(AttributeType(46), "PPP Disconnect Cause Code", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == [UInt8] {
    /// Calling Sub-Address (RFC 3301 §5.2), in ICRQ: an NSAP address of 20 bytes.
    @inlinable
    public static var callingSubAddress: Self {
        Self(AttributeType(44), "Calling Sub-Address", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// LCP Want Options (RFC 3437 §2.1), in ICCN and OCCN: LCP options with which the LNS should begin.
    @inlinable
    public static var lcpWantOptions: Self {
        Self(AttributeType(49), "LCP Want Options", versions: .v2, mandatory: .should(false), hiding: true)
    }

    /// LCP Allow Options (RFC 3437 §2.2), in ICCN and OCCN: LCP options that the LNS may accept.
    @inlinable
    public static var lcpAllowOptions: Self {
        Self(AttributeType(50), "LCP Allow Options", versions: .v2, mandatory: .should(false), hiding: true)
    }

    /// LNS Last Sent LCP Confreq (RFC 3437 §2.3), in SLI: the options of the last request to the PPP peer.
    @inlinable
    public static var lnsLastSentLCPConfReq: Self {
        Self(AttributeType(51), "LNS Last Sent LCP Confreq", versions: .v2, mandatory: .should(false), hiding: true)
    }

    /// LNS Last Received LCP Confreq (RFC 3437 §2.3), in SLI: the options of the last request of the PPP peer.
    @inlinable
    public static var lnsLastReceivedLCPConfReq: Self {
        Self(AttributeType(52), "LNS Last Received LCP Confreq", versions: .v2, mandatory: .should(false), hiding: true)
    }

    /// PPPoE Relay (RFC 3817), in SRRQ, SRRP and CDN among others: a PPPoE discovery message.
    @inlinable
    public static var pppoeRelay: Self {
        Self(AttributeType(55), "PPPoE Relay", versions: .all, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == EmptyValue {
    /// Modem On-Hold Capable (RFC 3573 §4.1), in SCCRQ and SCCRP: the sender wants to hear of modems on hold.
    @inlinable
    public static var modemOnHoldCapable: Self {
        Self(AttributeType(53), "Modem On-Hold Capable", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// PPPoE Relay Response Capability (RFC 3817 §2.4.1), in SCCRQ and SCCRP: the sender answers relayed PPPoE messages.
    @inlinable
    public static var pppoeRelayResponseCapability: Self {
        Self(
            AttributeType(56), "PPPoE Relay Response Capability", versions: .all,
            mandatory: .should(false), hiding: true)
    }

    /// PPPoE Relay Forward Capability (RFC 3817 §2.4.2), in SCCRQ and SCCRP: the sender relays PPPoE messages.
    @inlinable
    public static var pppoeRelayForwardCapability: Self {
        Self(
            AttributeType(57), "PPPoE Relay Forward Capability", versions: .all,
            mandatory: .should(false), hiding: true)
    }

    /// Connect Speed Update Enable (RFC 5515 §6.2), in ICRQ: the LAC will tell when the speed of the line changes.
    @inlinable
    public static var connectSpeedUpdateEnable: Self {
        Self(AttributeType(98), "Connect Speed Update Enable", versions: .all, mandatory: .should(false), hiding: true)
    }
}

extension AVPDefinition where Value == ModemOnHoldStatus {
    /// Modem On-Hold Status (RFC 3573 §4.2), in MDMST: whether the modem has put the call on hold.
    @inlinable
    public static var modemOnHoldStatus: Self {
        Self(AttributeType(54), "Modem On-Hold Status", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ConnectSpeedUpdate {
    /// Connect Speed Update (RFC 5515 §6.1), in CSUN and CSURQ: the current speeds of a session.
    @inlinable
    public static var connectSpeedUpdate: Self {
        Self(AttributeType(97), "Connect Speed Update", versions: .all, mandatory: .should(false), hiding: true)
    }
}
