import Netlink
import SystemPackage
import Testing

@Suite struct NetlinkErrorTests {
    @Test(arguments: [
        (NetlinkError(.request, .fileExists), "cannot carry out the request: File exists (EEXIST)"),
        (
            NetlinkError(.request, .invalidArgument, message: "bad attribute", offset: 20),
            "cannot carry out the request: Invalid argument (EINVAL): bad attribute at byte 20"
        ),
        (
            NetlinkError(.open, .protocolNotSupported),
            "cannot open a netlink socket: Protocol not supported (EPROTONOSUPPORT)"
        ),
        (
            NetlinkError.malformed("too short", at: 4),
            "cannot read the kernel's reply: Bad message (EBADMSG): too short at byte 4"
        ),
        (NetlinkError(.dump, .interrupted), "cannot read a consistent list: Interrupted system call (EINTR)"),
    ])
    func saysWhatAndWhy(error: NetlinkError, text: String) {
        #expect(error.description == text)
    }

    @Test func errnoHasItsName() {
        #expect(Errno.addressInUse.symbol == "EADDRINUSE")
        #expect(Errno(rawValue: 99999).symbol == "errno 99999")
    }
}
