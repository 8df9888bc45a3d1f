/// Holds up whoever comes until it is opened, and tells when somebody has come.
final class Gate: Sendable {
    private let arrived = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    func pass() async {
        arrived.continuation.yield()
        for await _ in opened.stream {}
    }

    func open() {
        opened.continuation.finish()
    }

    func waitForArrival() async {
        for await _ in arrived.stream { return }
    }
}
