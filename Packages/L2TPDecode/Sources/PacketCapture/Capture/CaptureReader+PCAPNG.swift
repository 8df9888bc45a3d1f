// The format pcapng: draft-ietf-opsawg-pcapng, "PCAP Now Generic (pcapng) Capture File Format".

extension CaptureReader {
    /// The types of block that are understood (§11.1 of the draft).
    private enum BlockType {
        static let interfaceDescription: UInt32 = 1
        static let obsoletePacket: UInt32 = 2
        static let simplePacket: UInt32 = 3
        static let enhancedPacket: UInt32 = 6
        static let sectionHeader: UInt32 = 0x0a0d_0d0a
    }

    /// Type, total length, and total length again (§3.1).
    private static let blockFrameByteCount = 12
    private static let byteOrderMagic: UInt32 = 0x1a2b_3c4d

    /// Goes through the blocks up to one that has a packet.
    mutating func nextPCAPNGRecord() throws(CaptureError) -> Record? {
        while true {
            guard try input.fill(to: 8) else {
                if input.count == 0 { return nil }
                throw truncation("Block Type")
            }
            let type = number(UInt32.self, at: 0)
            if type == BlockType.sectionHeader { try readByteOrder() }
            let byteCount = try blockByteCount()
            switch type {
            case BlockType.sectionHeader:
                try requireBlock(byteCount, atLeast: 28, "Section Header Block")
                try readSectionHeader()
                input.drop(byteCount)
            case BlockType.interfaceDescription:
                try requireBlock(byteCount, atLeast: 20, "Interface Description Block")
                try readInterfaceDescription(byteCount)
                input.drop(byteCount)
            case BlockType.enhancedPacket:
                try requireBlock(byteCount, atLeast: 32, "Enhanced Packet Block")
                return try packet(byteCount, of: Int(number(UInt32.self, at: 8)))
            case BlockType.obsoletePacket:
                try requireBlock(byteCount, atLeast: 32, "Packet Block")
                return try packet(byteCount, of: Int(number(UInt16.self, at: 8)))
            case BlockType.simplePacket:
                try requireBlock(byteCount, atLeast: 16, "Simple Packet Block")
                return try simplePacket(byteCount)
            default:
                try skipBlock(byteCount)
            }
        }
    }

    /// The byte order of a section, which its header's length already is in (§4.1).
    private mutating func readByteOrder() throws(CaptureError) {
        try require(12, "Byte-Order Magic")
        switch input.bytes.bigEndian(UInt32.self, at: 8) {
        case Self.byteOrderMagic: order = .big
        case Self.byteOrderMagic.byteSwapped: order = .little
        default: throw error(.badByteOrder, at: 8, in: "Byte-Order Magic", "1a2b3c4d in one of two orders is right")
        }
    }

    /// The checked Block Total Length (§3.1).
    private func blockByteCount() throws(CaptureError) -> Int {
        let byteCount = Int(number(UInt32.self, at: 4))
        guard byteCount >= Self.blockFrameByteCount, byteCount <= Self.largestBlock, byteCount.isMultiple(of: 4) else {
            throw error(
                .badLength, at: 4, in: "Block Total Length",
                "\(byteCount) bytes, a multiple of 4 from \(Self.blockFrameByteCount) to \(Self.largestBlock) is right")
        }
        return byteCount
    }

    /// Makes a whole block be there and compares its two lengths.
    private mutating func requireBlock(
        _ byteCount: Int, atLeast least: Int, _ name: String
    ) throws(CaptureError) {
        guard byteCount >= least, byteCount <= Self.largestKnownBlock else {
            throw error(
                .badLength, at: 4, in: "Block Total Length",
                "\(byteCount) bytes, a \(name) has \(least) to \(Self.largestKnownBlock)")
        }
        try require(byteCount, name)
        try compareLengths(byteCount, trailerAt: byteCount - 4)
    }

    private func compareLengths(_ byteCount: Int, trailerAt offset: Int) throws(CaptureError) {
        let trailer = Int(number(UInt32.self, at: offset))
        guard trailer == byteCount else {
            throw error(
                .badLength, at: offset, in: "Block Total Length",
                "\(trailer) at the end of a block that says \(byteCount) at its start")
        }
    }

