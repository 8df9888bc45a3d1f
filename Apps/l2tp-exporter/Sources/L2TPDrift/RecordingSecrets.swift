internal import L2TPConfig
internal import Netlink
internal import Synchronization
internal import SystemPackage

/// Reads the files with cookies that a configuration names, and notes what they were before.
final class RecordingSecrets: SecretReader {
    private let noted = Mutex<[FileSignature]>([])

    /// The files that were read, as they were before.
    var signatures: [FileSignature] { noted.withLock(\.self) }

    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        let signature = FileSignature(path)
        noted.withLock { $0.append(signature) }
        do throws(FileError) {
            // Who may read it is the affair of l2tp-apply, which warns.
            let bytes = try FileSystem.read(FilePath(path), atMost: 4096)
            return (String(decoding: bytes, as: UTF8.self), false)
        } catch {
            throw SecretError("\(error.errno) (\(error.errno.symbol))")
        }
    }
}
