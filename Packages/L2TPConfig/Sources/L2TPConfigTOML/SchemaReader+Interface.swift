internal import L2TPConfig
internal import L2TPModel
internal import L2TPWire

/// The table `[tunnel.NAME.session.NAME.interface]`.
extension SchemaReader {
    /// The interface of a session; its name becomes part of the specification.
    func interface(
        _ session: inout SchemaTable, _ specification: inout SessionSpecification
    ) -> InterfaceConfiguration {
        var interface = InterfaceConfiguration()
        guard let value = session.take("interface") else { return interface }
        guard case .table(let entries) = value else {
            let advice =
                switch value {
                case .string(let text) where (try? InterfaceName(text)) != nil: "write interface.name = \(text.quoted)"
                case .array: "write [\(session.path).interface], with single brackets"
                default: "as [\(session.path).interface]"
                }
            session.fail("interface", "expected a table, not \(value.kind): \(advice)")
            return interface
        }
        var table = SchemaTable(entries, at: session.path.appending("interface"))
        specification.interfaceName = name("name", &table, isPatternTaken: true)
        interface.mtu = mtu(&table)
        interface.mac = table.parsed("mac", as: "\"stable\", \"random\" or a MAC address", Self.mac) ?? .stable
        interface.isUp = table.flag("up") ?? true
        interface.addresses = addresses(&table)
        interface.master = master(&table)
        interface.namespace = table.parsed("netns", as: "the name of a network namespace", SchemaText.namespace)
        table.finish(Schema.interface)
        session.add(table.findings)
        return interface
    }

    private func name(_ key: String, _ table: inout SchemaTable, isPatternTaken: Bool = false) -> InterfaceName? {
        guard let text = table.string(key, as: "the name of an interface") else { return nil }
        do {
            return try SchemaText.interfaceName(text, isPatternTaken: isPatternTaken)
        } catch {
            table.fail(key, error.message)
            return nil
        }
    }

    private func master(_ table: inout SchemaTable) -> InterfaceConfiguration.Master? {
        let bridge = name("bridge", &table)
        let vrf = name("vrf", &table)
        if table.has("bridge"), table.has("vrf") {
            table.refuse("vrf", "does not go together with bridge: an interface belongs to one of them")
        }
        return bridge.map { .bridge($0) } ?? vrf.map { .vrf($0) }
    }

    private func mtu(_ table: inout SchemaTable) -> InterfaceConfiguration.MTU {
        let wanted = "expected \"auto\" or a number of bytes, 68…65535"
        switch table.take("mtu") {
        case nil, .string("auto")?: return .automatic
        case .integer(let bytes)? where (68...65_535).contains(bytes): return .bytes(UInt32(bytes))
        case .integer(let number)?: table.fail("mtu", "\(number) is not an MTU (68…65535)")
        case .string(let text)?:
            if let number = Int(text) {
                table.fail("mtu", "\(wanted): write \(number) without quotation marks")
            } else {
                table.fail("mtu", "\(text.quoted): \(wanted)")
            }
        case let value?: table.fail("mtu", "\(wanted), not \(value.kind)")
        }
        return .automatic
    }

    private static func mac(_ text: String) throws(SchemaProblem) -> InterfaceConfiguration.MAC {
        switch text {
        case "stable": return .stable
        case "random": return .random
        default: break
        }
        guard let address = MACAddress(text) else {
            let nearest = Suggestion.nearest(to: text, among: ["stable", "random"])
            let advice = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
            throw SchemaProblem(
                "\(text.quoted): expected \"stable\", \"random\" or an address, as \"02:00:00:00:00:01\"\(advice)")
        }
        return .address(address)
    }

    // MARK: - Addresses

    /// The addresses; none if one of them could not be read, so that rules that name one by its number name the right
    /// one.
    private func addresses(_ table: inout SchemaTable) -> [AddressSpecification] {
        let key = "addresses"
        guard let value = table.take(key) else { return [] }
        guard case .array(let members) = value else {
            if case .string(let text) = value {
                table.fail(key, "expected an array, not a string: write [\(text.quoted)]")
            } else {
                table.fail(key, "expected an array, as [\"10.42.1.1/30\"], not \(value.kind)")
            }
            return []
        }
        var addresses: [AddressSpecification] = []
        addresses.reserveCapacity(members.count)
        for (index, member) in members.enumerated() {
            do throws(SchemaProblem) {
                switch member {
                case .string(let text): addresses.append(try SchemaText.prefixedAddress(text))
                case .table(let entries):
                    var inner = SchemaTable(entries, at: table.path.appending(key, "[\(index)]"))
                    if let address = pointToPoint(&inner) { addresses.append(address) }
                    table.add(inner.findings)
                default:
                    throw SchemaProblem(
                        "expected an address, as \"10.42.1.1/30\" or { local = \"10.42.1.1\", peer = \"10.42.1.2\" }, "
                            + "not \(member.kind)")
                }
            } catch {
                let place = table.path.appending(key, "[\(index)]")
                table.add(SchemaFinding(path: place, place: place, anchor: .value, message: error.message))
            }
        }
        return addresses.count == members.count ? addresses : []
    }

    /// The address of an end of a point-to-point interface: a table with `local`, `peer` and perhaps `prefix`.
    private func pointToPoint(_ table: inout SchemaTable) -> AddressSpecification? {
        let local = table.parsed("local", as: "an IP address", SchemaText.address)
        let peer = table.parsed("peer", as: "an IP address", SchemaText.address)
        table.require("local", "peer")
        let most = (peer ?? local)?.version == .v4 ? 32 : 128
        let prefix = table.number("prefix", in: 0...most, as: "a prefix length")
        table.finish(Schema.address) { $0.key == "remote" ? "the address of the other end is peer here" : nil }
        guard let local, let peer, table.failed.isEmpty else { return nil }
        return AddressSpecification(local, peer: peer, prefixBitCount: UInt8(prefix ?? most))
    }
}