    /// Goes past a block that is not understood (§3.1: "can be skipped").
    private mutating func skipBlock(_ byteCount: Int) throws(CaptureError) {
        let start = input.offset
        guard try input.skip(byteCount - 4), try input.fill(to: 4) else {
            throw CaptureError(.truncated, at: input.endOffset, in: "Block Body", "the record begins at byte \(start)")
        }
        try compareLengths(byteCount, trailerAt: 0)
        input.drop(4)
    }

    /// A new section forgets the interfaces of the one before (§4.1).
    private mutating func readSectionHeader() throws(CaptureError) {
        let (major, minor) = (
            number(UInt16.self, at: 12), number(UInt16.self, at: 14)
        )
        guard major == 1 else {
            throw error(.unsupportedFormat, at: 12, in: "Major Version", "pcapng \(major).\(minor), 1.0 is known")
        }
        interfaces.removeAll(keepingCapacity: true)
    }

    /// An Interface Description Block (§4.2).
    private mutating func readInterfaceDescription(_ byteCount: Int) throws(CaptureError) {
        guard interfaces.count < Self.mostInterfaces else {
            throw error(.tooManyInterfaces, at: 0, in: "Interface Description Block", "at most \(Self.mostInterfaces)")
        }
        var interface = Interface(
            linkType: LinkType(rawValue: UInt32(number(UInt16.self, at: 8))),
            snapLength: Int(number(UInt32.self, at: 12)), unit: .microseconds)
        var offset = 16
        let end = byteCount - 4
        // Options (§3.5): code, length, value padded to four bytes. The list may end without opt_endofopt.
        while offset + 4 <= end {
            let code = number(UInt16.self, at: offset)
            let length = Int(number(UInt16.self, at: offset + 2))
            guard offset + 4 + length <= end else {
                throw error(
                    .badLength, at: offset + 2, in: "Option Length",
                    "\(length) bytes, the block has \(end - offset - 4) left")
            }
            switch (code, length) {
            case (0, _):
                offset = end
                continue
            case (9, 1): interface.unit.resolution = input.bytes[offset + 4]
            case (14, 8): interface.unit.offset = Int64(bitPattern: number(UInt64.self, at: offset + 4))
            case (9, _), (14, _):
                throw error(
                    .badLength, at: offset + 2, in: code == 9 ? "if_tsresol" : "if_tsoffset",
                    "\(length) bytes, \(code == 9 ? 1 : 8) is right")
            default: break
            }
            offset += 4 + (length + 3) / 4 * 4
        }
        interfaces.append(interface)
    }

    /// An Enhanced Packet Block (§4.3) or a Packet Block (Appendix A), which differ in the interface's field alone.
    private func packet(_ byteCount: Int, of index: Int) throws(CaptureError) -> Record {
        guard index < interfaces.count else {
            throw error(
                .unknownInterface, at: 8, in: "Interface ID",
                "interface \(index), the section has described \(interfaces.count)")
        }
        let interface = interfaces[index]
        let ticks =
            UInt64(number(UInt32.self, at: 12)) << 32
            | UInt64(number(UInt32.self, at: 16))
        let captured = Int(number(UInt32.self, at: 20))
        let original = Int(number(UInt32.self, at: 24))
        let most = min(byteCount - 32, Self.largestPacket)
        guard captured <= most else {
            throw error(
                .badLength, at: 20, in: "Captured Packet Length", "\(captured) bytes, the block has room for \(most)")
        }
        return Record(
            timestamp: interface.unit.timestamp(ticks: ticks), linkType: interface.linkType,
            originalLength: original, packetOffset: 28, packetByteCount: captured, byteCount: byteCount)
    }

    /// A Simple Packet Block (§4.4): of the section's first interface, without a time.
    private func simplePacket(_ byteCount: Int) throws(CaptureError) -> Record {
        guard let interface = interfaces.first else {
            throw error(
                .unknownInterface, at: 0, in: "Simple Packet Block", "it is of the first interface, none is described")
        }
        let original = Int(number(UInt32.self, at: 8))
        let captured = interface.snapLength == 0 ? original : min(original, interface.snapLength)
        let most = min(byteCount - 16, Self.largestPacket)
        guard captured <= most else {
            throw error(
                .badLength, at: 8, in: "Original Packet Length", "\(captured) bytes, the block has room for \(most)")
        }
        return Record(
            timestamp: nil, linkType: interface.linkType, originalLength: original, packetOffset: 12,
            packetByteCount: captured, byteCount: byteCount)
    }
}
