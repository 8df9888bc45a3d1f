internal import L2TPModel
internal import Netlink

extension NetlinkMessageWriter {
    /// Appends what `L2TP_CMD_SESSION_MODIFY` is to change. A value 0 switches off; what is absent stays as it is.
    mutating func append(_ modification: SessionModification) throws(NetlinkError) {
        for (type, setting) in [
            (NetlinkAttributeType.receiveSequence, modification.requiresSequenceNumbers),
            (.sendSequence, modification.sendsSequenceNumbers),
            (.lnsMode, modification.lnsMode),
        ] {
            if let setting { try append(type, number: UInt8(setting ? 1 : 0)) }
        }
        if let timeout = modification.reorderTimeout {
            try append(.receiveTimeout, number: timeout.wholeMilliseconds)
        }
    }
}
