/// The fragments that have come of a datagram.
struct PartialDatagram {
    /// What fragments of the same datagram have in common.
    struct Key: Hashable {
        var source: NetworkAddress
        var destination: NetworkAddress
        var identification: UInt32
        /// Part of the key with IPv4 alone (RFC 791 §3.2); IPv6 fragments need not agree (RFC 8200 §4.5).
        var protocolNumber: IPProtocol?

        init(_ packet: NetworkPacket, _ fragment: NetworkPacket.Fragment) {
            source = packet.source
            destination = packet.destination
            identification = fragment.identification
            protocolNumber = packet.source.family == .ipv4 ? packet.protocolNumber : nil
        }
    }

    /// Tells apart datagrams that have had the same key one after the other.
    let serial: UInt64
    let firstPacket: Int
    /// When the first fragment came, or the one before where the capture does not tell; nil if it never has.
    let firstTime: Int64?
    /// The payload with holes, as long as the farthest fragment so far.
    private(set) var bytes: [UInt8] = []
    /// What of ``bytes`` has come, one range a fragment or filled gap, in order, without overlap.
    private var received: [Range<Int>] = []
    private(set) var receivedByteCount = 0
    /// How long the payload is, once the last fragment has told.
    private(set) var total: Int?
    /// What the payload is: the first fragment's word, until then another's.
    private(set) var protocolNumber: IPProtocol
    /// Why nothing can come of it any more; its fragments are then ignored until it is forgotten.
    private(set) var failure: AbandonedDatagram.Reason?

    init(serial: UInt64, firstPacket: Int, firstTime: Int64?, protocolNumber: IPProtocol) {
        self.serial = serial
        self.firstPacket = firstPacket
        self.firstTime = firstTime
        self.protocolNumber = protocolNumber
    }

    var isComplete: Bool { failure == nil && total == receivedByteCount }

    /// Takes a fragment in.
    mutating func add(_ packet: NetworkPacket, _ fragment: NetworkPacket.Fragment) {
        guard failure == nil else { return }
        guard !packet.isCut else { return fail(.cut) }
        let range = fragment.offset..<fragment.offset + packet.payload.count
        if fragment.offset == 0 { protocolNumber = packet.protocolNumber }
        if !fragment.hasMore {
            guard total == nil || total == range.upperBound, bytes.count <= range.upperBound else {
                return fail(.contradictoryEnd)
            }
            total = range.upperBound
        } else if let total, range.upperBound > total {
            return fail(.contradictoryEnd)
        }
        guard !range.isEmpty else { return }
        if bytes.count < range.upperBound {
            bytes += [UInt8](repeating: 0, count: range.upperBound - bytes.count)
        }
        insert(range, of: packet)
    }

    /// With IPv4 the bytes that came first stay; with IPv6 only an exact duplicate may cover others (RFC 8200 §4.5).
    private mutating func insert(_ range: Range<Int>, of packet: NetworkPacket) {
        // The first one that ends behind the start.
        var index = received.partitionPoint { $0.upperBound > range.lowerBound }
        if packet.source.family == .ipv6, index < received.count, received[index].lowerBound < range.upperBound {
            let isDuplicate = received[index] == range && isEqual(packet.payload, at: range.lowerBound)
            if !isDuplicate { fail(.overlap) }
            return
        }
        var position = range.lowerBound
        while position < range.upperBound {
            let next = index < received.count ? received[index] : range.upperBound..<range.upperBound
            let gap = position..<max(min(next.lowerBound, range.upperBound), position)
            if !gap.isEmpty {
                for place in gap { bytes[place] = packet.payload[place - range.lowerBound] }
                received.insert(gap, at: index)
                receivedByteCount += gap.count
                index += 1
            }
            position = max(next.upperBound, gap.upperBound)
            index += 1
        }
    }

    private func isEqual(_ payload: Span<UInt8>, at start: Int) -> Bool {
        for index in payload.indices where payload[index] != bytes[start + index] { return false }
        return true
    }

    private mutating func fail(_ reason: AbandonedDatagram.Reason) {
        failure = reason
        bytes = []
        received = []
    }
}

extension [Range<Int>] {
    /// The index of the first element for which `isBehind` holds, where it holds for all after it too.
    fileprivate func partitionPoint(_ isBehind: (Range<Int>) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
