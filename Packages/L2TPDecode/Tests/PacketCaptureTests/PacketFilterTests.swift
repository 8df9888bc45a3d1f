import L2TPWireTestSupport
import LiveCapture
import PacketCapture
import Testing

/// Runs a program of the classic Berkeley Packet Filter as the kernel does: a load beyond the packet ends it with 0.
private struct FilterMachine {
    var packet: [UInt8]
    /// What the kernel tells a cooked socket's filter (SKF_AD_PROTOCOL).
    var etherType: UInt16 = 0

    enum Fault: Error {
        case badInstruction(BPFInstruction)
        case fallsOffTheEnd
    }

    func run(_ program: [BPFInstruction]) throws -> UInt32 {
        var (accumulator, index) = (UInt32(0), UInt32(0))
        var counter = 0
        while counter < program.count {
            let instruction = program[counter]
            counter += 1
            let operand = Int(instruction.operand)
            switch instruction.code {
            case 0x28 where instruction.operand == 0xffff_f000: accumulator = UInt32(etherType)
            case 0x30:
                guard operand < packet.count else { return 0 }
                accumulator = UInt32(packet[operand])
            case 0x28, 0x48:
                let start = operand + (instruction.code == 0x48 ? Int(index) : 0)
                guard start + 1 < packet.count else { return 0 }
                accumulator = UInt32(packet[start]) << 8 | UInt32(packet[start + 1])
            case 0xb1:
                guard operand < packet.count else { return 0 }
                index = UInt32(packet[operand] & 0xf) * 4
            case 0x05: counter += operand
            case 0x15:
                counter += Int(accumulator == instruction.operand ? instruction.jumpTrue : instruction.jumpFalse)
            case 0x45:
                counter += Int(accumulator & instruction.operand != 0 ? instruction.jumpTrue : instruction.jumpFalse)
            case 0x06: return instruction.operand
            default: throw Fault.badInstruction(instruction)
            }
        }
        throw Fault.fallsOffTheEnd
    }
}

@Suite struct PacketFilterTests {
    static let l2tp = PacketFilter(udpPorts: [1701, 5000], protocols: [IPProtocol(rawValue: 115), .esp])

    /// IP packets and whether they pass.
    static let packets: [(etherType: EtherType, bytes: [UInt8], passes: Bool)] = [
        (.ipv4, Frames.ipv4(.udp, Frames.udp(from: 1701, to: 9, [1])), true),
        (.ipv4, Frames.ipv4(.udp, Frames.udp(from: 9, to: 5000, [1])), true),
        (.ipv4, Frames.ipv4(.udp, Frames.udp(from: 9, to: 5000, [1]), options: [1, 1, 1, 1, 1, 1, 1, 0]), true),
        (.ipv4, Frames.ipv4(.udp, Frames.udp(from: 9, to: 10, [1])), false),
        (.ipv4, Frames.ipv4(.tcp, Frames.udp(from: 1701, to: 1701, [1])), false),
        (.ipv4, Frames.ipv4(IPProtocol(rawValue: 115), []), true),
        (.ipv4, Frames.ipv4(.esp, []), true),
        (.ipv4, Frames.ipv4(.tcp, [UInt8](repeating: 0, count: 8), hasMore: true), true),
        (.ipv4, Frames.ipv4(.udp, [1], offset: 8), true),
        (.ipv6, Frames.ipv6(.udp, Frames.udp(from: 1701, to: 9, [1])), true),
        (.ipv6, Frames.ipv6(.udp, Frames.udp(from: 9, to: 1701, [1])), true),
        (.ipv6, Frames.ipv6(.udp, Frames.udp(from: 9, to: 10, [1])), false),
        (.ipv6, Frames.ipv6(.tcp, Frames.udp(from: 1701, to: 10, [1])), false),
        (.ipv6, Frames.ipv6(IPProtocol(rawValue: 115), []), true),
        (.ipv6, Frames.ipv6(.esp, []), true),
        (.ipv6, Frames.ipv6(.fragment, Frames.fragmentHeader(.udp, id: 1, offset: 8, hasMore: false)), true),
        (.ipv6, Frames.ipv6(.hopByHopOptions, [17, 0, 0, 0, 0, 0, 0, 0]), true),
        (.arp, [0, 1], false),
    ]

