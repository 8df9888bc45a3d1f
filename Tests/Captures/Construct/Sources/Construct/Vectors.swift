import L2TPWire
import L2TPWireTestSupport

/// The golden vectors of L2TPWire as captures.
enum Vectors {
    /// Every golden message of a version, then every golden AVP of that version in a HELLO of its own.
    ///
    /// The messages are not those of one control connection: identifiers and numbers are what the vectors have.
    static func capture(of version: ProtocolVersion, as name: String) throws -> Capture {
        var capture = Capture(name)
        for message in GoldenControlMessage.all where message.version == version {
            capture.add(message.bytes, over: message.encapsulation, from: .a, to: .b)
        }
        let versions: ProtocolVersions = version == .v2 ? .v2 : .v3
        // Every message has a Message Type.
        for avp in GoldenAVP.all where avp.type != AVPDefinition.messageType.type {
            guard let entry = AVPRegistry.standard[avp.type], entry.versions.contains(versions) else { continue }
            let header = try header(version)
            var writer = ControlMessageWriter(header, type: .hello)
            let value = Array(avp.bytes[AVP.headerByteCount...])
            try writer.append(avp.type, isMandatory: avp.bytes[0] & 0x80 != 0, value: value.span)
            capture.add(writer.bytes, over: .udp, from: .a, to: .b)
        }
        return capture
    }

    private static func header(_ version: ProtocolVersion) throws -> ControlHeader {
        let (ns, nr) = (ControlSequenceNumber(2), ControlSequenceNumber(1))
        return version == .v2
            ? try ControlHeader(v2TunnelID: TunnelID(0x1122), ns: ns, nr: nr)
            : ControlHeader(tunnelID: TunnelID(0x1122_3344), ns: ns, nr: nr, encapsulation: .udp)
    }
}
