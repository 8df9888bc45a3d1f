import L2TPModel
import L2TPNetlink
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Tests of a monitor, and the kernel that it watches.
protocol MonitorSuite {
    var kernel: FakeKernel { get }
}

extension MonitorSuite {
    static func makeKernel() -> FakeKernel {
        let kernel = FakeKernel()
        // So that what a test sets is what is reported.
        kernel.behavior.lacksDiscardCounters = true
        return kernel
    }

    /// Makes tunnel 3000 and sessions in it.
    func make(_ sessions: [UInt32] = [1000]) throws {
        var client = try L2TPClient(kernel.connector)
        try client.createTunnel(.udp())
        for id in sessions { try client.createSession(.ethernet(id, interface: "pw\(id)")) }
    }

    func tunnel(_ id: UInt32 = 3000) throws -> Tunnel {
        try #require(kernel.tunnels.first { $0.id == TunnelID(id) })
    }

    func session(_ id: UInt32 = 1000) throws -> Session {
        try #require(kernel.sessions.first { $0.id == SessionID(id) })
    }
}

extension Session {
    func with(transmitPackets: UInt64) -> Self {
        var session = self
        session.statistics.transmitPackets = transmitPackets
        return session
    }
}

extension Exchange where Transport: ~Copyable {
    /// Sends a command with numbers of 32 bits, for a tunnel over UDP.
    mutating func perform(
        _ command: L2TPCommand, _ numbers: [(type: Int, value: UInt32)], version: UInt8? = nil
    ) throws(NetlinkError) {
        var attributes = numbers.map { (type: $0.type, value: hostBytes($0.value)) }
        if let version { attributes += [(7, [version]), (2, [0, 0])] }
        try perform(Int(command.rawValue), attributes)
    }

    /// Changes a setting of session 1000 in tunnel 3000.
    mutating func modifySession(_ type: Int, _ value: UInt8) throws(NetlinkError) {
        try perform(
            Int(L2TPCommand.sessionModify.rawValue),
            [(9, hostBytes(UInt32(3000))), (11, hostBytes(UInt32(1000))), (type, [value])])
    }
}