    static let tags: [[VLANTag]] = [
        [], [VLANTag(protocolID: .vlan, control: 5)], [VLANTag(protocolID: .serviceVLAN, control: 5)],
        [VLANTag(protocolID: .oldServiceVLAN, control: 5)],
        [VLANTag(protocolID: .serviceVLAN, control: 5), VLANTag(protocolID: .vlan, control: 6)],
    ]

    @Test(arguments: packets.indices, tags) func ethernet(index: Int, tags: [VLANTag]) throws {
        let packet = Self.packets[index]
        let program = Self.l2tp.program(for: .ethernet, snapLength: 4000)
        let machine = FilterMachine(packet: Frames.ethernet(packet.etherType, tags: tags, packet.bytes))
        #expect(try machine.run(program) == (packet.passes ? 4000 : 0))
    }

    /// Where a cooked socket sees a tag, all passes, wherever the packet begins.
    @Test(arguments: packets.indices, tags) func cooked(index: Int, tags: [VLANTag]) throws {
        let packet = Self.packets[index]
        let program = Self.l2tp.program(for: .cooked, snapLength: 4000)
        let frame = Frames.ethernet(packet.etherType, tags: tags, packet.bytes)
        let machine = FilterMachine(
            packet: Array(frame[14...]), etherType: tags.first?.protocolID.rawValue ?? packet.etherType.rawValue)
        #expect(try machine.run(program) == (packet.passes || !tags.isEmpty ? 4000 : 0))
    }

    @Test func allUDP() throws {
        for ports in [nil, [UInt16](repeating: 7, count: 129)] {
            let filter = PacketFilter(udpPorts: ports, protocols: [])
            for layer in PacketFilter.LinkLayer.allCases {
                let program = filter.program(for: layer, snapLength: 100)
                for (number, payload, passes) in [(IPProtocol.udp, Frames.udp([1]), true), (.tcp, [1], false)] {
                    for (etherType, packet) in [
                        (EtherType.ipv4, Frames.ipv4(number, payload)), (.ipv6, Frames.ipv6(number, payload)),
                    ] {
                        let frame = layer == .ethernet ? Frames.ethernet(etherType, packet) : packet
                        let machine = FilterMachine(packet: frame, etherType: etherType.rawValue)
                        #expect(try machine.run(program) == (passes ? 100 : 0))
                    }
                }
            }
        }
    }

    /// The kernel refuses more than 4096 instructions (BPF_MAXINSNS), and jumps beyond the end.
    @Test func kernelLimits() {
        let filter = PacketFilter(
            udpPorts: (0..<128).map { UInt16($0) }, protocols: (0..<20).map { IPProtocol(rawValue: $0) })
        for layer in PacketFilter.LinkLayer.allCases {
            let program = filter.program(for: layer, snapLength: 1)
            #expect(program.count <= 4096)
            for (index, instruction) in program.enumerated() {
                let isJump = instruction.code == 0x05
                let farthest = isJump ? Int(instruction.operand) : Int(max(instruction.jumpTrue, instruction.jumpFalse))
                #expect(index + farthest + 1 < program.count || instruction.code == 0x06)
            }
        }
    }

    /// The whole program for one port, as the kernel gets it.
    @Test func golden() {
        let program = PacketFilter(udpPorts: [1701], protocols: []).program(for: .ethernet, snapLength: 262_144)
        let text = program.prefix(17).map { "\($0.code) \($0.jumpTrue) \($0.jumpFalse) \($0.operand)" }
        #expect(
            text == [
                "40 0 0 12",  // ldh [12]
                "21 1 0 2048",  // jeq #0x800
                "5 0 0 14",  // ja behind IPv4
                "40 0 0 20",  // ldh [20]
                "69 0 1 16383",  // jset #0x3fff
                "6 0 0 262144",  // ret #262144
                "48 0 0 23",  // ldb [23]
                "21 1 0 17",  // jeq #17
                "6 0 0 0",  // ret #0
                "177 0 0 14",  // ldxb 4*([14]&0xf)
                "72 0 0 14",  // ldh [x + 14]
                "21 0 1 1701",  // jeq #1701
                "6 0 0 262144",  // ret #262144
                "72 0 0 16",  // ldh [x + 16]
                "21 0 1 1701",  // jeq #1701
                "6 0 0 262144",  // ret #262144
                "6 0 0 0",  // ret #0
            ])
    }
}
