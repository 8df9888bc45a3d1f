import NIOCore
import Testing

@testable import L2TPExporterWeb

@Suite("What a connection waits for")
struct ConnectionStateTests {
    private static var limits: WebLimits {
        var limits = WebLimits()
        limits.requestTimeout = .seconds(10)
        limits.idleTimeout = .seconds(100)
        limits.writeTimeout = .seconds(20)
        limits.responseTimeout = .seconds(50)
        limits.lingerTimeout = .seconds(1)
        return limits
    }

    private var state: ConnectionState

    init() {
        state = ConnectionState(limits: Self.limits, now: .uptimeNanoseconds(1000 * 1_000_000_000))
    }

    private func at(_ seconds: UInt64) -> NIODeadline { .uptimeNanoseconds(seconds * 1_000_000_000) }

    @Test("The first request has to come in time, however its bytes trickle in")
    mutating func slowRequest() {
        #expect(state.deadline == at(1010))
        for second in 1001...1009 as ClosedRange<UInt64> {
            state.bytesArrived(now: at(second))
            #expect(state.deadline == at(1010))
        }
        #expect(state.waitingSince == at(1000))
    }

    @Test("After a response the connection may be idle, until a byte begins the next request")
    mutating func keepAlive() {
        state.bytesArrived(now: at(1001))
        state.requestArrived(now: at(1001))
        #expect(state.waitingSince == nil)
        #expect(state.deadline == at(1051))
        state.responseSent(now: at(1002))
        #expect(state.waitingSince == at(1002))
        #expect(state.deadline == at(1102))
        state.bytesArrived(now: at(1090))
        #expect(state.deadline == at(1100))
        state.bytesArrived(now: at(1095))
        #expect(state.deadline == at(1100))
        state.requestArrived(now: at(1096))
        #expect(state.deadline == at(1146))
    }

    @Test("A request that has begun during the response to another has to come in time too")
    mutating func partialRequest() {
        state.bytesArrived(now: at(1001))
        state.requestArrived(now: at(1001))
        state.bytesArrived(now: at(1002))
        state.responseSent(now: at(1003))
        #expect(state.deadline == at(1013))
    }

    @Test("Requests that have come together are answered one after the other")
    mutating func pipelined() {
        state.bytesArrived(now: at(1001))
        state.requestArrived(now: at(1001))
        #expect(state.waitingSince == nil)
        state.requestArrived(now: at(1001))
        // It asks for more than it has got: another client may have its place.
        #expect(state.waitingSince == at(1001))
        state.responseSent(now: at(1010))
        #expect(state.waitingSince == nil)
        #expect(state.deadline == at(1060))
        state.responseSent(now: at(1011))
        #expect(state.waitingSince == at(1011))
    }

    @Test("A response has to be taken piece by piece, and in time as a whole")
    mutating func slowReader() {
        state.requestArrived(now: at(1000))
        state.writeBegan(now: at(1005))
        #expect(state.deadline == at(1025))
        #expect(state.waitingSince == at(1006))
        state.writeBegan(now: at(1010))
        #expect(state.deadline == at(1025))
        state.writeEnded(now: at(1020))
        #expect(state.deadline == at(1040))
        #expect(state.waitingSince == at(1021))
        state.writeEnded(now: at(1039))
        #expect(state.deadline == at(1050))
        #expect(state.waitingSince == nil)
        state.writeBegan(now: at(1045))
        #expect(state.deadline == at(1050))
    }

    @Test("After the last response the client has a moment to read it")
    mutating func linger() {
        state.requestArrived(now: at(1000))
        state.responseSent(now: at(1001))
        state.lastResponseSent(now: at(1001))
        #expect(state.deadline == at(1002))
        state.bytesArrived(now: at(1001))
        state.requestArrived(now: at(1001))
        #expect(state.deadline == at(1002))
    }
}
