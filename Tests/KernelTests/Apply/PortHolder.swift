import L2TPModel
import L2TPSockets
import Synchronization
import SystemPackage

/// A socket of somebody else's that holds a UDP port.
final class PortHolder: Sendable {
    private let socket = Mutex<FileDescriptor?>(nil)

    /// Takes a port.
    func take(_ address: TunnelSocketAddress, in namespace: TestNamespace) throws {
        let taken = try SystemCalls.inNamespace(namespace.path) { try SystemCalls.socket(from: address) }
        socket.withLock { $0 = taken }
    }

    /// Gives it back.
    func release() {
        try? socket.withLock { $0.take() }?.close()
    }
}
