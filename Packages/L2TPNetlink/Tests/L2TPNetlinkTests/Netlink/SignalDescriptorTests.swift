import Glibc
import Netlink
import SystemPackage
import Testing

/// With signals that nothing else here uses, sent to the thread itself.
@Suite struct SignalDescriptorTests {
    private let signal = SignalDescriptor.Signal(rawValue: SIGUSR2)

    @Test("A signal that came makes the descriptor readable and is taken once")
    func taken() throws {
        let signals = try SignalDescriptor([signal, .windowChange])
        #expect(signals.next() == nil)
        #expect(try Readiness.wait(for: [signals.fileDescriptor], atMost: .zero) == [false])
        #expect(pthread_kill(pthread_self(), signal.rawValue) == 0)
        #expect(try Readiness.wait(for: [signals.fileDescriptor], atMost: .seconds(5)) == [true])
        #expect(signals.next() == signal)
        #expect(signals.next() == nil)
    }

    @Test("The numbers are the system's")
    func numbers() {
        typealias Signal = SignalDescriptor.Signal
        #expect(
            [Signal.interrupt, .quit, .terminate, .hangUp, .windowChange].map(\.rawValue) == [
                SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGWINCH,
            ])
    }

    @Test("What is no terminal has no size")
    func terminalSize() throws {
        let file = try FileDescriptor.open(FilePath("/dev/null"), .readOnly)
        defer { try? file.close() }
        #expect(TerminalSize(of: file) == nil)
    }
}
