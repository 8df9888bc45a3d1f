internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire

/// One configuration while it is drawn, with what is taken already.
struct ConfigurationDraw {
    private let parameters: RandomConfiguration
    private var tunnelIDs: Set<UInt32> = []
    private var sessionIDs: Set<UInt32> = []
    private var ports: Set<UInt16> = []
    /// How many interfaces and networks there are: each has a number of its own.
    private var interfaceCount = 0
    private var networkCount = 0

    init(_ parameters: RandomConfiguration) {
        self.parameters = parameters
    }

    mutating func configuration(_ generator: inout some RandomNumberGenerator) -> Configuration {
        let names = names(Int.random(in: parameters.tunnelCounts, using: &generator), &generator)
        var configuration = Configuration()
        for name in names { configuration.tunnels.append(tunnel(name, &generator)) }
        return configuration
    }

    // MARK: - Tunnel

    private mutating func tunnel(
        _ name: String, _ generator: inout some RandomNumberGenerator
    ) -> TunnelConfiguration {
        let endpoints = parameters.endpoints[Int.random(in: parameters.endpoints.indices, using: &generator)]
        var specification = TunnelSpecification(
            id: TunnelID(Self.number(&generator, taken: &tunnelIDs)),
            peerID: TunnelID(Self.number(&generator, taken: &tunnelIDs)), local: endpoints.local,
            peer: endpoints.remote, encapsulation: .ip)
        if Bool.random(using: &generator) {
            // Below the ports that the kernel gives to sockets without one.
            let source = UInt16(Self.number(&generator, in: 1024...32_767, taken: &ports))
            var udp = UDPParameters(
                sourcePort: source, destinationPort: .random(in: 1...UInt16.max, using: &generator))
            if endpoints.local == endpoints.remote, udp.destinationPort == source { udp.destinationPort -= 1 }
            switch endpoints.local.version {
            case .v4: udp.ipv4Checksum = Bool.random(using: &generator)
            case .v6:
                udp.ipv6TransmitChecksum = Bool.random(using: &generator)
                udp.ipv6ReceiveChecksum = Bool.random(using: &generator)
            }
            specification.encapsulation = .udp(udp)
        }
        var tunnel = TunnelConfiguration(name: name, specification: specification)
        for name in names(Int.random(in: parameters.sessionCounts, using: &generator), &generator) {
            tunnel.sessions.append(session(name, in: specification, &generator))
        }
        return tunnel
    }

    // MARK: - Session

    private mutating func session(
        _ name: String, in tunnel: TunnelSpecification, _ generator: inout some RandomNumberGenerator
    ) -> SessionConfiguration {
        var specification = SessionSpecification(
            tunnelID: tunnel.id, id: SessionID(Self.number(&generator, taken: &sessionIDs)),
            peerID: SessionID(Self.number(&generator, taken: &sessionIDs)))
        // One direction alone, and IP without cookies, would be warned about.
        if tunnel.encapsulation == .ip || Bool.random(using: &generator) {
            specification.cookie = Self.cookie(&generator)
            specification.peerCookie = Self.cookie(&generator)
        }
        if Bool.random(using: &generator) {
            specification.l2SpecificSublayer = .none
        } else {
            specification.sendsSequenceNumbers = Bool.random(using: &generator)
            specification.requiresSequenceNumbers = Bool.random(using: &generator)
            specification.lnsMode = Bool.random(using: &generator)
            let timeouts = [0, 1, 7, 100, 250, 1000, 60_000, Int(Int32.max)]
            specification.reorderTimeout = .milliseconds(timeouts.randomElement(using: &generator) ?? 0)
        }
        let interface = interface(&generator)
        specification.interfaceName = interfaceName(isMoved: interface.namespace != nil, &generator)
        return SessionConfiguration(name: name, specification: specification, interface: interface)
    }

    private static func cookie(_ generator: inout some RandomNumberGenerator) -> Cookie {
        Bool.random(using: &generator)
            ? Cookie(UInt32.random(in: 0...UInt32.max, using: &generator))
            : Cookie(UInt64.random(in: 0...UInt64.max, using: &generator))
    }

    // MARK: - Interface

