/// Every metric there is. Those of tunnels and sessions are what the kernel keeps, see `Statistics` in L2TPModel: a tunnel
/// has no discards of its own, a session no invalid packets.
extension MetricDefinition {
    // MARK: The exporter

    /// Whether the last walk succeeded.
    public static let up = Self(
        "l2tp_up", .gauge, help: "Whether everything could be read from the kernel (1) or not (0).")
    /// How long the walk took.
    public static let scrapeDuration = Self(
        "l2tp_scrape_duration_seconds", .gauge, unit: "seconds",
        help: "Time that reading everything took, in seconds.")
    /// What exports.
    public static let buildInfo = Self(
        "l2tp_exporter_build_info", .info, help: "Version of the exporter.")

    // MARK: Numbers of objects

    /// How many tunnels there are.
    public static let tunnels = Self("l2tp_tunnels", .gauge, help: "Number of tunnels.")
    /// How many sessions there are.
    public static let sessions = Self("l2tp_sessions", .gauge, help: "Number of sessions.")

    // MARK: Tunnels

    /// The facts about a tunnel.
    public static let tunnelInfo = Self(
        "l2tp_tunnel_info", .info, help: "Addresses, ports, encapsulation and peer of a tunnel.")
    /// `L2TP_ATTR_TX_PACKETS` of a tunnel.
    public static let tunnelTransmitPackets = Self(
        "l2tp_tunnel_transmit_packets_total", .counter, help: "Packets sent by all sessions of a tunnel.")
    /// `L2TP_ATTR_TX_BYTES` of a tunnel.
    public static let tunnelTransmitBytes = Self(
        "l2tp_tunnel_transmit_bytes_total", .counter, unit: "bytes",
        help: "Bytes sent by all sessions of a tunnel, with the L2TP header, without UDP and IP.")
    /// `L2TP_ATTR_TX_ERRORS` of a tunnel.
    public static let tunnelTransmitErrors = Self(
        "l2tp_tunnel_transmit_errors_total", .counter, help: "Packets of a tunnel that could not be sent.")
    /// `L2TP_ATTR_RX_PACKETS` of a tunnel.
    public static let tunnelReceivePackets = Self(
        "l2tp_tunnel_receive_packets_total", .counter, help: "Packets received by all sessions of a tunnel.")
    /// `L2TP_ATTR_RX_BYTES` of a tunnel.
    public static let tunnelReceiveBytes = Self(
        "l2tp_tunnel_receive_bytes_total", .counter, unit: "bytes",
        help: "Bytes received by all sessions of a tunnel, with the L2TP header, without UDP and IP.")
    /// `L2TP_ATTR_RX_ERRORS` of a tunnel.
    public static let tunnelReceiveErrors = Self(
        "l2tp_tunnel_receive_errors_total", .counter,
        help: "Packets of a tunnel dropped on receipt; Linux counts them for sessions only.")
    /// `L2TP_ATTR_RX_INVALID` of a tunnel.
    public static let tunnelReceiveInvalidPackets = Self(
        "l2tp_tunnel_receive_invalid_packets_total", .counter,
        help: "Packets of a tunnel dropped as malformed, of another version, or, on Linux 6.1, of no session.")

    // MARK: Sessions

    /// The facts about a session.
    public static let sessionInfo = Self(
        "l2tp_session_info", .info, help: "Peer, kind of pseudowire and interface of a session.")
    /// `L2TP_ATTR_TX_PACKETS` of a session.
    public static let sessionTransmitPackets = Self(
        "l2tp_session_transmit_packets_total", .counter, help: "Packets sent by a session.")
    /// `L2TP_ATTR_TX_BYTES` of a session.
    public static let sessionTransmitBytes = Self(
        "l2tp_session_transmit_bytes_total", .counter, unit: "bytes",
        help: "Bytes sent by a session, with the L2TP header, without UDP and IP.")
    /// `L2TP_ATTR_TX_ERRORS` of a session.
    public static let sessionTransmitErrors = Self(
        "l2tp_session_transmit_errors_total", .counter, help: "Packets of a session that could not be sent.")
    /// `L2TP_ATTR_RX_PACKETS` of a session.
    public static let sessionReceivePackets = Self(
        "l2tp_session_receive_packets_total", .counter, help: "Packets received by a session.")
    /// `L2TP_ATTR_RX_BYTES` of a session.
    public static let sessionReceiveBytes = Self(
        "l2tp_session_receive_bytes_total", .counter, unit: "bytes",
        help: "Bytes received by a session, with the L2TP header, without UDP and IP.")
    /// `L2TP_ATTR_RX_ERRORS` of a session.
    public static let sessionReceiveErrors = Self(
        "l2tp_session_receive_errors_total", .counter,
        help: "Packets of a session dropped on receipt, its discards among them.")
    /// `L2TP_ATTR_RX_SEQ_DISCARDS` of a session.
    public static let sessionReceiveSequenceDiscards = Self(
        "l2tp_session_receive_sequence_discards_total", .counter,
        help: "Packets of a session dropped for their sequence number, or for lacking one.")
    /// `L2TP_ATTR_RX_OOS_PACKETS` of a session.
    public static let sessionReceiveOutOfSequencePackets = Self(
        "l2tp_session_receive_out_of_sequence_packets_total", .counter,
        help: "Packets of a session that came out of order and were put back into it.")
    /// `L2TP_ATTR_RX_COOKIE_DISCARDS` of a session.
    public static let sessionReceiveCookieDiscards = Self(
        "l2tp_session_receive_cookie_discards_total", .counter,
        help: "Packets of a session dropped for another cookie than the expected one.")

    // MARK: Interfaces

    /// Whether a session's interface carries frames.
    public static let sessionInterfaceOperational = Self(
        "l2tp_session_interface_operational", .gauge,
        help: "Whether the interface of a session is operational (1): its state is up, or unknown with a carrier.")
    /// `IFLA_MTU` of a session's interface.
    public static let sessionInterfaceMTU = Self(
        "l2tp_session_interface_mtu_bytes", .gauge, unit: "bytes", help: "MTU of the interface of a session, in bytes.")

    // MARK: Configuration

    /// Whether the configuration can be read.
    public static let configurationValid = Self(
        "l2tp_configuration_valid", .gauge,
        help: "Whether the configuration is free of errors (1); if not (0), the last one read that was is compared.")
    /// What is configured.
    public static let configured = Self(
        "l2tp_configured", .gauge, help: "A tunnel or session that is configured (1).")
    /// Whether what is configured is there.
    public static let present = Self(
        "l2tp_present", .gauge,
        help: "Whether a configured tunnel or session exists as it is configured (1) or not (0).")

    /// All of them, in the order of the output.
    public static let all: [Self] = [
        up, scrapeDuration, buildInfo, tunnels, sessions,
        tunnelInfo, tunnelTransmitPackets, tunnelTransmitBytes, tunnelTransmitErrors, tunnelReceivePackets,
        tunnelReceiveBytes, tunnelReceiveErrors, tunnelReceiveInvalidPackets,
        sessionInfo, sessionTransmitPackets, sessionTransmitBytes, sessionTransmitErrors, sessionReceivePackets,
        sessionReceiveBytes, sessionReceiveErrors, sessionReceiveSequenceDiscards,
        sessionReceiveOutOfSequencePackets, sessionReceiveCookieDiscards,
        sessionInterfaceOperational, sessionInterfaceMTU,
        configurationValid, configured, present,
    ]
}
