import CWireBaseline
import L2TPWire

/// What is measured: L2TPWire, as a program uses it that depends on it.
enum Subject {
    /// Parses every message and sums up everything in its header and AVPs.
    @inline(never)
    static func parse(_ bytes: Span<UInt8>, _ places: Span<Place>) -> UInt64 {
        var sum: UInt64 = 0
        for index in places.indices {
            let place = places[index]
            let start = Int(place.offset)
            sum &+= read(bytes.extracting(start..<start + Int(place.length)), place)
        }
        return sum
    }

    @inline(__always)
    private static func read(_ bytes: Span<UInt8>, _ place: Place) -> UInt64 {
        do throws(WireError) {
            switch try Message(parsing: bytes, encapsulation: place.encapsulation) {
            case .control(let message):
                return sum(of: message)
            case .data(let undecoded):
                let message = try undecoded.decoded(as: place.format)
                var sum = UInt64(message.sessionID.rawValue)
                if let cookie = message.cookie, cookie == place.cookie { sum &+= 1 }
                if let number = message.sequenceNumber { sum &+= UInt64(number.rawValue) }
                return sum &+ UInt64(message.payload.count)
            case .dataV2(let message):
                return sum(of: message)
            }
        } catch {
            return UInt64(REFUSED)
        }
    }

    @inline(never)
    private static func sum(of message: borrowing ControlMessage) -> UInt64 {
        var sum = UInt64(message.tunnelID.rawValue) &+ UInt64(message.sessionID?.rawValue ?? 0)
        sum &+= UInt64(message.ns.rawValue) &+ UInt64(message.nr.rawValue)
        sum &+= UInt64(message.messageType?.rawValue ?? 0)
        var iterator = message.avps.makeIterator()
        while let avp = iterator.next() {
            sum &+= (avp.isMandatory ? 1 : 0) &+ (avp.isHidden ? 2 : 0)
            let type = avp.type
            sum &+= UInt64(type.vendorID) &+ UInt64(type.number)
            let value = avp.value
            sum &+= UInt64(value.count) &+ UInt64(avp.offset)
            if !value.isEmpty { sum &+= UInt64(value[0]) }
        }
        return sum
    }

    @inline(never)
    private static func sum(of message: borrowing DataMessageV2) -> UInt64 {
        var sum: UInt64 = message.hasPriority ? 1 : 0
        sum &+= UInt64(message.tunnelID.rawValue) &+ UInt64(message.sessionID.rawValue)
        sum &+= UInt64(message.statedByteCount ?? 0) &+ UInt64(message.offsetByteCount ?? 0)
        sum &+= UInt64(message.ns?.rawValue ?? 0) &+ UInt64(message.nr?.rawValue ?? 0)
        return sum &+ UInt64(message.payload.count)
    }

    /// Writes one header behind the other.
    @inline(never)
    static func write(_ headers: Span<DataHeader>, into output: inout OutputSpan<UInt8>) {
        for index in headers.indices { headers[index].serialize(into: &output) }
    }

    /// Writes one header behind the other.
    @inline(never)
    static func write(_ headers: Span<DataHeaderV2>, into output: inout OutputSpan<UInt8>) {
        for index in headers.indices { headers[index].serialize(payloadByteCount: 64, into: &output) }
    }

    /// Writes one message after the other into the same place.
    @inline(never)
    static func write(_ requests: Span<call_request>, into output: inout OutputSpan<UInt8>) -> UInt64 {
        var sum: UInt64 = 0
        for index in requests.indices {
            let request = requests[index]
            output.removeAll()
            request.serialize(into: &output)
            sum &+= Self.sum(of: output.span, index)
        }
        return sum
    }

    /// Writes one message after the other with the same writer.
    @inline(never)
    static func write(_ requests: Span<call_request>, with writer: inout ControlMessageWriter) -> UInt64 {
        var sum: UInt64 = 0
        for index in requests.indices {
            let request = requests[index]
            do throws(ControlMessageWriter.ValidationError) {
                try writer.write(request)
            } catch {
                return 0
            }
            sum &+= Self.sum(of: writer.bytes.span, index)
        }
        return sum
    }

    /// The length of a message, and each time another one of its bytes.
    @inline(__always)
    private static func sum(of bytes: Span<UInt8>, _ index: Int) -> UInt64 {
        UInt64(bytes.count) &+ UInt64(bytes[index % bytes.count])
    }
}
