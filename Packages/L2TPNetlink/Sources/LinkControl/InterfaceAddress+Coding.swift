internal import CLibmnl
public import L2TPModel
public import Netlink

extension InterfaceAddress {
    /// Length in bytes of `struct ifaddrmsg`, which stands before the attributes.
    static let headerByteCount = 8

    /// An address as a message describes it (`RTM_NEWADDR`); nil for a family other than IPv4 and IPv6.
    /// Throws `EBADMSG` if the message is malformed.
    public init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var reader = try message.attributes(after: Self.headerByteCount)
        let family: UInt8 = try message.number(at: 0)
        guard family == UInt8(AF_INET) || family == UInt8(AF_INET6) else { return nil }
        var flags = UInt32(try message.number(UInt8.self, at: 2))
        var local: IPAddress?
        var prefixAddress: IPAddress?
        var attributes = AddressAttributes()
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case Int(IFA_LOCAL): local = try IPAddress(attribute)
            case Int(IFA_ADDRESS): prefixAddress = try IPAddress(attribute)
            case Int(IFA_FLAGS): flags = try attribute.number()
            case Int(IFA_BROADCAST) where family == UInt8(AF_INET):
                attributes.broadcast = IPv4Address(number: try attribute.bigEndianNumber())
            case Int(IFA_LABEL):
                // Where none was asked for it is the interface's name, and no name holds a colon.
                let label = attribute.text
                if label.utf8.contains(UInt8(ascii: ":")) { attributes.label = label }
            case Int(IFA_RT_PRIORITY):
                let metric: UInt32 = try attribute.number()
                attributes.metric = metric == 0 ? nil : metric
            default: break
            }
        }
        guard let address = local ?? prefixAddress else {
            throw .malformed("address message without an address")
        }
        if case .v4 = address {
            let scope = AddressScope(rawValue: try message.number(at: 3))
            attributes.scope = scope == .automatic(for: address) ? nil : scope
        }
        attributes.flags = AddressFlags(rawValue: flags).intersection(.all)
        self.init(
            linkIndex: try message.number(at: 4),
            address: address,
            // Without a peer IPv4 repeats the local address there, and IPv6 has no other.
            peer: prefixAddress == address ? nil : prefixAddress,
            prefixBitCount: try message.number(at: 1),
            isTentative: flags & UInt32(IFA_F_TENTATIVE) != 0,
            isDuplicate: flags & UInt32(IFA_F_DADFAILED) != 0,
            skipsDuplicateDetection: flags & UInt32(IFA_F_NODAD) != 0,
            isDynamic: flags & UInt32(IFA_F_PERMANENT) == 0,
            attributes: attributes)
    }
}
