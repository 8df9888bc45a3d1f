// wire – says what L2TP messages say.
//
//     wire udp|ip [PEER-TUNNEL-ID]
//
// Standard input has one datagram payload a line in hexadecimal. With the identifier by which the peer knows the
// tunnel, a HELLO is answered.

import L2TPWire

func bytes(_ line: String) -> [UInt8]? {
    let digits = line.filter { !$0.isWhitespace }.map(\.hexDigitValue)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Says what a message says, but no secrets; text of the peer's is quoted, for it may hold what a terminal obeys.
func describe(_ datagram: [UInt8], over encapsulation: Encapsulation, peer: TunnelID?) throws -> [String] {
    switch try Message(parsing: datagram.span, encapsulation: encapsulation) {
    case .data(let data):
        // How long the cookie is, and whether there is a sublayer, only the ends of the session know.
        return ["data for session \(data.sessionID), \(data.body.count) bytes with cookie and sublayer"]
    case .dataV2(let data):
        return ["data for session \(data.sessionID) of tunnel \(data.tunnelID), \(data.payload.count) bytes of PPP"]
    case .control(let message):
        let name = message.messageType?.description ?? "ZLB"
        var lines = ["\(name) to tunnel \(message.tunnelID), Ns \(message.ns), Nr \(message.nr)"]
        var avps = message.avps.makeIterator()
        while let avp = avps.next() {
            let entry = AVPRegistry.standard[avp.type]
            var value = "\(avp.value.count) bytes"
            if let entry, !avp.isHidden, !entry.isSecret {
                value = try entry.decode(avp.value).fields(in: message.messageType).map(text).joined(separator: ", ")
            }
            let bits = (avp.isMandatory ? "M" : "-") + (avp.isHidden ? "H" : "-")
            lines.append("  byte \(avp.offset) \(bits) \(entry?.name ?? "type \(avp.type)"): \(value)")
        }
        if message.messageType == .hello, let peer {
            lines.append("  answer: " + hexadecimal(try answer(to: message, peer: peer)))
        }
        return lines
    }
}

func text(_ field: AVPField) -> String {
    (field.name.isEmpty ? "" : field.name + " ") + text(field.content)
}

func text(_ content: AVPField.Content) -> String {
    switch content {
    case .number(let number, let meaning): String(number) + (meaning.map { " " + $0 } ?? "")
    case .flag(let flag): String(flag)
    case .text(let text): text.debugDescription
    case .bytes(let bytes): hexadecimal(bytes)
    case .list(let elements): elements.map(text).joined(separator: ", ")
    }
}

/// A message that acknowledges another: without a body in L2TPv2 (RFC 2661 §5.8), ACK in L2TPv3 (RFC 3931 §4.2).
func answer(to hello: borrowing ControlMessage, peer: TunnelID) throws -> [UInt8] {
    let (ns, nr) = (hello.nr, hello.ns.successor)
    if hello.version == .v2 {
        return ControlMessageWriter(try ControlHeader(v2TunnelID: peer, ns: ns, nr: nr), type: nil).bytes
    }
    let header = ControlHeader(tunnelID: peer, ns: ns, nr: nr, encapsulation: hello.encapsulation)
    return ControlMessageWriter(header, type: .acknowledgement).bytes
}

let words = CommandLine.arguments.dropFirst()
let encapsulations: [String: Encapsulation] = ["udp": .udp, "ip": .ip]
let peer = words.dropFirst().first.flatMap { UInt32($0) }.map { TunnelID($0) }
if let encapsulation = encapsulations[words.first ?? ""], words.count == (peer == nil ? 1 : 2) {
    while let line = readLine() {
        guard let datagram = bytes(line) else {
            print("no hexadecimal digits: \(line.debugDescription)")
            continue
        }
        do {
            for line in try describe(datagram, over: encapsulation, peer: peer) { print(line) }
        } catch {
            print("no message: \(error)")
        }
    }
} else {
    print("usage: wire udp|ip [PEER-TUNNEL-ID]")
}
