internal import CPacketSocket
internal import Glibc
public import PacketCapture
public import SystemPackage

/// Captures what an interface sends and receives, by a packet socket (packet(7)).
///
/// Needs CAP_NET_RAW in the user namespace that owns the network namespace.
public struct InterfaceCapture: PacketSource, ~Copyable {
    /// How many packets there were.
    public struct Statistics: Hashable, Sendable {
        /// How many passed the filter, dropped ones included.
        public var received: Int = 0
        /// How many of them were lost because they were not taken quickly enough.
        public var dropped: Int = 0
    }

    /// `ARPHRD_ETHER` and `ARPHRD_LOOPBACK`, whose frames have an Ethernet header.
    private static let ethernetTypes: [UInt16] = [1, 772]
    /// How many packets are taken in a row before the descriptor that ends the capture is looked at.
    private static let burst = 64

    private let interface: String?
    private let descriptor: FileDescriptor
    private let stop: FileDescriptor?
    private let frame: ReceivedFrame
    private var buffer: [UInt8]
    private var address = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_ll>.size)
    private var control = [UInt8](repeating: 0, count: 256)
    private var packetCount = 0
    private var taken = 0
    private var counted = Statistics()
    private var hasEnded = false

    /// Begins to capture.
    ///
    /// - Parameters:
    ///   - interface: The interface's name; nil for all of the network namespace, whose packets then are
    ///     `LINUX_SLL2`, as are those of an interface that is no Ethernet.
    ///   - filter: What the kernel hands over; nil for everything.
    ///   - snapLength: The most bytes kept of a packet, up to ``PacketCapture/CaptureReader/largestPacket``.
    ///   - bufferByteCount: How many bytes may wait in the kernel; it may allow less (`net.core.rmem_max`).
    ///   - isPromiscuous: Whether an Ethernet interface is to accept frames for other stations too.
    ///   - stop: Ends the capture when it can be read, for example a signalfd(2); nil for never.
    /// - Throws: ``LiveCaptureError``, also for an interface that is down.
    public init(
        of interface: String?, filter: PacketFilter?, snapLength: Int = CaptureReader.largestPacket,
        bufferByteCount: Int = 8 << 20, isPromiscuous: Bool = false, stop: FileDescriptor? = nil
    ) throws(LiveCaptureError) {
        var index: UInt32 = 0
        var layer = PacketFilter.LinkLayer.cooked
        if let interface {
            index = try Self.attempt(.find, interface) { () throws(Errno) in
                try PacketSocketCalls.index(of: interface)
            }
            layer = try Self.linkLayer(of: interface, index)
        }
        let snapLength = min(max(snapLength, 1), CaptureReader.largestPacket)
        let program = filter?.program(for: layer, snapLength: snapLength)
        let descriptor = try Self.attempt(.open, interface) { () throws(Errno) in try PacketSocketCalls.open(layer) }
        do throws(LiveCaptureError) {
            try Self.attempt(.configure, interface) { () throws(Errno) in
                if let program { try PacketSocketCalls.attach(program, to: descriptor) }
                try PacketSocketCalls.setOption(SO_TIMESTAMPNS, level: SOL_SOCKET, to: 1, of: descriptor)
                try PacketSocketCalls.setOption(PACKET_AUXDATA, level: SOL_PACKET, to: 1, of: descriptor)
                if isPromiscuous, layer == .ethernet {
                    try PacketSocketCalls.makePromiscuous(index, for: descriptor)
                }
            }
            Self.enlargeBuffer(of: descriptor, bufferByteCount)
            try Self.attempt(.bind, interface) { () throws(Errno) in
                try PacketSocketCalls.bind(descriptor, to: index)
                try PacketSocketCalls.throwPendingError(of: descriptor)
            }
        } catch {
            PacketSocketCalls.close(descriptor)
            throw error
        }
        self.interface = interface
        self.descriptor = descriptor
        self.stop = stop
        frame = ReceivedFrame(layer: layer)
        buffer = [UInt8](repeating: 0, count: frame.headroom + snapLength)
    }

    deinit { PacketSocketCalls.close(descriptor) }

    /// What the packets begin with.
    public var linkType: LinkType { frame.linkType }

    /// Waits for the next packet, which is borrowed until the next call; nil when the capture has been ended.
    ///
    /// Of what the loopback interface carries, each packet is delivered once.
    ///
    /// - Throws: ``LiveCaptureError``, after which there are no packets any more.
    @_lifetime(&self)
    public mutating func next() throws(LiveCaptureError) -> CapturedPacket? {
        let received: (range: Range<Int>, facts: ReceivedFrame.Facts)?
        do throws(Errno) {
            received = try hasEnded ? nil : receive()
        } catch {
            hasEnded = true
            throw LiveCaptureError(.receive, interface, error)
        }
        guard let received else {
            hasEnded = true
            return nil
        }
        packetCount += 1
        return CapturedPacket(
            number: packetCount, timestamp: received.facts.timestamp, linkType: frame.linkType,
            originalLength: received.facts.originalLength, bytes: buffer.span.extracting(received.range))
    }

    /// How many packets there were since the start.
    ///
    /// - Returns: The counts.
    /// - Throws: ``LiveCaptureError``.
    public mutating func statistics() throws(LiveCaptureError) -> Statistics {
        let descriptor = descriptor
        let more = try Self.attempt(.count, interface) { () throws(Errno) in
            try PacketSocketCalls.statistics(of: descriptor)
        }
        // The kernel counts from its last answer.
        counted.received += Int(more.packets)
        counted.dropped += Int(more.drops)
        return counted
    }

    /// Returns nil when the capture has been ended.
    private mutating func receive() throws(Errno) -> (range: Range<Int>, facts: ReceivedFrame.Facts)? {
        while true {
            if taken == Self.burst {
                taken = 0
                if try PacketSocketCalls.wait(for: descriptor, or: stop, forever: false) { return nil }
            }
            let counts: (packet: Int, address: Int, control: Int)
            do throws(Errno) {
                counts = try PacketSocketCalls.receive(
                    from: descriptor, into: &buffer, at: frame.headroom, address: &address, control: &control)
            } catch {
                guard error == .resourceTemporarilyUnavailable else { throw error }
                taken = 0
                if try PacketSocketCalls.wait(for: descriptor, or: stop, forever: true) { return nil }
                continue
            }
            taken += 1
            var facts = ControlMessages.facts(
                address: address.span.extracting(first: counts.address),
                control: control.span.extracting(first: counts.control), originalLength: counts.packet)
            if facts.isLoopbackDuplicate { continue }
            let byteCount = min(counts.packet, buffer.count - frame.headroom)
            let range = frame.restore(byteCount, facts, in: &buffer)
            // What has been put back counts as if it had been there.
            facts.originalLength += range.count - byteCount
            return (range, facts)
        }
    }

    private static func linkLayer(
        of interface: String, _ index: UInt32
    ) throws(LiveCaptureError) -> PacketFilter.LinkLayer {
        let descriptor = try attempt(.open, interface) { () throws(Errno) in try PacketSocketCalls.open(.cooked) }
        defer { PacketSocketCalls.close(descriptor) }
        let type = try attempt(.find, interface) { () throws(Errno) in
            try PacketSocketCalls.bind(descriptor, to: index, receives: false)
            return try PacketSocketCalls.hardwareType(of: descriptor)
        }
        return ethernetTypes.contains(type) ? .ethernet : .cooked
    }

    /// Beyond the system's limit where that is allowed (CAP_NET_ADMIN). A smaller buffer is no error: drops are counted.
    private static func enlargeBuffer(of descriptor: FileDescriptor, _ byteCount: Int) {
        let byteCount = CInt(clamping: byteCount)
        do throws(Errno) {
            try PacketSocketCalls.setOption(SO_RCVBUFFORCE, level: SOL_SOCKET, to: byteCount, of: descriptor)
        } catch {
            try? PacketSocketCalls.setOption(SO_RCVBUF, level: SOL_SOCKET, to: byteCount, of: descriptor)
        }
    }

    private static func attempt<Value>(
        _ operation: LiveCaptureError.Operation, _ interface: String?, _ body: () throws(Errno) -> Value
    ) throws(LiveCaptureError) -> Value {
        do throws(Errno) {
            return try body()
        } catch {
            throw LiveCaptureError(operation, interface, error)
        }
    }
}