    private mutating func interface(_ generator: inout some RandomNumberGenerator) -> InterfaceConfiguration {
        let place = parameters.places[Int.random(in: parameters.places.indices, using: &generator)]
        var interface = InterfaceConfiguration(namespace: place.namespace)
        if Bool.random(using: &generator) { interface.master = place.masters.randomElement(using: &generator) }
        var isBridged = false
        if case .bridge? = interface.master { isBridged = true }
        if !isBridged {
            for _ in 0..<Int.random(in: 0...3, using: &generator) { interface.addresses.append(address(&generator)) }
        }
        if Bool.random(using: &generator) {
            let least: UInt32 = interface.addresses.contains { $0.address.version == .v6 } ? 1280 : 576
            // With the largest overhead, 82 bytes, it still fits a path of 1500.
            interface.mtu = .bytes(.random(in: least...1418, using: &generator))
        }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: interface.mac = .random
        case 1:
            let number = UInt64.random(in: 0..<1 << 40, using: &generator) | 0x02 << 40
            interface.mac = MACAddress(number: number).map { .address($0) } ?? .stable
        default: interface.mac = .stable
        }
        interface.isUp = Int.random(in: 0..<4, using: &generator) > 0
        return interface
    }

    /// A name of its own, a pattern of its own or, where it stays, none.
    private mutating func interfaceName(
        isMoved: Bool, _ generator: inout some RandomNumberGenerator
    ) -> InterfaceName? {
        interfaceCount += 1
        let kind = Int.random(in: 0..<4, using: &generator)
        if kind == 0, !isMoved { return nil }
        let number = String(interfaceCount, radix: 36)
        let text =
            switch kind {
            case 1: "p\(number)x%d"
            case 2: "lan.\(number)-a"
            default: "pw_\(number)"
            }
        return try? InterfaceName(text)
    }

    /// An address in a network of its own.
    private mutating func address(_ generator: inout some RandomNumberGenerator) -> AddressSpecification {
        networkCount += 1
        let isPointToPoint = Int.random(in: 0..<4, using: &generator) == 0
        if Bool.random(using: &generator) {
            // 10.64.0.0/10 in parts of 64 addresses.
            let network = 0x0a40_0000 | UInt32(networkCount) << 6
            let address = IPAddress.v4(IPv4Address(number: network | 1))
            guard !isPointToPoint else {
                return AddressSpecification(
                    address, peer: .v4(IPv4Address(number: network | 2)),
                    prefixBitCount: .random(in: 30...32, using: &generator))
            }
            return AddressSpecification(address, prefixBitCount: .random(in: 26...32, using: &generator))
        }
        // fd6c:3274::/32 in parts of 64 bits.
        let high = 0xfd6c_3274_0000_0000 | UInt64(networkCount)
        let address = IPAddress.v6(IPv6Address(high: high, low: .random(in: 3...UInt64.max, using: &generator)))
        guard !isPointToPoint else {
            return AddressSpecification(
                address, peer: .v6(IPv6Address(high: high, low: 2)),
                prefixBitCount: .random(in: 120...128, using: &generator))
        }
        return AddressSpecification(address, prefixBitCount: [64, 128].randomElement(using: &generator) ?? 64)
    }

    // MARK: - Names and numbers

    /// Different names in their order, which is that of their bytes.
    private func names(_ count: Int, _ generator: inout some RandomNumberGenerator) -> [String] {
        let plain = ["hq", "site-a", "Lab_7", "007", "x"]
        let odd = ["a b", "a.b", "\"quoted\"", "back\\slash", "naïve", "дом", "家", "🙂", "#", "[0]", "=", "'", "tunnel"]
        let choice = parameters.hasOddNames ? plain + odd : plain
        var names: Set<String> = []
        while names.count < count {
            let name = choice.randomElement(using: &generator) ?? "x"
            names.insert(
                names.contains(name) || Bool.random(using: &generator)
                    ? "\(name)\(Int.random(in: 0..<100_000, using: &generator))" : name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A number that is not taken: small, large or anything.
    private static func number(
        _ generator: inout some RandomNumberGenerator, taken: inout Set<UInt32>
    ) -> UInt32 {
        let ranges: [ClosedRange<UInt32>] = [1...100_000, (.max - 100_000)...(.max), 1...(.max)]
        let range = ranges.randomElement(using: &generator) ?? 1...(.max)
        return number(&generator, in: range, taken: &taken)
    }

    private static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ generator: inout some RandomNumberGenerator, in range: ClosedRange<Number>, taken: inout Set<Number>
    ) -> Number {
        while true {
            let number = Number.random(in: range, using: &generator)
            if taken.insert(number).inserted { return number }
        }
    }
}
