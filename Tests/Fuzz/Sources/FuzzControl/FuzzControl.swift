import L2TPWire

/// Feeds bytes to everything that reads a control message and checks what must hold for all of them.
///
/// The first byte of the input chooses the encapsulation, the rest is the datagram. It is a list of AVPs once more.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    let datagram = input.extracting(droppingFirst: 1)
    check(datagram, over: input[0] & 1 == 0 ? .udp : .ip)
    checkList(datagram)
    return 0
}

/// What is accepted as a whole is read in part without an error; what is refused as a whole says why in both ways.
private func check(_ bytes: Span<UInt8>, over encapsulation: Encapsulation) {
    let message: ControlMessage
    do {
        message = try ControlMessage(parsingPrefix: bytes, encapsulation: encapsulation)
    } catch {
        check(error, in: bytes)
        do {
            _ = try ControlMessage(parsing: bytes, encapsulation: encapsulation)
            preconditionFailure("accepted, although not even its header can be read")
        } catch let other {
            precondition(other == error, "\(other) or \(error)")
        }
        return
    }
    do {
        let whole = try ControlMessage(parsing: bytes, encapsulation: encapsulation)
        precondition(message.firstError == nil && whole.firstError == nil && whole.avps.firstError == nil)
        precondition(whole.bytes.count == message.bytes.count && whole.bytes.count == whole.statedByteCount)
        checkMessageType(of: whole)
    } catch {
        check(error, in: bytes)
        guard let first = message.firstError else { preconditionFailure("\(error) is not noticed") }
        check(first, in: bytes)
        precondition(first == error || error.code == .trailingBytes, "\(first) or \(error)")
    }
    let start = bytes.count - message.bytes.count
    precondition(start >= 0 && message.bytes.count <= message.statedByteCount)
    precondition(message.sessionID == nil || message.version == .v2)

    var end = ControlMessage.headerByteCount + (encapsulation == .ip ? 4 : 0)
    var iterator = message.avps.makeIterator()
    while let avp = iterator.next() {
        precondition(avp.offset == end && avp.bytes.count == AVP.headerByteCount + avp.value.count)
        end += avp.bytes.count
        precondition(end <= bytes.count, "an AVP outside of the message")
        checkValue(of: avp)
    }
    checkRoundTrip(of: message)
}

/// A message without AVPs is of no type, and a vendor's own message of none of the IETF's.
private func checkMessageType(of message: borrowing ControlMessage) {
    var iterator = message.avps.makeIterator()
    guard let first = iterator.next() else {
        precondition(message.messageType == nil)
        return
    }
    precondition(first.type.number == AVPDefinition.messageType.type.number && !first.isHidden)
    precondition((message.messageType == nil) == (first.type.vendorID != AttributeType.ietfVendorID))
}

private func check(_ error: WireError, in bytes: Span<UInt8>) {
    precondition((0...bytes.count).contains(error.offset), "offset outside of the datagram: \(error)")
    precondition(!error.description.isEmpty && !error.description.contains("\n"))
}

/// The bytes as a list of AVPs: both ways to read it agree.
private func checkList(_ bytes: Span<UInt8>) {
    let prefix = AVPList(parsingPrefix: bytes, at: 7)
    do {
        let whole = try AVPList(parsing: bytes, at: 7)
        precondition(prefix.firstError == nil && whole.firstError == nil)
    } catch {
        precondition(prefix.firstError == error && (7...bytes.count + 7).contains(error.offset), "\(error)")
    }
    var iterator = prefix.makeIterator()
    while let avp = iterator.next() {
        let type = avp.type
        guard let first = prefix.first(type) else { preconditionFailure("an AVP is not found") }
        precondition(first.type == type && first.offset <= avp.offset)
    }
}

/// A value is read, or it is said at which byte of the message it cannot be.
private func checkValue(of avp: borrowing AVP) {
    guard let entry = AVPRegistry.standard[avp.type] else {
        precondition(AVPRegistry.standard.verdict(on: avp) == (avp.isMandatory ? .unrecognizedMandatory : .ignored))
        return
    }
    precondition(AVPRegistry.standard.verdict(on: avp) == .recognized)
    do {
        checkRoundTrip(of: try entry.decode(avp.value), byteCount: avp.value.count)
    } catch {
        precondition((0...avp.value.count).contains(error.offset), "offset outside of the value: \(error)")
    }
}

/// Written and read again, a value is the same.
private func checkRoundTrip<Value: AVPValue>(of value: Value, byteCount: Int) {
    precondition(value.encodedByteCount == byteCount, "\(value) has another length")
    let written = [UInt8](capacity: byteCount) { value.serialize(into: &$0) }
    precondition(written.count == byteCount, "\(value) writes another length")
    guard let again = try? Value(parsing: written.span) else { preconditionFailure("\(value) cannot be read again") }
    precondition(again == value, "\(again) was \(value)")
}

/// Written and read again, a message is the same but for reserved bits and the M bit of Message Type. One that does not
/// begin with that is refused.
private func checkRoundTrip(of message: borrowing ControlMessage) {
    let header = ControlHeader(message)
    var writer = ControlMessageWriter(header, type: message.messageType)
    do throws(ControlMessageWriter.ValidationError) {
        var iterator = message.avps.makeIterator()
        if message.messageType != nil { _ = iterator.next() }
        while let avp = iterator.next() { try writer.append(avp) }
    } catch {
        guard case .messageTypeMissing(let type) = error else {
            preconditionFailure("what was read cannot be written: \(error)")
        }
        precondition(!beginsWithMessageType(message), "AVP \(type) is refused")
        return
    }
    precondition(message.avps.isEmpty || beginsWithMessageType(message), "a message begins with something else")
    let written = writer.bytes
    guard let again = try? ControlMessage(parsingPrefix: written.span, encapsulation: message.encapsulation) else {
        preconditionFailure("what was written cannot be read")
    }
    precondition(ControlHeader(again) == header, "the header has changed")
    precondition(again.messageType == message.messageType && again.statedByteCount == again.bytes.count)
    precondition(again.firstError == nil, "written with an error")
    var before = message.avps.makeIterator()
    var after = again.avps.makeIterator()
    var position = 0
    while let old = before.next() {
        guard let new = after.next() else { preconditionFailure("an AVP is lost") }
        precondition(new.type == old.type && new.isHidden == old.isHidden, "an AVP has changed")
        precondition(new.isMandatory == old.isMandatory || position == 0, "an M bit has changed")
        precondition(new.value.count == old.value.count, "bytes lost")
        for index in old.value.indices { precondition(new.value[index] == old.value[index], "a value has changed") }
        position += 1
    }
    precondition(after.next() == nil, "an AVP too many")
}

/// Whether the first AVP is a Message Type, of whatever vendor.
private func beginsWithMessageType(_ message: borrowing ControlMessage) -> Bool {
    var iterator = message.avps.makeIterator()
    guard let first = iterator.next() else { return false }
    return first.type.number == 0 && !first.isHidden && first.value.count == 2
}
