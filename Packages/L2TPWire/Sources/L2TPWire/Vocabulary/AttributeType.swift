/// What an AVP says: its Vendor ID and its Attribute Type together (RFC 2661 §4.1, RFC 3931 §5.1).
///
/// Each vendor numbers its own attributes, so only the pair names one.
public struct AttributeType: Hashable, Sendable, CustomStringConvertible {
    /// Whose numbers these are: 0 for the IETF's, else the vendor's SMI Network Management Private Enterprise
    /// Code, 1…65535.
    public var vendorID: UInt16
    /// The number of the attribute, 0…65535.
    public var number: UInt16

    /// The Vendor ID of the attributes that the IETF defines.
    @inlinable
    public static var ietfVendorID: UInt16 { 0 }

    /// An attribute type; numbers that nobody has defined are kept as they are.
    ///
    /// - Parameters:
    ///   - number: The number of the attribute.
    ///   - vendorID: Whose number that is; the IETF's unless told otherwise.
    @inlinable
    public init(_ number: UInt16, vendorID: UInt16 = Self.ietfVendorID) {
        self.number = number
        self.vendorID = vendorID
    }

    /// The number, after the vendor's and a slash where it is not the IETF's.
    public var description: String {
        vendorID == Self.ietfVendorID ? String(number) : "\(vendorID)/\(number)"
    }
}
