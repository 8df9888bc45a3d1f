import SystemPackage
import Testing

@testable import Netlink

@Suite struct AcknowledgementTests {
    private static let errorType: UInt16 = 2
    private static let doneType: UInt16 = 3
    private static let capped: UInt16 = 0x100
    private static let withAttributes: UInt16 = 0x200
    /// The request that is acknowledged: a header and one attribute.
    private static let request = rawMessage(type: 27, flags: 5, sequence: 1, portID: 0, rawAttribute(9, [1, 0, 0, 0]))
    private static let details =
        rawAttribute(1, Array("no such thing\0".utf8)) + rawAttribute(2, hostBytes(20 as UInt32))

    private static func number(_ errno: Int32) -> [UInt8] {
        hostBytes(UInt32(bitPattern: -errno))
    }

    private func read(_ bytes: [UInt8]) throws(NetlinkError) -> NetlinkError? {
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try Acknowledgement(message).error
    }

    @Test func zeroIsSuccess() throws {
        let bytes = rawMessage(type: Self.errorType, flags: Self.capped, Self.number(0) + Self.request.prefix(16))
        #expect(try read(bytes) == nil)
    }

    @Test func endOfADump() throws {
        #expect(try read(rawMessage(type: Self.doneType)) == nil)
        #expect(try read(rawMessage(type: Self.doneType, Self.number(0))) == nil)
        #expect(try read(rawMessage(type: Self.doneType, Self.number(1))) == NetlinkError(.request, .notPermitted))
    }

    @Test func errorWithoutDetails() throws {
        let bytes = rawMessage(type: Self.errorType, Self.number(17) + Self.request)
        #expect(try read(bytes) == NetlinkError(.request, .fileExists))
    }

    @Test func errorWithDetailsBehindTheWholeRequest() throws {
        let bytes = rawMessage(
            type: Self.errorType, flags: Self.withAttributes, Self.number(22) + Self.request + Self.details)
        #expect(try read(bytes) == NetlinkError(.request, .invalidArgument, message: "no such thing", offset: 20))
    }

    @Test func errorWithDetailsBehindTheCappedRequest() throws {
        let bytes = rawMessage(
            type: Self.errorType, flags: Self.withAttributes | Self.capped,
            Self.number(22) + Self.request.prefix(16) + Self.details)
        #expect(try read(bytes) == NetlinkError(.request, .invalidArgument, message: "no such thing", offset: 20))
    }

    @Test func endOfADumpWithDetails() throws {
        let bytes = rawMessage(type: Self.doneType, flags: Self.withAttributes, Self.number(95) + Self.details)
        #expect(try read(bytes)?.message == "no such thing")
    }

    @Test func unknownAndEmptyDetailsAreSkipped() throws {
        let details = rawAttribute(3, [1, 2]) + rawAttribute(1, [0]) + rawAttribute(99, [1])
        let bytes = rawMessage(
            type: Self.errorType, flags: Self.withAttributes, Self.number(22) + Self.request + details)
        #expect(try read(bytes) == NetlinkError(.request, .invalidArgument))
    }

    /// However the details are spoiled, the error number stands.
    @Test func malformedDetailsLeaveTheNumber() throws {
        let whole = Self.number(22) + Self.request + Self.details
        for count in 4...whole.count {
            let bytes = rawMessage(type: Self.errorType, flags: Self.withAttributes, Array(whole.prefix(count)))
            #expect(try read(bytes)?.errno == .invalidArgument, "\(count) bytes")
        }
        for length in [0, 15, 200, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
            let request = hostBytes(length) + Self.request.dropFirst(4)
            let bytes = rawMessage(
                type: Self.errorType, flags: Self.withAttributes, Self.number(22) + request + Self.details)
            #expect(try read(bytes) == NetlinkError(.request, .invalidArgument), "request of \(length) bytes")
        }
    }

    @Test(arguments: [[], [1], [1, 2, 3]] as [[UInt8]])
    func lacksItsNumber(payload: [UInt8]) {
        let error = failure { () throws(NetlinkError) in _ = try read(rawMessage(type: Self.errorType, payload)) }
        #expect(error?.errno == .badMessage)
        #expect(error?.message == "acknowledgement of \(payload.count) bytes lacks its error number")
    }

    @Test(arguments: [1, 17, Int32.max, Int32.min])
    func refusesANumberThatIsNotNegative(number: Int32) {
        let bytes = rawMessage(type: Self.errorType, hostBytes(UInt32(bitPattern: number)))
        #expect(failure { () throws(NetlinkError) in _ = try read(bytes) }?.errno == .badMessage)
    }
}
