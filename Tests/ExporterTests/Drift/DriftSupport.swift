import Foundation
import Netlink
import SystemPackage

/// A folder that goes with the test that has it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "l2tp-exporter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    subscript(_ name: String) -> String { "\(path)/\(name)" }

    /// Puts a file in the place of another, as editors do.
    func write(_ name: String, _ text: String) throws {
        try FileSystem.replace(FilePath(self[name]), by: Array(text.utf8), permissions: .ownerReadWrite)
    }

    func remove(_ name: String) throws {
        try FileSystem.remove(FilePath(self[name]))
    }
}

enum Texts {
    static let hq = """
        [tunnel.hq]
        local = "192.0.2.1"
        remote = "192.0.2.2"
        tunnel_id = 3000
        peer_tunnel_id = 4000
        udp_sport = 5000
        udp_dport = 6000

        [tunnel.hq.session.lan]
        session_id = 1000
        peer_session_id = 2000
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        [tunnel.hq.session.voice]
        session_id = 1001
        peer_session_id = 2001
        cookie = "0123456789abcdef"
        peer_cookie = "fedcba9876543210"

        """
}
