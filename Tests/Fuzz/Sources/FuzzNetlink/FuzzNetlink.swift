import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage

/// Feeds bytes to everything that reads the kernel's answers and checks what must hold for all of them.
///
/// The input is a datagram, and once more the attributes of a message.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    let bytes = input.indices.map { input[$0] }
    walkMessages(bytes)
    compareAtOddAddress(bytes)
    checkAttributes(bytes)
    readLists(bytes)
    readObjects(bytes)
    readNotifications(bytes)
    readPipeline(bytes)
    return 0
}

/// Walks the datagram; what cannot be read says so, what can has its bytes in the datagram.
private func walkMessages(_ bytes: [UInt8]) {
    var total = 0
    do throws(NetlinkError) {
        var reader = NetlinkMessageReader(bytes.span)
        while let message = try reader.next() {
            precondition(message.payload.count == message.header.byteCount - NetlinkMessageHeader.encodedByteCount)
            total += message.header.byteCount
            decode(message)
        }
        precondition(total <= bytes.count && bytes.count - total < 4 * (bytes.count / 16 + 1), "bytes lost")
    } catch {
        check(error, among: bytes)
    }
}

/// One message of a datagram, or what is wrong with it.
private enum Finding: Equatable {
    case message(NetlinkMessageHeader, payload: [UInt8], attributes: [NetlinkAttributeType: [UInt8]])
    case failure(NetlinkError)
}

/// The messages of a datagram, up to the first that is malformed.
private func findings(_ datagram: Span<UInt8>) -> [Finding] {
    var findings: [Finding] = []
    do throws(NetlinkError) {
        var reader = NetlinkMessageReader(datagram)
        while let message = try reader.next() {
            let payload = message.payload
            let found = attributes(payload)
            findings.append(
                .message(
                    message.header, payload: payload.indices.map { payload[$0] },
                    attributes: Dictionary(found) { _, last in last }))
            decode(message)
        }
    } catch {
        findings.append(.failure(error))
    }
    return findings
}

/// Bytes need not be aligned: at an odd address the datagram means the same.
private func compareAtOddAddress(_ bytes: [UInt8]) {
    let shifted = [0xff] + bytes
    let span = shifted.span.extracting(droppingFirst: 1)
    precondition(findings(span) == findings(bytes.span), "the address changes the meaning")
    let (odd, even) = (attributes(span), attributes(bytes.span))
    precondition(odd.elementsEqual(even) { $0 == $1 }, "the address changes the attributes")
}

private func check(_ error: NetlinkError, among bytes: [UInt8]) {
    precondition(error.operation == .parse && error.errno == .badMessage, "\(error)")
    precondition((0...bytes.count).contains(error.offset ?? 0), "\(error)")
    precondition(!error.description.isEmpty)
}

/// Every public decoder makes a value or throws.
private func decode(_ message: borrowing NetlinkMessage) {
    if let family = try? GenericFamily(message) { precondition(family.multicastGroups.count < 1000) }
    if let link = try? Link(message) {
        precondition(link.name.utf8.count <= 3 * message.payload.count)
        if let address = link.macAddress { precondition(MACAddress(address.description) == address) }
    }
    if let address = try? InterfaceAddress(message) {
        precondition(
            address.sharesPrefix(with: address.peer ?? address.address), "an address does not share its own prefix")
        checkRoundTrip(of: address)
    }
    if let route = try? Route(message) { precondition(route.pathMTU == nil) }
    _ = try? LinkNotification(message)
    if let notification = try? L2TPNotification(message) { check(notification, of: message) }
    _ = try? message.genericCommand
}

/// A notification says who asked, and holds no more text and cookie than the message.
private func check(_ notification: L2TPNotification, of message: borrowing NetlinkMessage) {
    precondition(notification.requesterPortID == message.header.portID)
    if case .session(let session) = notification.object {
        precondition((session.interfaceName ?? "").utf8.count <= 3 * message.payload.count, "a longer name")
        precondition((session.cookie?.byteCount ?? 0) <= message.payload.count, "a longer cookie")
    }
}

