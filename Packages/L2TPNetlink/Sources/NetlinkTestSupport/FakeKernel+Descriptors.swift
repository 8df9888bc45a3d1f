public import SystemPackage

extension FakeKernel {
    /// Makes a socket of this process, which the fake cannot see, known under its descriptor, so that it can become
    /// a managed tunnel's (`L2TP_ATTR_FD`).
    public func register(_ descriptor: FileDescriptor, as socket: OpenSocket) {
        change { $0.sockets[UInt32(bitPattern: descriptor.rawValue)] = socket }
    }
}
