public import L2TPModel

/// Values from texts that a test knows to be right; another text stops the test.
public enum KnownValue {
    /// An address: `192.0.2.1`, `2001:db8::1`.
    public static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }

    /// The name of an interface: `l2tp-lan`.
    public static func name(_ text: String) -> InterfaceName {
        guard let name = try? InterfaceName(text) else { preconditionFailure("\(text) is no name") }
        return name
    }

    /// An address with its prefix: `192.0.2.1/24`.
    public static func prefix(_ text: String) -> AddressSpecification {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let count = UInt8(parts[1]) else { preconditionFailure("\(text) is no prefix") }
        return AddressSpecification(address(String(parts[0])), prefixBitCount: count)
    }
}
