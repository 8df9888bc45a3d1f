public import L2TPModel
public import L2TPWire

/// The MAC address of a session's interface that is the same after every creation and every boot, and another on every
/// machine.
///
/// It is SipHash-2-4 of a constant of this program, the tunnel's local address, its id and the session's id, keyed with
/// the machine's identity, which machine-id(5) wants to be told to nobody as it is. The lower 48 bits are the address,
/// made a locally administered one of a single station.
public enum StableMACAddress {
    /// The address.
    ///
    /// - Parameters:
    ///   - machine: The machine's identity.
    ///   - local: The tunnel's local address, as it is configured.
    ///   - tunnelID: Our identifier of the tunnel.
    ///   - sessionID: Our identifier of the session.
    /// - Returns: A locally administered address of a single station.
    public static func address(
        machine: MachineID, local: IPAddress, tunnelID: TunnelID, sessionID: SessionID
    ) -> MACAddress {
        // The halves have their first byte most significant, SipHash's key its first byte least.
        var hash = SipHash(k0: machine.high.byteSwapped, k1: machine.low.byteSwapped)
        hash.append(bigEndian: application)
        switch local {
        case .v4(let address): hash.append(bigEndian: address.number)
        case .v6(let address):
            hash.append(bigEndian: address.high)
            hash.append(bigEndian: address.low)
        }
        hash.append(bigEndian: tunnelID.rawValue)
        hash.append(bigEndian: sessionID.rawValue)
        return MACAddress(truncating: hash.finish() & 0xfcff_ffff_ffff | 0x0200_0000_0000)
    }

    /// `l2tp-mac` in ASCII: what tells these hashes from those that another program makes with the same key.
    private static let application: UInt64 = 0x6c32_7470_2d6d_6163
}
