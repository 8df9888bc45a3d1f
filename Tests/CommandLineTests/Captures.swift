import Netlink
import SystemPackage

@testable import l2tp

/// The captures in Tests/Captures, and what the program says of them.
enum Captures {
    /// The folder.
    static let folder = FilePath(#filePath).removingLastComponent().removingLastComponent().appending("Captures")

    /// The names of the captures.
    static let all: [String] = {
        let names = (try? FileSystem.names(in: folder)) ?? []
        return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") || $0.hasSuffix(".pcap.gz") }.sorted()
    }()

    /// The configuration that belongs to a capture; nil where there is none.
    static func configuration(of capture: String) -> String? {
        let file = folder.appending(String(capture.prefix { $0 != "." }) + ".toml")
        return (try? FileSystem.status(of: file)) == nil ? nil : file.string
    }

    /// Decodes a capture, with the configuration that belongs to it.
    static func decode(_ capture: String, _ options: String...) throws -> Run {
        let configuration = configuration(of: capture).map { ["--config", $0] } ?? []
        return Bench().run(["decode"] + configuration + options + [folder.appending(capture).string])
    }
}
