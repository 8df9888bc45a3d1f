import L2TPWire

/// Feeds bytes, as the value of an AVP, to the reader of its attribute type and checks what must hold for all of them.
///
/// The first byte of the input is the number of the attribute type, the rest is the value.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let entry = AVPRegistry.standard[AttributeType(UInt16(input[0]))] else { return -1 }
    let value = input.extracting(1..<min(count, 1 + AVP.maximumValueByteCount))
    do {
        check(try entry.decode(value), of: entry.type, value)
    } catch {
        precondition((0...value.count).contains(error.offset), "offset outside of the value: \(error)")
        precondition(error.field.hasPrefix(entry.name), "\(error) is not about \(entry.name)")
    }
    return 0
}

/// A value is written as long as it was, is the same when read again, and has its parts within its bytes.
private func check<Value: AVPValue>(_ value: Value, of type: AttributeType, _ bytes: Span<UInt8>) {
    precondition(value.encodedByteCount == bytes.count, "AVP \(type): \(value) has another length")
    for field in value.fields {
        precondition(field.offset >= 0 && field.byteCount >= 0, "AVP \(type): \(field)")
        precondition(field.offset + field.byteCount <= bytes.count, "AVP \(type): \(field) outside of the value")
        if case .bytes(let content) = field.content { precondition(content.count == field.byteCount, "AVP \(type)") }
        if case .list(let elements) = field.content, !elements.isEmpty {
            precondition(field.byteCount.isMultiple(of: elements.count), "AVP \(type)")
        }
    }
    let definition = AVPDefinition<Value>(type, "Value", versions: .all, mandatory: .should(true), hiding: true)
    let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
    var writer = ControlMessageWriter(header, type: .hello)
    do {
        try writer.append(definition, value)
        let written = writer.bytes
        let message = try ControlMessage(parsing: written.span, encapsulation: .udp)
        var iterator = message.avps.makeIterator()
        _ = iterator.next()
        guard let avp = iterator.next() else { preconditionFailure("the AVP is lost") }
        let again = try avp.decoded(as: definition)
        precondition(again == value, "AVP \(type): \(again) was \(value)")
    } catch {
        preconditionFailure("AVP \(type): \(value) cannot be written and read again: \(error)")
    }
}
