internal import Glibc
internal import Netlink
internal import SystemPackage

/// The sockets that systemd has opened for this process (sd_listen_fds(3)).
public struct SocketActivation: Hashable, Sendable {
    /// The first descriptor that is passed (`SD_LISTEN_FDS_START`).
    private static let firstDescriptor: CInt = 3

    /// The descriptors, which are listening stream sockets; empty if the process was started otherwise.
    public let descriptors: [CInt]

    /// Takes the sockets that the environment tells of.
    ///
    /// They are no longer inherited by programs that the process starts. The variables stay as they are: whoever starts
    /// programs ought to leave them out.
    ///
    /// - Parameters:
    ///   - listenPID: The variable `LISTEN_PID`, the process that the sockets are for.
    ///   - listenFDs: The variable `LISTEN_FDS`, how many there are.
    ///   - processID: The process to compare with; nil means this one.
    /// - Throws: ``SocketActivationError``.
    public init(listenPID: String?, listenFDs: String?, processID: CInt? = nil) throws(SocketActivationError) {
        guard let listenPID, let listenFDs, CInt(listenPID) == processID ?? getpid() else {
            descriptors = []
            return
        }
        guard let count = CInt(listenFDs), (0...1024).contains(count) else { throw .count(listenFDs) }
        let descriptors = Array(Self.firstDescriptor..<Self.firstDescriptor + count)
        for descriptor in descriptors {
            try Self.checkSocket(descriptor)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        self.descriptors = descriptors
    }

    /// Whether it is a stream socket that listens: the library that is to serve it takes that for granted.
    static func checkSocket(_ descriptor: CInt) throws(SocketActivationError) {
        let isListening: Bool
        do throws(Errno) {
            isListening = try SocketState.isListeningStream(FileDescriptor(rawValue: descriptor))
        } catch {
            throw .noSocket(descriptor)
        }
        guard isListening else { throw .notListening(descriptor) }
    }
}

/// Why the sockets that systemd passes cannot be used.
public enum SocketActivationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `LISTEN_FDS` is no number of descriptors.
    case count(String)
    /// A descriptor is closed, or not a socket.
    case noSocket(CInt)
    /// A descriptor is a socket, but not a stream socket that listens.
    case notListening(CInt)

    /// What is wrong and what would be right, in one line.
    public var description: String {
        switch self {
        case .count(let text): "LISTEN_FDS is \"\(text)\", not the number of sockets that systemd passes"
        case .noSocket(let descriptor):
            "descriptor \(descriptor), which LISTEN_FDS tells of, is no open socket: has something closed it, or set the variable?"
        case .notListening(let descriptor):
            "descriptor \(descriptor), which LISTEN_FDS tells of, is no listening stream socket: the .socket unit needs ListenStream= and Accept=no"
        }
    }
}