/// What was read is written so that it is read again.
private func checkRoundTrip(of address: InterfaceAddress) {
    let specification = address.specification
    // What Linux never says: a peer of the other IP version.
    guard (specification.peer ?? specification.address).version == specification.address.version else { return }
    var writer = NetlinkMessageWriter(.done, flags: [], sequence: 1)
    do throws(NetlinkError) {
        try specification.append(to: &writer, linkIndex: address.linkIndex)
        var reader = NetlinkMessageReader(writer.bytes)
        guard let message = try reader.next(), let again = try InterfaceAddress(message) else {
            preconditionFailure("no address")
        }
        precondition(again.specification == specification && again.linkIndex == address.linkIndex, "\(specification)")
    } catch {
        preconditionFailure("what was read cannot be written: \(error)")
    }
}

/// The attributes of a run of bytes up to the first that is malformed.
private func attributes(_ bytes: Span<UInt8>) -> [(NetlinkAttributeType, [UInt8])] {
    var found: [(NetlinkAttributeType, [UInt8])] = []
    do throws(NetlinkError) {
        var reader = NetlinkAttributeReader(bytes)
        while let attribute = try reader.next() {
            let value = attribute.value
            found.append((attribute.type, value.indices.map { value[$0] }))
            precondition(attribute.text.utf8.count <= 3 * value.count)
            precondition((try? attribute.number(UInt64.self)) == nil || value.count == 8)
        }
    } catch {
        precondition(error.errno == .badMessage && (0...bytes.count).contains(error.offset ?? -1), "\(error)")
    }
    return found
}

/// Read, write, read: nothing is lost.
private func checkAttributes(_ bytes: [UInt8]) {
    let first = attributes(bytes.span)
    var writer = NetlinkMessageWriter(.done, flags: [], sequence: 1, capacity: 2 * bytes.count + 64)
    do throws(NetlinkError) {
        for (type, value) in first { try writer.append(type, bytes: value.span) }
    } catch {
        preconditionFailure("what was read cannot be written: \(error)")
    }
    let second = attributes(writer.bytes.extracting(droppingFirst: NetlinkMessageHeader.encodedByteCount))
    precondition(first.elementsEqual(second) { $0 == $1 }, "the meaning has changed")
}

/// The answer that describes the family `l2tp` as number 27, and the end of an answer.
private let family = message(16, [1, 2, 0, 0, 6, 0, 1, 0, 27, 0, 0, 0]) + acknowledgement
private let acknowledgement = message(2, [0, 0, 0, 0])
private let done = message(3, [0, 0, 0, 0])
private let portID: UInt32 = 4711

/// A message whose sequence number is still missing.
private func message(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    // Length, type, no flags, no sequence number yet, port.
    let head = hostBytes(UInt32(16 + payload.count)) + hostBytes(type) + [0, 0] + [0, 0, 0, 0] + hostBytes(portID)
    return head + payload + [UInt8](repeating: 0, count: -payload.count & 3)
}

private func hostBytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number.littleEndian >> Number($0 * 8)) }
}

