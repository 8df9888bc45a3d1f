internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Sends answers in pieces, the next one when the kernel has taken the last: a slow client costs the memory of one piece,
/// not of the body.
///
/// All parts go to the channel itself. Hummingbird's writer takes as much as comes between two turns of the event loop,
/// which are many pieces if it is busy.
struct AnswerSender {
    private static let pieceSize = 64 * 1024

    /// Sends one answer, and returns when the kernel has it.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - hasBody: Whether its body is sent too.
    ///   - channel: The connection.
    /// - Throws: An error of NIO; the connection is at its end then.
    static func send(_ answer: Answer, hasBody: Bool, on channel: any Channel) async throws {
        var headers = answer.headers
        headers[.contentLength] = "\(answer.body.count)"
        headers[.date] = HTTPDate.text(secondsSince1970: time(nil))
        let head = HTTPResponse(status: answer.status, headerFields: headers)
        let bytes = hasBody ? answer.body[...] : []
        var parts = [HTTPResponsePart.head(head)]
        for start in stride(from: 0, to: bytes.count, by: pieceSize) {
            parts.append(.body(ByteBuffer(bytes: bytes[start..<min(start + pieceSize, bytes.count)])))
            guard start + pieceSize < bytes.count else { break }
            try await write(parts, on: channel)
            parts = []
        }
        parts.append(.end(nil))
        try await write(parts, on: channel)
    }

    /// Writes parts in one turn of the event loop.
    private static func write(_ parts: [HTTPResponsePart], on channel: any Channel) async throws {
        try await channel.eventLoop.flatSubmit {
            for part in parts.dropLast() { channel.write(part, promise: nil) }
            return parts.last.map { channel.writeAndFlush($0) } ?? channel.eventLoop.makeSucceededVoidFuture()
        }.get()
    }
}
