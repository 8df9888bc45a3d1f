import Foundation
import L2TPMetrics
import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import Synchronization
import Testing

/// What a scrape shows: the values by their series, as `l2tp_up` or `l2tp_sessions{netns="a"}`.
struct Series {
    let text: String
    let values: [String: String]

    init(_ bytes: [UInt8]) throws {
        text = try #require(String(validating: bytes, as: UTF8.self))
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let blank = try #require(line.lastIndex(of: " "))
            let name = String(line[..<blank])
            try #require(values[name] == nil, "\(name) is there twice")
            values[name] = String(line[line.index(after: blank)...])
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name] }

    /// The series of one metric, sorted.
    func names(of metric: String) -> [String] {
        values.keys.filter { $0 == metric || $0.hasPrefix("\(metric){") }.sorted()
    }
}

/// A file that says what a text should be.
struct GoldenFile {
    let name: String

    private var url: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
}

extension FakeKernel {
    /// Creates a tunnel from 192.0.2.1 to 192.0.2.2 over UDP.
    func addTunnel(_ id: UInt32, port: UInt16 = 5000) throws {
        var client = try L2TPClient(connector)
        try client.createTunnel(
            TunnelSpecification(
                id: TunnelID(id), peerID: TunnelID(id + 1000), local: try #require(IPAddress("192.0.2.1")),
                peer: try #require(IPAddress("192.0.2.2")),
                encapsulation: .udp(UDPParameters(sourcePort: port, destinationPort: 6000))))
    }

    /// Creates a session.
    func addSession(_ id: UInt32, in tunnelID: UInt32, interface: String? = nil, peerID: UInt32? = nil) throws {
        var client = try L2TPClient(connector)
        var session = SessionSpecification(
            tunnelID: TunnelID(tunnelID), id: SessionID(id), peerID: SessionID(peerID ?? id + 1000))
        session.cookie = try Cookie(hexadecimal: "0123456789abcdef")
        session.peerCookie = try Cookie(hexadecimal: "fedcba9876543210")
        session.interfaceName = try interface.map { try InterfaceName($0) }
        try client.createSession(session)
    }

    /// Deletes a session.
    func removeSession(_ id: UInt32, in tunnelID: UInt32) throws {
        var client = try L2TPClient(connector)
        try client.deleteSession(SessionID(id), in: TunnelID(tunnelID))
    }

    /// How often it was asked for a list since ``forgetRequests()``.
    func count(_ step: Step) -> Int { requests.count { $0.step == step } }
}

extension NamespaceDirectory where Transport == FakeTransport {
    /// Only the own namespace.
    static func own(_ kernel: FakeKernel) -> Self {
        Self(
            names: { [] }, identity: { _ in NetworkNamespace.Identity(rawValue: 1) },
            connector: { _ in kernel.connector })
    }
}

/// Sources that are walked by hand.
struct Walker {
    let sources: [any MetricSource]

    init(_ sources: any MetricSource...) { self.sources = sources }

    init(_ kernel: FakeKernel, _ parts: KernelMetricParts = .all) {
        sources = [KernelSource(KernelReader(.own(kernel)), parts)]
    }

    func walk() -> WalkResult { WalkResult(walking: sources, version: "1.0") }

    func series() throws -> Series { try Series(ExpositionFormat.text004.text(of: walk().families)) }
}

/// A list that several threads add to.
final class Recorder<Element: Sendable>: Sendable {
    private let list = Mutex<[Element]>([])

    var elements: [Element] { list.withLock(\.self) }

    func add(_ element: Element) { list.withLock { $0.append(element) } }
}
