// The attribute types of RFC 2661 §4.4, some of which RFC 3931 §5.4 takes over.

extension AVPDefinition where Value == MessageType {
    /// Message Type (RFC 2661 §4.4.1, RFC 3931 §5.4.1), in all messages: always the first AVP, and never hidden.
    ///
    /// Its M bit says what to do about a message of an unknown type. RFC 2661 and RFC 3931 set it in all of theirs; other
    /// documents may clear it.
    @inlinable
    public static var messageType: Self {
        Self(AttributeType(0), "Message Type", versions: .all, mandatory: .should(true), hiding: false)
    }
}

extension AVPDefinition where Value == ResultCodeValue {
    /// Result Code (RFC 2661 §4.4.2, RFC 3931 §5.4.2), in StopCCN, CDN and MSEN: why the tunnel or session ends.
    @inlinable
    public static var resultCode: Self {
        Self(
            AttributeType(1), "Result Code", versions: .all,
            mandatory: .should(true), mandatoryInV2: .must(true), hiding: false)
    }
}

extension AVPDefinition where Value == ProtocolVersionValue {
    /// Protocol Version (RFC 2661 §4.4.3), in SCCRQ and SCCRP: the version that the sender speaks.
    @inlinable
    public static var protocolVersion: Self {
        Self(AttributeType(2), "Protocol Version", versions: .v2, mandatory: .must(true), hiding: false)
    }
}

