internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// The tables of a ``FakeKernel``, and what makes an answer of a request.
struct KernelState {
    let release: FakeKernel.Release
    var behavior = Behavior()
    var requests: [RecordedRequest] = []
    var faults: [PendingFault] = []
    var mostReceiveBufferBytes = 0

    var tunnels: [TunnelRow] = []
    var sessions: [SessionRow] = []
    var links: [LinkRow] = []
    var addresses: [InterfaceAddress] = []
    var refusedRoutes: [IPAddress: Errno] = [:]
    var routes: [IPAddress: Route] = [:]
    var sockets: [UInt32: OpenSocket] = [:]
    /// The network namespace that links move to; nil stands for one that nobody sees.
    var neighbor: FakeKernel?
    /// What ends all talk with the kernel; nil if nothing does.
    var fuse: Fuse?
    /// Who listens to which multicast group; a mailbox that nobody holds any more is harmless.
    var members: [Member] = []
    /// Sequence number and port identifier of the request that is being carried out, which notifications bear.
    var requester: (sequence: UInt32, portID: UInt32) = (0, 0)
    private var lastDescriptor: UInt32 = 2
    private var lastLinkIndex: UInt32 = 0
    private var lastPortID: UInt32 = 4000
    private var lastEphemeralPort: UInt16 = 32767

    /// The message type of the family `l2tp`.
    static let l2tpMessageType = NetlinkMessageType(rawValue: 0x1b)

    init(_ release: FakeKernel.Release) {
        self.release = release
    }

    mutating func nextDescriptor() -> UInt32 {
        lastDescriptor += 1
        return lastDescriptor
    }

    mutating func nextLinkIndex() -> UInt32 {
        repeat { lastLinkIndex += 1 } while links.contains { $0.link.index == lastLinkIndex }
        return lastLinkIndex
    }

    mutating func nextEphemeralPort() -> UInt16 {
        lastEphemeralPort += 1
        return lastEphemeralPort
    }

    /// Opens a transport; its port identifier.
    mutating func open(_ netlinkProtocol: NetlinkProtocol) throws(NetlinkError) -> UInt32 {
        if fuse?.isBlown ?? false { throw NetlinkError(.open, .ioError) }
        if case .refuse(let errno) = takeFault(at: .open(netlinkProtocol)) { throw NetlinkError(.open, errno) }
        lastPortID += 1
        return lastPortID
    }

    /// Sends a message to all members of a multicast group.
    ///
    /// Generic netlink copies sequence number and port identifier of the request that is the cause.
    func multicast(
        _ message: Reply, over netlinkProtocol: NetlinkProtocol, group: UInt32, sequence: UInt32 = 0,
        portID: UInt32 = 0
    ) {
        let delivery = Delivery.datagram(message.bytes(sequence: sequence, portID: portID))
        for member in members where member.netlinkProtocol == netlinkProtocol && member.group == group {
            member.mailbox.put(multicast: delivery, hasRoom: !behavior.losesNotifications)
        }
    }

    /// The next fault that waits for a step, which it thereby meets.
    mutating func takeFault(at step: Step) -> Fault? {
        for index in faults.indices where faults[index].isAnywhere {
            guard faults[index].skipped > 0 else { return faults.remove(at: index).fault }
            faults[index].skipped -= 1
        }
        guard let index = faults.firstIndex(where: { $0.step == step }) else { return nil }
        guard faults[index].skipped == 0 else {
            faults[index].skipped -= 1
            return nil
        }
        let fault = faults[index].fault
        faults[index].remaining -= 1
        if faults[index].remaining <= 0 { faults.remove(at: index) }
        return fault
    }

    /// Answers a datagram as the kernel does: message after message, nothing where the form is wrong.
    mutating func answer(
        _ datagram: [UInt8], over netlinkProtocol: NetlinkProtocol, to portID: UInt32
    ) -> [Delivery] {
        var deliveries: [Delivery] = []
        do throws(NetlinkError) {
            var reader = NetlinkMessageReader(datagram.span)
            while let message = try reader.next() {
                deliveries += answer(message, over: netlinkProtocol, to: portID)
            }
        } catch {
            return deliveries
        }
        return deliveries
    }

    private mutating func answer(
        _ message: borrowing NetlinkMessage, over netlinkProtocol: NetlinkProtocol, to portID: UInt32
    ) -> [Delivery] {
        let header = message.header
        guard header.flags.contains(.request), header.type.rawValue >= 16 else { return [] }
        let request = Request(message, netlinkProtocol)
        if let fuse, !(request.step.isRead ? !fuse.isBlown : fuse.burn()) { return [] }
        requests.append(request.record)
        requester = (header.sequence, portID)
        let fault = takeFault(at: request.step)
        var replies: [Reply] = []
        var refusal: Errno?
        if case .refuse(let errno) = fault {
            refusal = errno
        } else {
            do throws(Errno) {
                replies = try carryOut(request)
            } catch {
                refusal = error
            }
        }
        if case .misreport(let errno) = fault {
            replies = []
            refusal = errno
        }
        let wantsAcknowledgement = header.flags.contains(.acknowledge) && !request.isDump
        var datagrams: [[Reply]]
        if let refusal {
            datagrams = [[Reply(acknowledging: request.record.bytes, refusal)]]
        } else if request.isDump {
            datagrams = partition(Self.disturb(replies, fault))
        } else {
            datagrams = replies.map { [$0] }
            if wantsAcknowledgement { datagrams.append([Reply(acknowledging: request.record.bytes, nil)]) }
            if fault == .reorder { datagrams.reverse() }
        }
        return deliver(
            &datagrams, isDump: request.isDump, sequence: header.sequence, portID: portID, fault)
    }

