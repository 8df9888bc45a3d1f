/// Puts the fragments of IPv4 (RFC 791 §3.2) and IPv6 (RFC 8200 §4.5) datagrams together, in bounded memory.
///
/// Where IPv4 fragments overlap, the bytes that came first stay. A datagram with overlapping IPv6 fragments is given
/// up (RFC 5722), exact duplicates excepted.
public struct Reassembler: ~Copyable {
    /// How much may be kept of datagrams that are not complete.
    public struct Limits: Sendable {
        /// How many datagrams.
        public var datagramCount: Int
        /// How many bytes of payload in all.
        public var byteCount: Int
        /// For how long after the first fragment, in nanoseconds of the capture's time.
        public var nanoseconds: Int64
        /// How many datagrams that were given up are kept for ``Reassembler/takeAbandoned()``.
        public var abandonedCount: Int

        /// Limits.
        ///
        /// - Parameters:
        ///   - datagramCount: How many datagrams.
        ///   - byteCount: How many bytes of payload in all.
        ///   - nanoseconds: For how long; 30 s is what Linux waits with IPv4 (`ipfrag_time`).
        ///   - abandonedCount: How many datagrams that were given up are kept to be asked for.
        public init(
            datagramCount: Int = 4096, byteCount: Int = 16 << 20, nanoseconds: Int64 = 30_000_000_000,
            abandonedCount: Int = 1024
        ) {
            self.datagramCount = datagramCount
            self.byteCount = byteCount
            self.nanoseconds = nanoseconds
            self.abandonedCount = abandonedCount
        }
    }

    private let limits: Limits
    private var partial: [PartialDatagram.Key: PartialDatagram] = [:]
    /// The keys in the order in which their datagrams began; those that are done with stay until they are reached.
    private var queue: [(key: PartialDatagram.Key, serial: UInt64)] = []
    private var head = 0
    private var lastSerial: UInt64 = 0
    /// When the first and the last fragment with a time came; those without one are held to have come with the last
    /// before them, or else with the first.
    private var firstTime: Int64?
    private var lastTime: Int64?
    private var byteCount = 0
    /// How many of the datagrams have been given up, and are kept to know the rest of their fragments by.
    private var failedCount = 0
    /// The datagram that was completed last.
    private var complete: [UInt8] = []
    private var abandoned: [AbandonedDatagram] = []
    /// How many datagrams have been given up, including those that are not kept.
    public private(set) var abandonedCount = 0

    /// Begins with nothing.
    ///
    /// - Parameter limits: How much may be kept.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// How many datagrams are waiting for fragments; not those that were given up, and are kept to know their rest by.
    public var pendingCount: Int { partial.count - failedCount }

    /// Takes a fragment, and gives the whole datagram if it was the last one missing.
    ///
    /// - Parameters:
    ///   - packet: The fragment; a packet that is none is left alone.
    ///   - number: Which packet of the capture it is, for a report.
    ///   - time: When it was captured; without it, it counts as captured with the last that had a time.
    /// - Returns: The whole datagram, borrowed until the next call, or nil.
    /// - Throws: ``LayerError`` if the datagram is whole and a header in its payload is not; ``LayerError/isReassembled`` is set.
    @_lifetime(&self)
    public mutating func add(
        _ packet: NetworkPacket, number: Int, at time: Timestamp?
    ) throws(LayerError) -> NetworkPacket? {
        guard let chain = try headersOfCompleted(by: packet, number: number, at: time) else { return nil }
        return NetworkPacket(reassembled: complete.span, last: packet, chain: chain)
    }

    /// Gives up all that is not complete, at the end of a capture.
    public mutating func finish() {
        while head < queue.count { giveUpOldest(.captureEnded) }
    }

    /// What has been given up since the last call, in order, the first ``Limits/abandonedCount`` of it.
    ///
    /// - Returns: The datagrams.
    public mutating func takeAbandoned() -> [AbandonedDatagram] {
        defer { abandoned.removeAll() }
        return abandoned
    }