extension AVPDefinition where Value == Framing {
    /// Framing Capabilities (RFC 2661 §4.4.3), in SCCRQ and SCCRP: the types of framing that the sender can do.
    @inlinable
    public static var framingCapabilities: Self {
        Self(AttributeType(3), "Framing Capabilities", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Framing Type (RFC 2661 §4.4.4), in ICCN, OCRQ and OCCN: the type of framing of the call.
    @inlinable
    public static var framingType: Self {
        Self(AttributeType(19), "Framing Type", versions: .v2, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == Bearer {
    /// Bearer Capabilities (RFC 2661 §4.4.3), in SCCRQ and SCCRP: the types of bearer that the sender can do.
    @inlinable
    public static var bearerCapabilities: Self {
        Self(AttributeType(4), "Bearer Capabilities", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Bearer Type (RFC 2661 §4.4.4), in ICRQ and OCRQ: the type of bearer of the call.
    @inlinable
    public static var bearerType: Self {
        Self(AttributeType(18), "Bearer Type", versions: .v2, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == TieBreaker {
    /// Tie Breaker (RFC 2661 §4.4.3, RFC 3931 §5.4.3 and §5.4.4): random bytes, the lower ones of which win.
    ///
    /// In SCCRQ the sender wants a single tunnel between the two; in ICRQ and OCRQ of L2TPv3 a single session for the
    /// circuit.
    @inlinable
    public static var tieBreaker: Self {
        Self(
            AttributeType(5), "Tie Breaker", versions: .all,
            mandatory: .should(true), mandatoryInV2: .must(false), hiding: false)
    }
}

extension AVPDefinition where Value == TextValue {
    /// Host Name (RFC 2661 §4.4.3, RFC 3931 §5.4.3), in SCCRQ and SCCRP: the sender's name, of at least one byte.
    @inlinable
    public static var hostName: Self {
        Self(
            AttributeType(7), "Host Name", versions: .all,
            mandatory: .should(true), mandatoryInV2: .must(true), hiding: false)
    }

    /// Vendor Name (RFC 2661 §4.4.3, RFC 3931 §5.4.3), in SCCRQ and SCCRP: what software or device the sender is.
    @inlinable
    public static var vendorName: Self {
        Self(
            AttributeType(8), "Vendor Name", versions: .all,
            mandatory: .should(false), mandatoryInV2: .must(false), hiding: true)
    }

    /// Called Number (RFC 2661 §4.4.4), in ICRQ and OCRQ: the telephone number that is called.
    ///
    /// RFC 2661 sets the M bit of the three about numbers, RFC 3301 §5.3 clears it where they are NSAP addresses.
    @inlinable
    public static var calledNumber: Self {
        Self(AttributeType(21), "Called Number", versions: .v2, mandatory: .should(true), hiding: true)
    }

    /// Calling Number (RFC 2661 §4.4.4), in ICRQ: the telephone number of the caller.
    @inlinable
    public static var callingNumber: Self {
        Self(AttributeType(22), "Calling Number", versions: .v2, mandatory: .should(true), hiding: true)
    }

    /// Sub-Address (RFC 2661 §4.4.4), in ICRQ and OCRQ: more about the number that is called.
    @inlinable
    public static var subAddress: Self {
        Self(AttributeType(23), "Sub-Address", versions: .v2, mandatory: .should(true), hiding: true)
    }

    /// Proxy Authen Name (RFC 2661 §4.4.5), in ICCN: the name with which the remote system authenticated itself.
    @inlinable
    public static var proxyAuthenName: Self {
        Self(AttributeType(30), "Proxy Authen Name", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == UInt16 {
    /// Firmware Revision (RFC 2661 §4.4.3), in SCCRQ and SCCRP: the revision of the sender's software.
    @inlinable
    public static var firmwareRevision: Self {
        Self(AttributeType(6), "Firmware Revision", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Assigned Tunnel ID (RFC 2661 §4.4.3), in SCCRQ, SCCRP and StopCCN: what its peer is to call the tunnel, 1…65535.
    @inlinable
    public static var assignedTunnelID: Self {
        Self(AttributeType(9), "Assigned Tunnel ID", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Receive Window Size (RFC 2661 §4.4.3, RFC 3931 §5.4.3), in SCCRQ and SCCRP: how many control messages the peer may
    /// send before it waits for an acknowledgement; 4 when the AVP is missing.
    @inlinable
    public static var receiveWindowSize: Self {
        Self(
            AttributeType(10), "Receive Window Size", versions: .all,
            mandatory: .should(true), mandatoryInV2: .must(true), hiding: false)
    }

    /// Assigned Session ID (RFC 2661 §4.4.4), in CDN, ICRP, ICRQ, OCRP and OCRQ: what its peer is to call the session,
    /// 1…65535.
    @inlinable
    public static var assignedSessionID: Self {
        Self(AttributeType(14), "Assigned Session ID", versions: .v2, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == [UInt8] {
    /// Challenge (RFC 2661 §4.4.3), in SCCRP and SCCRQ: random bytes that the peer is to answer.
    @inlinable
    public static var challenge: Self {
        Self(AttributeType(11), "Challenge", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Challenge Response (RFC 2661 §4.4.3), in SCCCN and SCCRP: 16 bytes, the MD5 of message type, secret and challenge.
    @inlinable
    public static var challengeResponse: Self {
        Self(AttributeType(13), "Challenge Response", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Initial Received LCP CONFREQ (RFC 2661 §4.4.5), in ICCN: the options of the first request of the PPP peer.
    @inlinable
    public static var initialReceivedLCPConfReq: Self {
        Self(AttributeType(26), "Initial Received LCP CONFREQ", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Last Sent LCP CONFREQ (RFC 2661 §4.4.5), in ICCN: the options of the last request to the PPP peer.
    @inlinable
    public static var lastSentLCPConfReq: Self {
        Self(AttributeType(27), "Last Sent LCP CONFREQ", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Last Received LCP CONFREQ (RFC 2661 §4.4.5), in ICCN: the options of the last request of the PPP peer.
    @inlinable
    public static var lastReceivedLCPConfReq: Self {
        Self(AttributeType(28), "Last Received LCP CONFREQ", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Proxy Authen Challenge (RFC 2661 §4.4.5), in ICCN: what the LAC sent to the PPP peer to answer.
    @inlinable
    public static var proxyAuthenChallenge: Self {
        Self(AttributeType(31), "Proxy Authen Challenge", versions: .v2, mandatory: .must(false), hiding: true)
    }

    /// Proxy Authen Response (RFC 2661 §4.4.5), in ICCN: what the PPP peer answered; for PAP its password, so a secret.
    @inlinable
    public static var proxyAuthenResponse: Self {
        Self(
            AttributeType(33), "Proxy Authen Response", versions: .v2, mandatory: .must(false), hiding: true,
            isSecret: true)
    }

    /// Random Vector (RFC 2661 §4.4.1, RFC 3931 §5.4.1), in all messages: random bytes for the hidden AVPs after it.
    @inlinable
    public static var randomVector: Self {
        Self(
            AttributeType(36), "Random Vector", versions: .all,
            mandatory: .should(true), mandatoryInV2: .must(true), hiding: false)
    }

    /// Private Group ID (RFC 2661 §4.4.4), in ICCN: the customers' group that the call belongs to.
    @inlinable
    public static var privateGroupID: Self {
        Self(AttributeType(37), "Private Group ID", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == CauseCode {
    /// Q.931 Cause Code (RFC 2661 §4.4.2), in CDN: why a call was disconnected that nobody asked to be.
    @inlinable
    public static var causeCode: Self {
        Self(AttributeType(12), "Q.931 Cause Code", versions: .v2, mandatory: .must(true), hiding: false)
    }
}

extension AVPDefinition where Value == UInt32 {
    /// Call Serial Number (RFC 2661 §4.4.4; RFC 3931 §5.4.4, Serial Number), in ICRQ and OCRQ: a number for the logs of
    /// both ends.
    @inlinable
    public static var callSerialNumber: Self {
        Self(
            AttributeType(15), "Call Serial Number", versions: .all,
            mandatory: .should(false), mandatoryInV2: .must(true), hiding: true)
    }

    /// Minimum BPS (RFC 2661 §4.4.4), in OCRQ: the lowest acceptable speed in bits a second.
    @inlinable
    public static var minimumBPS: Self {
        Self(AttributeType(16), "Minimum BPS", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Maximum BPS (RFC 2661 §4.4.4), in OCRQ: the highest acceptable speed in bits a second.
    @inlinable
    public static var maximumBPS: Self {
        Self(AttributeType(17), "Maximum BPS", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// (Tx) Connect Speed BPS (RFC 2661 §4.4.4), in ICCN and OCCN: the speed from the LAC to the remote system in bits a
    /// second.
    @inlinable
    public static var txConnectSpeedBPS: Self {
        Self(AttributeType(24), "(Tx) Connect Speed BPS", versions: .v2, mandatory: .must(true), hiding: true)
    }

    /// Physical Channel ID (RFC 2661 §4.4.4, RFC 3931 §5.4.4), in ICRQ, ICRP (L2TPv3) and OCRP: a vendor's channel number,
    /// for the logs.
    @inlinable
    public static var physicalChannelID: Self {
        Self(
            AttributeType(25), "Physical Channel ID", versions: .all,
            mandatory: .should(false), mandatoryInV2: .must(false), hiding: true)
    }

    /// Rx Connect Speed BPS (RFC 2661 §4.4.4), in ICCN and OCCN: the speed from the remote system to the LAC in bits a
    /// second.
    @inlinable
    public static var rxConnectSpeedBPS: Self {
        Self(AttributeType(38), "Rx Connect Speed BPS", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ProxyAuthenType {
    /// Proxy Authen Type (RFC 2661 §4.4.5), in ICCN: how the LAC has authenticated the remote system.
    @inlinable
    public static var proxyAuthenType: Self {
        Self(AttributeType(29), "Proxy Authen Type", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == ProxyAuthenID {
    /// Proxy Authen ID (RFC 2661 §4.4.5), in ICCN: the identifier of the PPP authentication.
    @inlinable
    public static var proxyAuthenID: Self {
        Self(AttributeType(32), "Proxy Authen ID", versions: .v2, mandatory: .must(false), hiding: true)
    }
}

extension AVPDefinition where Value == CallErrors {
    /// Call Errors (RFC 2661 §4.4.6; RFC 3931 §5.4.5, Circuit Errors), in WEN: the counters of the line.
    @inlinable
    public static var callErrors: Self {
        Self(
            AttributeType(34), "Call Errors", versions: .all,
            mandatory: .should(false), mandatoryInV2: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == ACCM {
    /// ACCM (RFC 2661 §4.4.6), in SLI: the async-control-character-maps that the LNS has negotiated.
    @inlinable
    public static var accm: Self {
        Self(AttributeType(35), "ACCM", versions: .v2, mandatory: .must(true), hiding: true)
    }
}

extension AVPDefinition where Value == EmptyValue {
    /// Sequencing Required (RFC 2661 §4.4.4), in ICCN and OCCN: data messages must bear sequence numbers.
    @inlinable
    public static var sequencingRequired: Self {
        Self(AttributeType(39), "Sequencing Required", versions: .v2, mandatory: .must(true), hiding: false)
    }
}
