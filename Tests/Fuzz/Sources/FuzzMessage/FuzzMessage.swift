import L2TPWire

/// Feeds bytes to every way into L2TPWire and checks what must hold for all of them.
///
/// The first byte of the input chooses encapsulation and format, the rest is the datagram.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    let format = DataFormat(
        cookieLength: CookieLength.allCases[Int(input[0] >> 2) % 3],
        sublayer: input[0] & 2 == 0 ? .none : .default
    )
    check(input.extracting(droppingFirst: 1), over: input[0] & 1 == 0 ? .udp : .ip, as: format)
    return 0
}

/// Parse, serialize, parse: the meaning is equal, no byte is lost, and the two ways to parse agree.
private func check(_ bytes: Span<UInt8>, over encapsulation: Encapsulation, as format: DataFormat) {
    let direct: DataMessage
    do {
        direct = try DataMessage(parsing: bytes, encapsulation: encapsulation, format: format)
    } catch {
        precondition((0...bytes.count).contains(error.offset), "offset outside of the datagram: \(error)")
        precondition(!error.description.isEmpty)
        checkRefused(bytes, over: encapsulation, as: format, error)
        return
    }

    guard let message = try? Message(parsing: bytes, encapsulation: encapsulation),
        case .data(let undecoded) = message
    else { preconditionFailure("Message refuses what DataMessage accepts") }
    precondition(undecoded.sessionID == direct.sessionID)
    guard let prefix = try? Message(parsingPrefix: bytes, encapsulation: encapsulation), case .data = prefix else {
        preconditionFailure("what is whole cannot be read in part")
    }
    let headerRest = format.cookieLength.byteCount + format.sublayer.byteCount
    precondition(undecoded.body.count == headerRest + direct.payload.count, "bytes lost")
    precondition(direct.sequenceNumber == nil || direct.sublayerWord != nil)

    let header = DataHeader(direct)
    precondition(header.format == format)
    precondition(header.encodedByteCount + direct.payload.count == bytes.count, "bytes lost")
    let payload = direct.payload
    let written = [UInt8](capacity: bytes.count) { output in
        header.serialize(into: &output)
        for index in payload.indices { output.append(payload[index]) }
    }
    guard let again = try? DataMessage(parsing: written.span, encapsulation: encapsulation, format: format) else {
        preconditionFailure("what was written cannot be read")
    }
    precondition(DataHeader(again) == header, "the meaning has changed")
    precondition(again.payload.count == payload.count, "payload bytes lost")
    for index in payload.indices { precondition(again.payload[index] == payload[index], "the payload has changed") }
}

/// What `DataMessage` refuses is a control message, of L2TPv2, fails in `Message` for the same reason, or ends
/// within cookie and sublayer, which `Message` does not look at.
private func checkRefused(
    _ bytes: Span<UInt8>, over encapsulation: Encapsulation, as format: DataFormat, _ refusal: WireError
) {
    do {
        switch try Message(parsing: bytes, encapsulation: encapsulation) {
        case .control(let control):
            precondition(refusal.code == .controlMessage)
            precondition(control.bytes.count >= ControlMessage.headerByteCount)
            precondition(bytes.count - control.bytes.count == (encapsulation == .ip ? 4 : 0), "bytes lost")
            precondition(control.firstError == nil)
        case .data(let undecoded):
            precondition(refusal.code == .truncated)
            precondition(undecoded.body.count < format.cookieLength.byteCount + format.sublayer.byteCount)
        case .dataV2(let message):
            precondition(refusal.code == .l2tpv2 && encapsulation == .udp && message.firstError == nil)
            let end = message.payload.count + message.headerByteCount
            precondition(end == bytes.count && message.statedByteCount ?? end == end, "bytes lost")
            checkRoundTrip(of: message)
        }
    } catch {
        precondition(error == refusal || [.controlMessage, .l2tpv2].contains(refusal.code), "\(error) or \(refusal)")
        checkPrefix(of: bytes, over: encapsulation, error)
    }
}

/// What is not whole can be read in part, or not at all for the same reason.
private func checkPrefix(of bytes: Span<UInt8>, over encapsulation: Encapsulation, _ refusal: WireError) {
    do {
        switch try Message(parsingPrefix: bytes, encapsulation: encapsulation) {
        case .control(let message):
            guard let error = message.firstError else { preconditionFailure("not whole, and no error: \(refusal)") }
            // Bytes after the end are seen first where none may be, and last where they do not matter.
            precondition(error == refusal || refusal.code == .trailingBytes, "\(error) or \(refusal)")
        case .data: preconditionFailure("a data message of L2TPv3 is whole: \(refusal)")
        case .dataV2(let message):
            precondition(message.firstError == refusal)
            precondition(message.headerByteCount + message.payload.count <= bytes.count)
            checkRoundTrip(of: message)
        }
    } catch {
        precondition(error == refusal, "\(error) or \(refusal)")
    }
}

/// Written and read again, a data message of L2TPv2 is the same but for the bytes of the padding.
private func checkRoundTrip(of message: borrowing DataMessageV2) {
    let header = DataHeaderV2(message)
    precondition(header.encodedByteCount == message.headerByteCount, "bytes lost")
    precondition((message.ns == nil) == (message.nr == nil))
    let payload = message.payload
    let written = [UInt8](capacity: header.encodedByteCount + payload.count) { output in
        header.serialize(payloadByteCount: payload.count, into: &output)
        for index in payload.indices { output.append(payload[index]) }
    }
    guard let again = try? DataMessageV2(parsing: written.span) else {
        preconditionFailure("what was written cannot be read")
    }
    precondition(DataHeaderV2(again) == header, "the meaning has changed")
    precondition(again.payload.count == payload.count, "payload bytes lost")
    for index in payload.indices { precondition(again.payload[index] == payload[index], "the payload has changed") }
}
