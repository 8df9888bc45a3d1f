internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes
internal import NIOSSL

/// Sends answers so that a slow client costs no memory of its own but for one piece of an encrypted body.
///
/// All parts go to the channel itself. Hummingbird's writer takes as much as comes between two turns of the event loop,
/// which are many pieces if it is busy.
struct AnswerSender {
    /// Small, so that a client that reads slowly is seen to take something.
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
        headers[.contentLength] = "\(answer.body.readableBytes)"
        headers[.date] = HTTPDate.text(secondsSince1970: time(nil))
        let head = HTTPResponsePart.head(HTTPResponse(status: answer.status, headerFields: headers))
        let pieces = hasBody ? pieces(of: answer.body) : []
        guard try await isEncrypted(channel) else {
            // Pieces waiting to be sent are parts of the one body that all have.
            return try await write([head] + pieces + [.end(nil)], on: channel)
        }
        // Encrypted at once when they are written, they are not.
        try await write([head] + pieces.prefix(1), on: channel)
        for piece in pieces.dropFirst() { try await write([piece], on: channel) }
        try await write([.end(nil)], on: channel)
    }

    /// A body in pieces, which share its bytes.
    private static func pieces(of body: ByteBuffer) -> [HTTPResponsePart] {
        var rest = body
        var pieces: [HTTPResponsePart] = []
        while let piece = rest.readSlice(length: min(pieceSize, rest.readableBytes)), piece.readableBytes > 0 {
            pieces.append(.body(piece))
        }
        return pieces
    }

    private static func isEncrypted(_ channel: any Channel) async throws -> Bool {
        try await channel.eventLoop.submit {
            (try? channel.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)) != nil
        }.get()
    }

    /// Writes parts in one turn of the event loop, and returns when the kernel has them.
    private static func write(_ parts: [HTTPResponsePart], on channel: any Channel) async throws {
        try await channel.eventLoop.flatSubmit {
            for part in parts.dropLast() { channel.write(part, promise: nil) }
            return parts.last.map { channel.writeAndFlush($0) } ?? channel.eventLoop.makeSucceededVoidFuture()
        }.get()
    }
}
