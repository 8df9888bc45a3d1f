import L2TPWire

/// Where a control message has a Message Digest AVP.
struct MessageDigestField {
    /// The Digest Type.
    let type: DigestType
    /// Where the digest lies, in bytes from the start of the control header.
    let digest: Range<Int>

    /// How the digest is computed; nil for a Digest Type that is unknown.
    var algorithm: DigestAlgorithm? { DigestAlgorithm(type) }

    /// Finds the one or two Message Digest AVPs, which come right after Message Type (RFC 3931 §5.4.1).
    static func fields(of message: borrowing ControlMessage) throws(MessageDigestError) -> [Self] {
        guard message.version == .v3 else { throw .unsupportedVersion(message.version) }
        let definition = AVPDefinition.messageDigest
        var fields: [Self] = []
        var iterator = message.avps.makeIterator()
        var position = 0
        var start = ControlMessage.headerByteCount
        while let avp = iterator.next() {
            if avp.type == definition.type {
                guard position == fields.count + 1, fields.count < 2 else { throw .misplaced(offset: avp.offset) }
                let valueStart = start + AVP.headerByteCount
                do throws(WireError) {
                    let value = try avp.decoded(as: definition)
                    fields.append(Self(type: value.type, digest: valueStart + 1..<start + avp.bytes.count))
                } catch {
                    throw .malformed(error)
                }
            }
            position += 1
            start += avp.bytes.count
        }
        guard !fields.isEmpty else { throw .missing }
        return fields
    }
}
