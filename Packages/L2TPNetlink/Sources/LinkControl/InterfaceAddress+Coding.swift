internal import CLibmnl
public import L2TPModel
public import Netlink

extension InterfaceAddress {
    /// Length in bytes of `struct ifaddrmsg`, which stands before the attributes.
    static let headerByteCount = 8
    /// `IFA_PROTO`, which headers before Linux 5.18 do not have.
    private static let protocolAttribute = 11
    /// `IFAPROT_KERNEL_LO`, `IFAPROT_KERNEL_RA` and `IFAPROT_KERNEL_LL`: the kernel made it for the loopback interface, of a
    /// router's advertisement, or as a link-local address.
    private static let protocolsOfKernel: ClosedRange<UInt8> = 1...3

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
        var lifetime = AddressLifetime()
        var isOfKernel = false
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case Int(IFA_LOCAL): local = try IPAddress(attribute)
            case Int(IFA_ADDRESS): prefixAddress = try IPAddress(attribute)
            case Int(IFA_FLAGS): flags = try attribute.number()
            case Int(IFA_BROADCAST) where family == UInt8(AF_INET):
                attributes.broadcast = IPv4Address(number: try attribute.bigEndianNumber())
            case Int(IFA_LABEL):
                let label = attribute.text
                if !label.isEmpty { attributes.label = label }
            case Int(IFA_RT_PRIORITY):
                let metric: UInt32 = try attribute.number()
                attributes.metric = metric == 0 ? nil : metric
            case Int(IFA_CACHEINFO): lifetime = try AddressLifetime(attribute)
            case Self.protocolAttribute: isOfKernel = Self.protocolsOfKernel.contains(try attribute.number())
            default: break
            }
        }
        // IPv4 tells it of an address without an end by the flag alone.
        if flags & UInt32(IFA_F_DEPRECATED) != 0 { lifetime.preferred = 0 }
        if lifetime != AddressLifetime() { attributes.lifetime = lifetime }
        guard let address = local ?? prefixAddress else {
            throw .malformed("address message without an address")
        }
        if case .v4 = address {
            let scope = AddressScope(rawValue: try message.number(at: 3))
            attributes.scope = scope == .automatic(for: address) ? nil : scope
        }
        attributes.flags = AddressFlags(rawValue: flags).intersection(.all)
        let isDynamic = flags & UInt32(IFA_F_PERMANENT) == 0
        let isAutomatic =
            family == UInt8(AF_INET6)
            && (isOfKernel || flags & UInt32(IFA_F_TEMPORARY | IFA_F_STABLE_PRIVACY) != 0
                || isDynamic && attributes.flags.contains(.managesTemporaryAddresses))
        self.init(
            linkIndex: try message.number(at: 4),
            address: address,
            // Without a peer IPv4 repeats the local address there, and IPv6 has no other.
            peer: prefixAddress == address ? nil : prefixAddress,
            prefixBitCount: try message.number(at: 1),
            isTentative: flags & UInt32(IFA_F_TENTATIVE) != 0,
            isDuplicate: flags & UInt32(IFA_F_DADFAILED) != 0,
            skipsDuplicateDetection: flags & UInt32(IFA_F_NODAD) != 0,
            isDynamic: isDynamic,
            isAutomatic: isAutomatic,
            attributes: attributes)
    }
}

extension AddressLifetime {
    /// A lifetime from `struct ifa_cacheinfo`: preferred, valid, and when it was made and changed, each of four bytes.
    fileprivate init(_ attribute: borrowing NetlinkAttribute) throws(NetlinkError) {
        let info: UInt128 = try attribute.number()
        func field(_ index: Int) -> UInt32 {
            UInt32(littleEndian: UInt32(truncatingIfNeeded: info.littleEndian >> UInt128(index * 32)))
        }
        self.init(valid: field(1), preferred: field(0))
    }
}
