import CommandLineSupport
import L2TPApply
import Logging
import SystemPackage
import Testing

@testable import l2tp_apply

@Suite struct LogOutputTests {
    private func lines(_ form: LogOutput.Form, _ level: Logger.Level = .trace) -> String {
        let box = TextBox()
        let log = Logger(label: "test") { _ in LogOutput(form, level: level) { box.append($0) } }
        log.debug("looked")
        log.info("waiting")
        log.notice("applied")
        log.warning("odd")
        log.error("bad\n  do this")
        log.critical("worse")
        return box.text
    }

    @Test func named() {
        #expect(
            lines(.named("l2tp-apply"), .info) == """
                l2tp-apply: waiting
                l2tp-apply: applied
                l2tp-apply: warning: odd
                l2tp-apply: bad
                  do this
                l2tp-apply: worse

                """)
    }

    @Test func bare() {
        #expect(lines(.bare, .error) == "bad\n  do this\nworse\n")
    }

    /// Every line has its own: the journal makes an entry of each.
    @Test func prioritized() {
        #expect(
            lines(.prioritized) == """
                <7>looked
                <6>waiting
                <5>applied
                <4>odd
                <3>bad
                <3>  do this
                <2>worse

                """)
    }

    @Test func theJournalIsKnownByDeviceAndInode() throws {
        let pipe = try FileDescriptor.pipe()
        let status = try pipe.writeEnd.stat()
        let (device, inode) = (status.deviceID.rawValue, status.inode.rawValue)
        #expect(JournalStream.isBehind(pipe.writeEnd, "\(device):\(inode)"))
        #expect(!JournalStream.isBehind(pipe.writeEnd, "\(device):\(inode + 1)"))
        #expect(!JournalStream.isBehind(pipe.writeEnd, ""))
        #expect(!JournalStream.isBehind(pipe.writeEnd, nil))
        try pipe.readEnd.close()
        try pipe.writeEnd.close()
    }

    private func told(isWatched: Bool, _ progress: [ApplyProgress]) -> String {
        let box = TextBox()
        let console = Console(write: { _ in }, writeError: { box.append($0) }, errorIsTerminal: isWatched)
        var time = Duration.zero
        let reporter = ProgressReporter(console, Reporter(console, level: .info).log) {
            defer { time += .milliseconds(600) }
            return time
        }
        for progress in progress { reporter.show(progress) }
        reporter.end()
        return box.text
    }

    private static let waiting = ApplyProgress(.waiting(for: ["local address 192.0.2.1"]), doneCount: 0, totalCount: 1)

    @Test func progressWhereSomebodyWatches() {
        let creating = ApplyProgress(.creatingSessions, doneCount: 12, totalCount: 500)
        #expect(
            told(isWatched: true, [Self.waiting, Self.waiting, creating, creating, creating])
                == "\r\u{1b}[Kwaiting for local address 192.0.2.1: 0 of 1 (1 s)"
                + "\r\u{1b}[Kcreating sessions: 12 of 500 (2 s)\r\u{1b}[Kcreating sessions: 12 of 500 (3 s)\r\u{1b}[K")
        #expect(told(isWatched: true, [creating]) == "")
    }

    /// What is waited for is said after a second, then every five, and when it becomes something else.
    @Test func progressElsewhere() {
        let route = ApplyProgress(.waiting(for: ["route to 192.0.2.2", "interface br0"]), doneCount: 0, totalCount: 1)
        let creating = ApplyProgress(.creatingTunnels, doneCount: 1, totalCount: 2)
        #expect(
            told(isWatched: false, Array(repeating: Self.waiting, count: 12) + [route, route, creating])
                == """
                l2tp-apply: waiting for local address 192.0.2.1
                l2tp-apply: waiting for local address 192.0.2.1
                l2tp-apply: waiting for route to 192.0.2.2, interface br0

                """)
    }
}
