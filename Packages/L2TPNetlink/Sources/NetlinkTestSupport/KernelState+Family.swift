internal import CLibmnl
internal import L2TPNetlink
internal import Netlink
internal import SystemPackage

extension KernelState {
    /// The controller's answer about a family (`CTRL_CMD_NEWFAMILY`).
    func describeFamily(_ attributes: AttributeTable) throws(Errno) -> Reply {
        guard attributes.text(CTRL_ATTR_FAMILY_NAME) == GenericFamily.l2tpName, !behavior.familyAbsent else {
            throw .noSuchFileOrDirectory
        }
        return Reply(GenericFamily.controller.messageType) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: UInt8(CTRL_CMD_NEWFAMILY), version: GenericFamily.controller.version)
            try writer.append(NetlinkAttributeType(CTRL_ATTR_FAMILY_NAME), text: GenericFamily.l2tpName)
            try writer.append(NetlinkAttributeType(CTRL_ATTR_FAMILY_ID), number: Self.l2tpMessageType.rawValue)
            try writer.append(NetlinkAttributeType(CTRL_ATTR_VERSION), number: UInt32(GenericFamily.l2tpVersion))
            try writer.append(NetlinkAttributeType(CTRL_ATTR_HDRSIZE), number: UInt32(0))
            try writer.append(nested: NetlinkAttributeType(CTRL_ATTR_MCAST_GROUPS)) { (list) throws(NetlinkError) in
                try list.append(nested: NetlinkAttributeType(1)) { (group) throws(NetlinkError) in
                    try group.append(NetlinkAttributeType(CTRL_ATTR_MCAST_GRP_ID), number: Self.l2tpGroup)
                    try group.append(NetlinkAttributeType(CTRL_ATTR_MCAST_GRP_NAME), text: GenericFamily.l2tpName)
                }
            }
        }
    }
}
