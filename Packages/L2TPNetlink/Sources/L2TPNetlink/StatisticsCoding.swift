internal import CLibmnl
internal import L2TPModel
internal import Netlink

extension Statistics {
    /// The counters nested in `L2TP_ATTR_STATS`; those that the kernel does not keep stay nil.
    ///
    /// Throws `EBADMSG` if a counter has not 8 bytes.
    init(_ list: consuming NetlinkAttributeReader) throws(NetlinkError) {
        self.init()
        while let attribute = try list.next() {
            switch Int(attribute.type.rawValue) {
            case L2TP_ATTR_TX_PACKETS: transmitPackets = try attribute.number()
            case L2TP_ATTR_TX_BYTES: transmitBytes = try attribute.number()
            case L2TP_ATTR_TX_ERRORS: transmitErrors = try attribute.number()
            case L2TP_ATTR_RX_PACKETS: receivePackets = try attribute.number()
            case L2TP_ATTR_RX_BYTES: receiveBytes = try attribute.number()
            case L2TP_ATTR_RX_ERRORS: receiveErrors = try attribute.number()
            case L2TP_ATTR_RX_SEQ_DISCARDS: receiveSequenceDiscards = try attribute.number()
            case L2TP_ATTR_RX_OOS_PACKETS: receiveOutOfSequencePackets = try attribute.number()
            case L2TP_ATTR_RX_COOKIE_DISCARDS: receiveCookieDiscards = try attribute.number(UInt64.self)
            case L2TP_ATTR_RX_INVALID: receiveInvalidPackets = try attribute.number(UInt64.self)
            default: break
            }
        }
    }
}
