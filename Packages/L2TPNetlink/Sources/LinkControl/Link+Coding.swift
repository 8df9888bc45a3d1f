internal import CLibmnl
public import L2TPModel
public import Netlink

extension Link {
    /// Length in bytes of `struct ifinfomsg`, which stands before the attributes.
    static let headerByteCount = 16

    /// The `struct ifinfomsg` of a request for the link of a number, 0 for one that an attribute names; it changes no
    /// flags.
    static func header(index: UInt32) -> [UInt8] {
        [0, 0, 0, 0] + hostBytes(index) + [UInt8](repeating: 0, count: 8)
    }

    /// Appends the header and attributes of `RTM_GETLINK` for the link of that number or name, for all without either.
    /// Throws `EMSGSIZE` if the buffer is full.
    ///
    /// The counters, a quarter of an answer, are left out (`RTEXT_FILTER_SKIP_STATS`).
    static func appendQuery(
        index: UInt32 = 0, name: String? = nil, to writer: inout NetlinkMessageWriter
    ) throws(NetlinkError) {
        try writer.append(header: header(index: index))
        if let name { try writer.append(NetlinkAttributeType(IFLA_IFNAME), text: name) }
        try writer.append(NetlinkAttributeType(IFLA_EXT_MASK), number: UInt32(RTEXT_FILTER_SKIP_STATS))
    }

    /// A link as a message describes it (`RTM_NEWLINK`). Throws `EBADMSG` if it is malformed.
    public init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var reader = try message.attributes(after: Self.headerByteCount)
        self.init(
            index: try message.number(at: 4), name: "", mtu: 0, flags: LinkFlags(rawValue: try message.number(at: 8)))
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case IFLA_IFNAME: name = attribute.text
            case IFLA_MTU: mtu = try attribute.number()
            case IFLA_LINKINFO: kind = try Self.kind(in: attribute.nested)
            case IFLA_ADDRESS: macAddress = MACAddress(attribute)
            case IFLA_IFALIAS: alias = attribute.text.isEmpty ? nil : attribute.text
            case IFLA_MASTER: masterIndex = Self.absentIfZero(try attribute.number())
            case IFLA_OPERSTATE: operationalState = OperationalState(rawValue: try attribute.number())
            case IFLA_MIN_MTU: minimumMTU = try attribute.number()
            case IFLA_MAX_MTU: maximumMTU = Self.absentIfZero(try attribute.number())
            case IFLA_LINK_NETNSID: linkNamespaceID = Int32(bitPattern: try attribute.number())
            default: break
            }
        }
    }

    private static func absentIfZero(_ number: UInt32) -> UInt32? {
        number == 0 ? nil : number
    }

    private static func kind(in information: consuming NetlinkAttributeReader) throws(NetlinkError) -> String? {
        while let attribute = try information.next() {
            if attribute.type == NetlinkAttributeType(IFLA_INFO_KIND) { return attribute.text }
        }
        return nil
    }
}

extension MACAddress {
    /// The address in an attribute's value; nil if that has not six bytes.
    init?(_ attribute: borrowing NetlinkAttribute) {
        let value = attribute.value
        self.init(bytes: value.indices.map { value[$0] })
    }
}
