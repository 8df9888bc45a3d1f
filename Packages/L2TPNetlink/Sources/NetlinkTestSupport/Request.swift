internal import CLibmnl
internal import L2TPNetlink
internal import LinkControl
internal import Netlink

/// A request as the fake kernel sees it.
struct Request {
    let netlinkProtocol: NetlinkProtocol
    let isDump: Bool
    let step: Step
    let attributes: AttributeTable
    /// Everything behind the netlink header.
    let payload: [UInt8]
    let record: RecordedRequest

    init(_ message: borrowing NetlinkMessage, _ netlinkProtocol: NetlinkProtocol) {
        self.netlinkProtocol = netlinkProtocol
        let header = message.header
        payload = [UInt8](copying: message.payload)
        isDump = header.flags.isSuperset(of: .dump)
        step = Self.step(header.type, payload, isDump: isDump, netlinkProtocol)
        let headerByteCount =
            switch step {
            case .link, .links, .linkChange: 16
            case .addresses, .addressAdd, .addressRemove: 8
            case .route: 12
            default: GenericFamily.headerByteCount
            }
        attributes = AttributeTable(message, after: headerByteCount)
        let head =
            hostBytes(UInt32(header.byteCount)) + hostBytes(header.type.rawValue) + hostBytes(header.flags.rawValue)
            + hostBytes(header.sequence) + hostBytes(header.portID)
        record = RecordedRequest(step: step, attributes: attributes.values, bytes: head + payload)
    }

    private static func step(
        _ type: NetlinkMessageType, _ payload: [UInt8], isDump: Bool, _ netlinkProtocol: NetlinkProtocol
    ) -> Step {
        switch netlinkProtocol {
        case .generic:
            guard payload.count >= GenericFamily.headerByteCount else { return .other(type) }
            if type == GenericFamily.controller.messageType, payload[0] == UInt8(CTRL_CMD_GETFAMILY), !isDump {
                return .family
            }
            guard type == KernelState.l2tpMessageType else { return .other(type) }
            let command = L2TPCommand(rawValue: payload[0])
            return isDump ? .dump(command) : .command(command)
        case .route:
            switch Int(type.rawValue) {
            case RTM_GETLINK where payload.count >= 16: return isDump ? .links : .link
            case RTM_GETADDR where isDump: return .addresses
            case RTM_SETLINK where payload.count >= 16: return .linkChange
            case RTM_NEWADDR where payload.count >= 8: return .addressAdd
            case RTM_DELADDR where payload.count >= 8: return .addressRemove
            case RTM_GETROUTE where payload.count >= 12 && !isDump: return .route
            default: return .other(type)
            }
        }
    }
}
