import L2TPWire

/// An attribute of our own: the vendor number is the one for documentation (RFC 5612).
extension AVPDefinition where Value == UInt32 {
    static var temperature: Self {
        Self(
            AttributeType(1, vendorID: 32473), "Temperature", versions: .all, mandatory: .must(false), hiding: true)
    }
}

/// Tells what the AVPs of a control message say, a line for each part of a value.
///
/// - Parameter datagram: The payload of a UDP datagram.
/// - Returns: The lines, each with the offset of the part in the datagram.
/// - Throws: `WireError` for a message or a value that is malformed.
func describe(_ datagram: [UInt8]) throws -> [String] {
    var registry = AVPRegistry.standard
    registry.add(.temperature)

    let message = try ControlMessage(parsing: datagram.span, encapsulation: .udp)
    var lines: [String] = []
    var avps = message.avps.makeIterator()
    while let avp = avps.next() {
        let start = avp.offset + AVP.headerByteCount
        guard let entry = registry[avp.type], !avp.isHidden, !entry.isSecret else {
            // Unknown or hidden, or not for everybody's eyes.
            lines.append("\(start): AVP \(avp.type), \(avp.value.count) bytes")
            continue
        }
        for field in try entry.decode(avp.value).fields(in: message.messageType) {
            let name = field.name.isEmpty ? entry.name : "\(entry.name), \(field.name)"
            lines.append("\(start + field.offset): \(name) \(text(field.content))")
        }
    }
    return lines
}

private func text(_ content: AVPField.Content) -> String {
    switch content {
    case .number(let number, let name): name.map { "\(number) (\($0))" } ?? "\(number)"
    case .flag(let isSet): isSet ? "set" : "clear"
    case .text(let text): text
    case .bytes(let bytes): "\(bytes)"
    case .list(let elements): elements.map(text).joined(separator: ", ")
    }
}