/// An entry that makes all messages of a datagram answers to the request, so that they are not skipped.
private func answer(_ datagram: [UInt8]) -> ScriptedTransport.Entry {
    .answer { request in
        var datagram = datagram
        var start = 0
        while start + 16 <= datagram.count {
            datagram.replaceSubrange(start + 8..<start + 12, with: request[8..<12])
            datagram.replaceSubrange(start + 12..<start + 16, with: hostBytes(portID))
            let length = datagram[start..<start + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length >= 16 else { break }
            start += (length + 3) & ~3
        }
        return datagram
    }
}

/// The input is the answer to a dump, and what follows is well-formed.
private func readLists(_ bytes: [UInt8]) {
    let dump = [answer(bytes), answer(done)]
    if var client = try? L2TPClient(ScriptedTransport.connector(.init([answer(family)] + dump))) {
        if let tunnels = try? client.tunnels() { precondition(tunnels.count <= bytes.count / 20) }
    } else {
        preconditionFailure("the client does not open")
    }
    if var client = try? L2TPClient(ScriptedTransport.connector(.init([answer(family)] + dump))) {
        if let sessions = try? client.sessions() { precondition(sessions.count <= bytes.count / 20) }
    }
    if var client = try? LinkClient(ScriptedTransport.connector(.init(dump))) { _ = try? client.links() }
    if var client = try? LinkClient(ScriptedTransport.connector(.init(dump))) { _ = try? client.addresses() }
    let peer = IPAddress.any(.v4)
    if var client = try? LinkClient(ScriptedTransport.connector(.init([answer(bytes), answer(acknowledgement)]))) {
        _ = try? client.route(to: peer)
    }
    // Families and refusals with their details.
    var exchange = Exchange(over: ScriptedTransport(.init([answer(bytes), answer(acknowledgement)]), portID: portID))
    _ = try? exchange.family(named: "l2tp")
}

/// The input is the attributes of one tunnel or session.
private func readObjects(_ bytes: [UInt8]) {
    let reply = [answer(family), answer(message(27, [4, 1, 0, 0] + bytes) + acknowledgement)]
    if var client = try? L2TPClient(ScriptedTransport.connector(.init(reply))) {
        do throws(L2TPError) {
            _ = try client.tunnel(TunnelID(1))
        } catch {
            precondition(error.errno == .badMessage, "\(error)")
        }
    }
    if var client = try? L2TPClient(ScriptedTransport.connector(.init(reply))) {
        do throws(L2TPError) {
            _ = try client.session(interface: "l2tpeth0")
        } catch {
            precondition(error.errno == .badMessage, "\(error)")
        }
    }
}

/// The input is the attributes of a notification of the multicast group `l2tp`.
private func readNotifications(_ bytes: [UInt8]) {
    for command in UInt8(0)...9 {
        let datagram = message(27, [command, 1, 0, 0] + bytes)
        do throws(NetlinkError) {
            var reader = NetlinkMessageReader(datagram.span)
            guard let message = try reader.next() else { preconditionFailure("no message") }
            // Neither NOOP nor GET, nor what is unknown.
            let isNotification = (1...7).contains(command) && command != 4
            guard let notification = try L2TPNotification(message) else {
                precondition(!isNotification, "command \(command) is passed over")
                continue
            }
            precondition(isNotification && notification.action == [.modify, .create, .delete][Int(command % 4 % 3)])
            check(notification, of: message)
        } catch {
            check(error, among: datagram)
        }
    }
}

/// The input is a datagram among the answers to many requests, and what follows is well-formed.
private func readPipeline(_ bytes: [UInt8]) {
    for end in [RequestEnd.acknowledgement, .reply] {
        // Numbers as they are in the input, and all the same one.
        for entry in [ScriptedTransport.Entry.datagram(bytes), answer(bytes)] {
            let script = ScriptedTransport.Script([entry, .answer { request in acknowledgements(of: request) }])
            var exchange = Exchange(over: ScriptedTransport(script, portID: portID))
            var replies = 0
            let outcomes = exchange.pipeline(NetlinkMessageType(rawValue: 27), count: 5, end: end) {
                (_, _) throws(NetlinkError) in
            } reply: { (index, message) throws(NetlinkError) in
                precondition((0..<5).contains(index) && message.header.sequence == UInt32(index + 1))
                replies += 1
            }
            precondition(outcomes.count == 5 && replies <= bytes.count / 16)
            for case .failed(let error) in outcomes {
                precondition(error.operation == .request || error.operation == .parse, "\(error)")
            }
            // What follows is not lost, unless the well-formed answers were taken for others'.
            precondition(outcomes.allSatisfy { if case .notSent = $0 { false } else { true } }, "not sent")
        }
    }
}

/// Acknowledges every message of a datagram.
private func acknowledgements(of request: [UInt8]) -> [UInt8] {
    stride(from: 0, to: request.count, by: 16).flatMap { start in
        var message = acknowledgement
        message.replaceSubrange(8..<12, with: request[start + 8..<start + 12])
        return message
    }
}
