internal import Netlink
internal import SystemPackage

/// Many requests to the kernel at a time.
extension L2TPClient where Transport: ~Copyable {
    /// More than the kernel's answer about a tunnel or session has, in bytes: all attributes of the longest, IPv6
    /// addresses and counters included, come to 330.
    static var replyByteCount: Int { 512 }

    /// Sends commands that the kernel answers with an acknowledgement only.
    mutating func performAll(
        _ command: L2TPCommand,
        count: Int,
        _ build: (Int, inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) -> [RequestOutcome] {
        exchange.pipeline(family.messageType, count: count) { [family] (index, writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
            try build(index, &writer)
        }
    }

    /// Reads many objects; nil where the kernel knows none (`ENODEV`). What the kernel had to drop is asked for again.
    mutating func getAll<Value>(
        _ command: L2TPCommand,
        count: Int,
        _ build: (Int, inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        decode: (borrowing NetlinkMessage) throws(NetlinkError) -> Value
    ) -> [Result<Value?, NetlinkError>] {
        var values = [Value?](repeating: nil, count: count)
        let outcomes = exchange.pipeline(
            family.messageType, count: count, end: .reply, replyByteCount: Self.replyByteCount
        ) { [family] (index, writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
            try build(index, &writer)
        } reply: { (index, message) throws(NetlinkError) in
            values[index] = try decode(message)
        }
        var results: [Result<Value?, NetlinkError>] = []
        results.reserveCapacity(count)
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .succeeded:
                let missing = NetlinkError.malformed("the kernel confirmed the request without an answer")
                results.append(values[index].map { .success($0) } ?? .failure(missing))
            case .failed(let error) where error.operation == .request && error.errno == .operationNotSupportedByDevice:
                results.append(.success(nil))
            case .unknown(let error) where error.errno == .noBufferSpace:
                do throws(NetlinkError) {
                    let value = try get(command) { (writer) throws(NetlinkError) in
                        try build(index, &writer)
                    } decode: { (message) throws(NetlinkError) in
                        try decode(message)
                    }
                    results.append(.success(value))
                } catch {
                    results.append(.failure(error))
                }
            case .failed(let error), .unknown(let error), .notSent(let error):
                results.append(.failure(error))
            }
        }
        return results
    }
}
