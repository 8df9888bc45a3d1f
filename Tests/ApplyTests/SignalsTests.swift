import Glibc
import Netlink
import SystemPackage
import Testing

@testable import l2tp_apply

/// The signals of the process. Each is sent to the thread that has blocked them: others run other tests.
@Suite(.serialized) struct SignalsTests {
    private func send(_ signal: Int32) {
        #expect(pthread_kill(pthread_self(), signal) == 0)
    }

    @Test(arguments: [SIGINT, SIGQUIT, SIGTERM])
    func interrupt(signal: Int32) throws {
        let signals = try ProcessSignals()
        #expect(!signals.isInterrupted)
        send(signal)
        #expect(signals.isInterrupted)
        // It stays so.
        #expect(signals.isInterrupted)
        #expect(!signals.isHungUp)
    }

    @Test func hangUpIsNoInterrupt() throws {
        let signals = try ProcessSignals()
        send(SIGHUP)
        #expect(!signals.isInterrupted)
        #expect(signals.isHungUp)
    }

    /// The process would end here of what has not been looked at.
    @Test(arguments: [SIGINT, SIGQUIT, SIGTERM, SIGHUP])
    func whatComesLateIsDropped(signal: Int32) throws {
        let signals = try ProcessSignals()
        send(signal)
        withExtendedLifetime(signals) {}
    }

    @Test func aPipeWithoutReaderIsAnError() throws {
        let signals = try ProcessSignals([.brokenPipe])
        let pipe = try FileDescriptor.pipe()
        try pipe.readEnd.close()
        #expect(throws: Errno.brokenPipe) { try pipe.writeEnd.writeAll("x".utf8) }
        try pipe.writeEnd.close()
        withExtendedLifetime(signals) {}
    }

    @Test(arguments: [SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU])
    func theRestDoesNothing(signal: Int32) throws {
        let signals = try ProcessSignals()
        send(signal)
        #expect(!signals.isInterrupted)
        #expect(!signals.isHungUp)
    }
}