    /// Takes a fragment; if that completes its datagram, ``complete`` has it, and the result are its headers.
    private mutating func headersOfCompleted(
        by packet: NetworkPacket, number: Int, at time: Timestamp?
    ) throws(LayerError) -> ExtensionHeaders? {
        guard let fragment = packet.fragment else { return nil }
        if let time {
            lastTime = time.nanoseconds
            firstTime = firstTime ?? time.nanoseconds
            expire(at: time.nanoseconds)
        }
        let key = PartialDatagram.Key(packet, fragment)
        let isComplete = take(packet, fragment, key, number: number, at: time)
        makeRoom(keeping: key)
        guard isComplete, let datagram = partial.removeValue(forKey: key) else { return nil }
        byteCount -= datagram.bytes.count
        complete = datagram.bytes
        let layer = LayerReader(bytes: complete.span, start: 0, isCut: false, isReassembled: true)
        let chain = try ExtensionHeaders(in: layer, datagram.protocolNumber, toldAt: 0, from: 0, packet.source.family)
        // No sender cuts a fragment into fragments (RFC 8200 §4.5).
        if chain.fragment != nil {
            let detail = "a fragment within a fragmented datagram"
            throw LayerError(
                .badFragment, at: chain.offset - 8, in: "IPv6 fragment header", detail, isReassembled: true)
        }
        return chain
    }

    /// Returns whether the datagram is complete.
    private mutating func take(
        _ packet: NetworkPacket, _ fragment: NetworkPacket.Fragment, _ key: PartialDatagram.Key,
        number: Int, at time: Timestamp?
    ) -> Bool {
        // It may be too old behind one that is not, where times do not go forwards.
        if let time, let known = partial[key], isTooOld(known, at: time.nanoseconds) { giveUp(key, .timedOut) }
        // Taken out, so that its array is not copied.
        var datagram: PartialDatagram
        if let known = partial.removeValue(forKey: key) {
            datagram = known
        } else {
            lastSerial += 1
            datagram = PartialDatagram(
                serial: lastSerial, firstPacket: number, firstTime: time?.nanoseconds ?? lastTime,
                protocolNumber: packet.protocolNumber)
            queue.append((key, lastSerial))
            tidyQueue()
        }
        let (before, hadFailed) = (datagram.bytes.count, datagram.failure != nil)
        datagram.add(packet, fragment)
        byteCount += datagram.bytes.count - before
        if let failure = datagram.failure, !hadFailed {
            failedCount += 1
            report(datagram, key, failure)
        }
        let isComplete = datagram.isComplete
        partial[key] = datagram
        return isComplete
    }

    /// Whether a datagram has waited for too long, forwards or, where a clock was set, backwards.
    private func isTooOld(_ datagram: PartialDatagram, at now: Int64) -> Bool {
        guard let first = datagram.firstTime ?? firstTime else { return false }
        // Wherever two times lie, their difference fits into 64 bits without a sign.
        return UInt64(bitPattern: now > first ? now &- first : first &- now) > limits.nanoseconds.magnitude
    }

    private mutating func expire(at now: Int64) {
        while head < queue.count {
            let (key, serial) = queue[head]
            if let datagram = partial[key], datagram.serial == serial {
                guard isTooOld(datagram, at: now) else { return }
            }
            giveUpOldest(.timedOut)
        }
    }

    /// Forgets those that are done with behind one that waits, for example where no times are told.
    private mutating func tidyQueue() {
        guard queue.count - head > 2 * partial.count + 1024 else { return }
        queue = queue[head...].filter { entry in
            entry.serial == lastSerial || partial[entry.key]?.serial == entry.serial
        }
        head = 0
    }

    private mutating func makeRoom(keeping key: PartialDatagram.Key) {
        while partial.count > limits.datagramCount || byteCount > limits.byteCount, head < queue.count,
            queue[head].key != key
        {
            giveUpOldest(.evicted)
        }
    }

    /// Forgets the datagram that began first, if it is not done with anyway.
    private mutating func giveUpOldest(_ reason: AbandonedDatagram.Reason) {
        let (key, serial) = queue[head]
        head += 1
        if head > 1024, head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
        if partial[key]?.serial == serial { giveUp(key, reason) }
    }

    private mutating func giveUp(_ key: PartialDatagram.Key, _ reason: AbandonedDatagram.Reason) {
        guard let datagram = partial.removeValue(forKey: key) else { return }
        byteCount -= datagram.bytes.count
        if datagram.failure == nil { report(datagram, key, reason) } else { failedCount -= 1 }
    }

    private mutating func report(
        _ datagram: PartialDatagram, _ key: PartialDatagram.Key, _ reason: AbandonedDatagram.Reason
    ) {
        abandonedCount += 1
        guard abandoned.count < limits.abandonedCount else { return }
        abandoned.append(
            AbandonedDatagram(
                source: key.source, destination: key.destination, identification: key.identification,
                protocolNumber: datagram.protocolNumber, firstPacket: datagram.firstPacket,
                receivedByteCount: datagram.receivedByteCount, expectedByteCount: datagram.total, reason: reason))
    }
}