    /// A dump's members as a fault leaves them.
    private static func disturb(_ members: [Reply], _ fault: Fault?) -> [Reply] {
        switch fault {
        case .reorder: members.reversed()
        case .repeatMember: members.prefix(1) + members
        case .skipMember: Array(members.dropFirst())
        default: members
        }
    }

    /// A dump's messages, over as many datagrams as it takes.
    private func partition(_ members: [Reply]) -> [[Reply]] {
        let count = max(behavior.messagesPerDatagram, 1)
        let messages = members + [.done]
        return stride(from: 0, to: messages.count, by: count).map { start in
            Array(messages[start..<min(start + count, messages.count)])
        }
    }

    private func deliver(
        _ datagrams: inout [[Reply]], isDump: Bool, sequence: UInt32, portID: UInt32, _ fault: Fault?
    ) -> [Delivery] {
        if fault == .interruptDump, let last = datagrams.indices.last {
            for index in datagrams[last].indices { datagrams[last][index].flags.insert(.dumpInterrupted) }
        }
        func bytes(_ replies: [Reply], sequence: UInt32, portID: UInt32) -> [UInt8] {
            replies.flatMap { $0.bytes(sequence: sequence, portID: portID) }
        }
        var deliveries = datagrams.map { Delivery.datagram(bytes($0, sequence: sequence, portID: portID)) }
        switch fault {
        case .drop:
            return []
        case .overflow:
            return [.failure(.noBufferSpace)] + deliveries.dropFirst(isDump ? 0 : 1)
        case .duplicate:
            return deliveries.flatMap { [$0, $0] }
        case .foreignFirst:
            guard let first = datagrams.first else { return deliveries }
            return [
                .datagram(bytes(first, sequence: sequence, portID: portID &+ 1)),
                .datagram(bytes(first, sequence: sequence &- 1, portID: portID)),
            ] + deliveries
        case .truncate(let count):
            if case .datagram(let first)? = deliveries.first {
                deliveries[0] = .datagram(Array(first.prefix(count)))
            }
            return deliveries
        case .refuse, .misreport, .interruptDump, .reorder, .repeatMember, .skipMember, nil:
            return deliveries
        }
    }

    private mutating func carryOut(_ request: Request) throws(Errno) -> [Reply] {
        switch request.step {
        case .family:
            return [try describeFamily(request.attributes)]
        case .command(let command):
            try checkFamily(command)
            try request.attributes.checkPolicy()
            return try carryOut(command, request.attributes)
        case .dump(let command):
            try checkFamily(command)
            switch command {
            case .tunnelGet: return dumpTunnels()
            case .sessionGet: return dumpSessions()
            default: throw .notSupportedOnSocket
            }
        case .link:
            return [try describeLink(request)]
        case .links:
            return dumpLinks()
        case .addresses:
            return addresses.map { describeAddress($0) }
        case .linkChange:
            try changeLink(request)
            return []
        case .addressAdd:
            try addAddress(request)
            return []
        case .addressRemove:
            try removeAddress(request)
            return []
        case .route:
            return [try describeRoute(request.attributes)]
        case .open, .join, .other:
            throw request.netlinkProtocol == .generic ? .noSuchFileOrDirectory : .notSupportedOnSocket
        }
    }

    private func checkFamily(_ command: L2TPCommand) throws(Errno) {
        guard !behavior.familyAbsent else { throw .noSuchFileOrDirectory }
        guard command.rawValue <= UInt8(L2TP_CMD_SESSION_GET) else { throw .notSupportedOnSocket }
        guard behavior.isPrivileged || command == .noOperation else { throw .notPermitted }
    }

    private mutating func carryOut(_ command: L2TPCommand, _ attributes: AttributeTable) throws(Errno) -> [Reply] {
        switch Int(command.rawValue) {
        case L2TP_CMD_NOOP: return [Self.reply(L2TP_CMD_NOOP) { (_) throws(NetlinkError) in }]
        case L2TP_CMD_TUNNEL_CREATE: try createTunnel(attributes)
        case L2TP_CMD_TUNNEL_DELETE: try deleteTunnel(attributes)
        case L2TP_CMD_TUNNEL_MODIFY: announce(tunnels[try tunnelIndex(attributes)], L2TP_CMD_TUNNEL_MODIFY)
        case L2TP_CMD_TUNNEL_GET: return [try getTunnel(attributes)]
        case L2TP_CMD_SESSION_CREATE: try createSession(attributes)
        case L2TP_CMD_SESSION_DELETE: try deleteSession(attributes)
        case L2TP_CMD_SESSION_MODIFY: try modifySession(attributes)
        case L2TP_CMD_SESSION_GET: return [try getSession(attributes)]
        default: throw .notSupportedOnSocket
        }
        return []
    }

    /// A message of the family `l2tp`.
    static func reply(
        _ command: Int,
        flags: NetlinkMessageFlags = [],
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) -> Reply {
        Reply(l2tpMessageType, flags: flags) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: UInt8(command), version: GenericFamily.l2tpVersion)
            try build(&writer)
        }
    }
}
