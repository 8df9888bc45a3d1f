internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Netlink
internal import SystemPackage

/// One listening socket.
struct Listener: Sendable {
    private static let backlog: CInt = 256
    /// The most bytes that the kernel takes for a client beyond those it has sent. Otherwise it would take megabytes for one
    /// that does not read, and the response would seem to have left.
    private static let unsentLimit: SocketOptionValue = 256 * 1024

    /// The socket.
    let channel: any Channel

    /// Where it listens, with the port that was chosen if it was to be any.
    var address: String {
        guard let address = channel.localAddress else { return "a socket from systemd" }
        if let path = address.pathname { return "unix:\(path)" }
        let host = address.ipAddress ?? ""
        return (host.contains(":") ? "[\(host)]" : host) + ":\(address.port ?? 0)"
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - permissions: Of a Unix socket.
    ///   - initialize: Makes the pipeline of each connection; it is closed if that fails.
    /// - Returns: The listener, which takes connections already.
    /// - Throws: ``WebServerError``.
    static func open(
        _ address: ListenAddress, permissions: FilePermissions,
        initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws(WebServerError) -> Self {
        switch address {
        case .tcp(let host?, let port):
            return Self(channel: try await bind(try resolve(host, port, address), address, initialize))
        case .tcp(nil, let port):
            do throws(WebServerError) {
                return Self(
                    channel: try await bind(try resolve("::", port, address), address, initialize, takesIPv4: true))
            } catch .listen(_, .addressFamilyNotSupported), .listen(_, .addressNotAvailable) {
                // A host without IPv6.
                return Self(channel: try await bind(try resolve("0.0.0.0", port, address), address, initialize))
            }
        case .unix(let path):
            try await removeStale(path, address)
            guard let socketAddress = try? SocketAddress(unixDomainSocketPath: path.string) else {
                throw .listen(address, .fileNameTooLong)
            }
            let channel = try await bind(socketAddress, address, initialize)
            do throws(FileError) {
                try FileSystem.setPermissions(permissions, of: path)
                return Self(channel: channel)
            } catch {
                channel.close(promise: nil)
                throw .file(address, "\(error)")
            }
        }
    }

    /// Takes a socket that listens already.
    ///
    /// Throws ``WebServerError/inherited(_:)`` if it is none.
    static func take(
        _ descriptor: CInt, initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws(WebServerError) -> Self {
        do {
            try SocketActivation.checkSocket(descriptor)
            let channel = try await bootstrap(initialize).withBoundSocket(descriptor).get()
            return Self(channel: channel)
        } catch {
            throw .inherited(descriptor)
        }
    }

    /// Stops listening; the file of a Unix socket that was made here goes too.
    func close() async {
        try? await channel.close().get()
    }

    private static func bootstrap(
        _ initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                // Without descriptors to spare, it waits a second instead of trying again at once.
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                // Not of Unix sockets, whose buffers are small.
                channel.setOption(.tcpOption(.init(rawValue: TCP_NOTSENT_LOWAT)), value: unsentLimit)
                    .recover { _ in }
                    .flatMap { initialize(channel) }
            }
    }

    private static func bind(
        _ socketAddress: SocketAddress, _ address: ListenAddress,
        _ initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>, takesIPv4: Bool = false
    ) async throws(WebServerError) -> any Channel {
        var bootstrap = bootstrap(initialize)
        if takesIPv4 {
            // Also where net.ipv6.bindv6only says otherwise.
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 0)
        }
        do {
            return try await bootstrap.bind(to: socketAddress).get()
        } catch {
            throw .listen(address, Errno(rawValue: (error as? IOError)?.errnoCode ?? EIO))
        }
    }

    private static func resolve(
        _ host: String, _ port: UInt16, _ address: ListenAddress
    ) throws(WebServerError) -> SocketAddress {
        do {
            if let numeric = try? SocketAddress(ipAddress: host, port: Int(port)) { return numeric }
            return try SocketAddress.makeAddressResolvingHost(host, port: Int(port))
        } catch {
            throw .unknownHost(address)
        }
    }

    /// Removes a socket's file that an earlier process has left behind, unless somebody answers there.
    private static func removeStale(_ path: FilePath, _ address: ListenAddress) async throws(WebServerError) {
        do throws(FileError) {
            guard try FileSystem.status(of: path, followsSymbolicLink: false).type == .socket else {
                throw FileError(.replace, path, .fileExists)
            }
        } catch {
            switch error.errno {
            case .noSuchFileOrDirectory: return
            case .fileExists: throw .occupied(address)
            default: throw .file(address, "\(error)")
            }
        }
        do {
            try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path.string).get().close(promise: nil)
            throw WebServerError.listen(address, .addressInUse)
        } catch {
            let errno = (error as? IOError).map { Errno(rawValue: $0.errnoCode) } ?? .addressInUse
            guard errno == .connectionRefused else { throw .listen(address, errno) }
        }
        do throws(FileError) {
            try FileSystem.remove(path)
        } catch {
            throw .file(address, "\(error)")
        }
    }
}
