import L2TPModel
import L2TPWire
import Testing

/// One combination of what a session's packets can look like.
struct Cell: Hashable, Sendable, CustomTestStringConvertible {
    var encapsulation: Encapsulation
    var ipVersion: IPVersion
    var cookieLength = CookieLength.none
    var sublayer = L2SpecificSublayer.default
    /// Whether both ends number their packets and insist on numbers (`seq both`).
    var sequence = false

    var testDescription: String {
        "\(encapsulation)/\(ipVersion) cookie \(cookieLength) sublayer \(sublayer) seq \(sequence ? "both" : "none")"
    }

    /// All combinations, the impossible ones (numbers without a sublayer) included.
    static let all: [Self] = Encapsulation.allCases.flatMap { encapsulation in
        IPVersion.allCases.flatMap { version in
            CookieLength.allCases.flatMap { length in
                L2SpecificSublayer.allCases.flatMap { sublayer in
                    [false, true].map { sequence in
                        Self(
                            encapsulation: encapsulation, ipVersion: version, cookieLength: length, sublayer: sublayer,
                            sequence: sequence)
                    }
                }
            }
        }
    }

    /// The combinations that can work.
    static let possible = all.filter { !$0.sequence || $0.sublayer == .default }
    /// The combinations that cannot.
    static let impossible = all.filter { $0.sequence && $0.sublayer == .none }
    /// The combinations without sequence numbers, which differ in the MTU.
    static let unnumbered = all.filter { !$0.sequence }

    /// The format of what is sent in either direction.
    var format: DataFormat { DataFormat(cookieLength: cookieLength, sublayer: sublayer) }

    /// The cookie that a side sends.
    func cookie(_ side: Side) -> Cookie? {
        let number: UInt64 = side == .left ? 0x0123_4567_89ab_cdef : 0xfedc_ba98_7654_3210
        return switch cookieLength {
        case .none: nil
        case .four: Cookie(UInt32(number >> 32))
        case .eight: Cookie(number)
        }
    }

    /// The tunnel as one side has it.
    func tunnel(_ side: Side) -> TunnelSpecification {
        TunnelSpecification(
            id: Self.tunnelID(side),
            peerID: Self.tunnelID(side.other),
            local: SitePair.address(side, ipVersion),
            peer: SitePair.address(side.other, ipVersion),
            encapsulation: encapsulation == .ip
                ? .ip : .udp(UDPParameters(sourcePort: Self.port(side), destinationPort: Self.port(side.other))))
    }

    /// The session as one side has it.
    func session(_ side: Side) throws -> SessionSpecification {
        SessionSpecification(
            tunnelID: Self.tunnelID(side),
            id: Self.sessionID(side),
            peerID: Self.sessionID(side.other),
            l2SpecificSublayer: sublayer,
            cookie: cookie(side),
            peerCookie: cookie(side.other),
            sendsSequenceNumbers: sequence,
            requiresSequenceNumbers: sequence,
            interfaceName: try InterfaceName(Self.interface))
    }

    /// The name of the session's interface, the same at both ends.
    static let interface = "pw"

    static func tunnelID(_ side: Side) -> TunnelID { TunnelID(side == .left ? 3000 : 4_000_000_000) }

    static func sessionID(_ side: Side) -> SessionID { SessionID(side == .left ? 1000 : 0x5566_7788) }

    static func port(_ side: Side) -> UInt16 { side == .left ? 5000 : 60000 }
}
