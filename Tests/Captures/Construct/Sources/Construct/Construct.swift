import L2TPWire
import SystemPackage

/// Writes the constructed captures into the folder that is named.
@main struct Construct {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else { throw UsageError() }
        let folder = FilePath(CommandLine.arguments[1])
        let captures = try [
            Scenes.overUDP(), Scenes.overIP(),
            Vectors.capture(of: .v2, as: "control-vectors-v2.pcap"),
            Vectors.capture(of: .v3, as: "control-vectors-v3.pcap"),
        ]
        for capture in captures {
            try capture.save(in: folder)
            print(capture.name)
        }
    }
}

/// The folder is not named, or something else is.
struct UsageError: Error, CustomStringConvertible {
    /// What would be right.
    let description = "usage: Construct FOLDER"
}
