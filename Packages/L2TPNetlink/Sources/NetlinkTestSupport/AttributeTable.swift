internal import CLibmnl
internal import L2TPModel
internal import Netlink
internal import SystemPackage

/// The attributes of a request, as the kernel's liberal parser takes them: unknown ones are kept and
/// mean nothing, the last of a number counts, and what is behind a malformed one is not seen.
struct AttributeTable {
    private(set) var values: [NetlinkAttributeType: [UInt8]] = [:]

    init(_ message: borrowing NetlinkMessage, after headerByteCount: Int) {
        do throws(NetlinkError) {
            var reader = try message.attributes(after: headerByteCount)
            while let attribute = try reader.next() {
                values[attribute.type] = [UInt8](copying: attribute.value)
            }
        } catch {
            return
        }
    }

    /// Whether an attribute is there, whatever its value.
    func has(_ type: Int) -> Bool { bytes(type) != nil }

    /// The value of an attribute; nil if it is not there.
    func bytes(_ type: Int) -> [UInt8]? { values[NetlinkAttributeType(type)] }

    /// The number in the first bytes of an attribute; nil if it is not there.
    func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: Int, _: Number.Type = Number.self) -> Number? {
        bytes(type).map { NetlinkTestSupport.number(fromHostBytes: $0) }
    }

    /// The number of an attribute that the command cannot do without.
    func required<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Int, _: Number.Type = Number.self
    ) throws(Errno) -> Number {
        guard let number: Number = number(type) else { throw .invalidArgument }
        return number
    }

    /// One of the kernel's 1-bit settings: only bit 0 counts. Nil if it is not there.
    func bit(_ type: Int) -> Bool? {
        number(type, UInt8.self).map { $0 & 1 != 0 }
    }

    /// The text of an attribute; nil if it is not there.
    func text(_ type: Int) -> String? {
        bytes(type).map { NetlinkTestSupport.text(fromBytes: $0) }
    }

    /// The IPv4 address of an attribute; nil if it is not there.
    func ipv4Address(_ type: Int) -> IPv4Address? {
        bytes(type).map { IPv4Address(number: $0.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }) }
    }

    /// The IPv6 address of an attribute, short ones filled up with zeros; nil if it is not there.
    func ipv6Address(_ type: Int) -> IPv6Address? {
        bytes(type).map { bytes in
            let padded = bytes + [UInt8](repeating: 0, count: max(0, 16 - bytes.count))
            return IPv6Address(
                high: padded[..<8].reduce(0) { $0 << 8 | UInt64($1) },
                low: padded[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }
}

extension AttributeTable {
    private enum Kind {
        case number(byteCount: Int)
        case binary(maximumByteCount: Int)
        case name
    }

    /// The policy of the family `l2tp`; the flags are not in it, so that they may have a value.
    private static let policy: [Int: Kind] = [
        L2TP_ATTR_PW_TYPE: .number(byteCount: 2),
        L2TP_ATTR_ENCAP_TYPE: .number(byteCount: 2),
        L2TP_ATTR_OFFSET: .number(byteCount: 2),
        L2TP_ATTR_DATA_SEQ: .number(byteCount: 1),
        L2TP_ATTR_L2SPEC_TYPE: .number(byteCount: 1),
        L2TP_ATTR_L2SPEC_LEN: .number(byteCount: 1),
        L2TP_ATTR_PROTO_VERSION: .number(byteCount: 1),
        L2TP_ATTR_IFNAME: .name,
        L2TP_ATTR_CONN_ID: .number(byteCount: 4),
        L2TP_ATTR_PEER_CONN_ID: .number(byteCount: 4),
        L2TP_ATTR_SESSION_ID: .number(byteCount: 4),
        L2TP_ATTR_PEER_SESSION_ID: .number(byteCount: 4),
        L2TP_ATTR_UDP_CSUM: .number(byteCount: 1),
        L2TP_ATTR_VLAN_ID: .number(byteCount: 2),
        L2TP_ATTR_COOKIE: .binary(maximumByteCount: 8),
        L2TP_ATTR_PEER_COOKIE: .binary(maximumByteCount: 8),
        L2TP_ATTR_DEBUG: .number(byteCount: 4),
        L2TP_ATTR_RECV_SEQ: .number(byteCount: 1),
        L2TP_ATTR_SEND_SEQ: .number(byteCount: 1),
        L2TP_ATTR_LNS_MODE: .number(byteCount: 1),
        L2TP_ATTR_USING_IPSEC: .number(byteCount: 1),
        L2TP_ATTR_RECV_TIMEOUT: .number(byteCount: 8),
        L2TP_ATTR_FD: .number(byteCount: 4),
        L2TP_ATTR_IP_SADDR: .number(byteCount: 4),
        L2TP_ATTR_IP_DADDR: .number(byteCount: 4),
        L2TP_ATTR_UDP_SPORT: .number(byteCount: 2),
        L2TP_ATTR_UDP_DPORT: .number(byteCount: 2),
        L2TP_ATTR_MTU: .number(byteCount: 2),
        L2TP_ATTR_MRU: .number(byteCount: 2),
        L2TP_ATTR_IP6_SADDR: .binary(maximumByteCount: 16),
        L2TP_ATTR_IP6_DADDR: .binary(maximumByteCount: 16),
    ]

    /// Checks lengths as the policy of the family `l2tp` wants them.
    func checkPolicy() throws(Errno) {
        for (type, value) in values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            switch Self.policy[Int(type.rawValue)] {
            case .number(let byteCount): guard value.count >= byteCount else { throw .outOfRange }
            case .binary(let maximum): guard value.count <= maximum else { throw .outOfRange }
            case .name:
                guard value.prefix(Int(IFNAMSIZ)).contains(0) else { throw .invalidArgument }
                // The text is over, but what follows its end counts too; one zero byte is left out.
                guard value.count - (value.last == 0 ? 1 : 0) < Int(IFNAMSIZ) else { throw .outOfRange }
            case nil: break
            }
        }
    }
}
