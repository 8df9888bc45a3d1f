import Testing

/// Keys of a session.
@Suite struct SessionFindingTests {
    @Test(arguments: [
        FindingCase(
            "session_id = 0",
            "2:14: error: tunnel.hq.session.lan.session_id: 0 is not a session id (1…4294967295)"),
        FindingCase(
            "session_id = -7",
            "2:14: error: tunnel.hq.session.lan.session_id: -7 is not a session id (1…4294967295)"),
        FindingCase(
            "peer_session_id = 4294967296",
            "2:19: error: tunnel.hq.session.lan.peer_session_id: 4294967296 is not a session id (1…4294967295)"),
        FindingCase(
            "peer_session_id = \"7\"",
            "2:19: error: tunnel.hq.session.lan.peer_session_id: expected a number, 1…4294967295, not a string: write 7 without quotation marks"
        ),
        FindingCase(
            "coookie = 1",
            "2:1: error: tunnel.hq.session.lan: unknown key \"coookie\"; did you mean \"cookie\"?"),
        FindingCase(
            "cookie = \"0xdeadbeef\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits without 0x, as \"deadbeef\""),
        FindingCase(
            "cookie = \"deadbee\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits, as \"deadbeef\", but there are 7"),
        FindingCase(
            "cookie = \"deadbeeg\"",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits, as \"deadbeef\"; character 8 is not a hex digit"
        ),
        FindingCase(
            "peer_cookie = \"\"",
            "2:15: error: tunnel.hq.session.lan.peer_cookie: expected 8 or 16 hex digits, as \"deadbeef\", but there are 0"
        ),
        FindingCase(
            "cookie = 0xdeadbeef",
            "2:10: error: tunnel.hq.session.lan.cookie: expected 8 or 16 hex digits in quotation marks, not a number"),
        FindingCase(
            "cookie = \"deadbeef\"\ncookie_file = \"x\"",
            "3:1: error: tunnel.hq.session.lan.cookie_file: does not go together with cookie: write one of them"),
        FindingCase(
            "peer_cookie_file = \"x\"",
            "2:20: error: tunnel.hq.session.lan.peer_cookie_file: \"x\" cannot be read: No such file or directory (ENOENT)"
        ),
        FindingCase(
            "cookie_file = \"deadbeef\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: cannot be read: No such file or directory (ENOENT); a cookie itself stands under cookie, and a file named like one is written with ./ before it"
        ),
        FindingCase(
            "peer_cookie_file = \"0xDEADbeef\"",
            "2:20: error: tunnel.hq.session.lan.peer_cookie_file: cannot be read: No such file or directory (ENOENT); a cookie itself stands under peer_cookie, and a file named like one is written with ./ before it"
        ),
        FindingCase(
            "cookie_file = \"\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: is empty: write the name of a file that holds the cookie"),
        FindingCase(
            "cookie_file = \"bad\"",
            "2:15: error: tunnel.hq.session.lan.cookie_file: \"bad\" holds no cookie: expected 8 or 16 hex digits, as \"deadbeef\"; character 9 is not a hex digit"
        ),
        FindingCase(
            "cookie_file = \"open\"",
            "2:15: warning: tunnel.hq.session.lan.cookie_file: \"open\" is readable by others; chmod 600 it"),
        FindingCase(
            "cookie_file = 3",
            "2:15: error: tunnel.hq.session.lan.cookie_file: expected the name of a file in quotation marks, not a number"
        ),
        FindingCase(
            "l2spec_type = \"non\"",
            "2:15: error: tunnel.hq.session.lan.l2spec_type: \"non\": expected \"default\" or \"none\"; did you mean \"none\"?"
        ),
        FindingCase(
            "l2spec_type = \"none\"\nseq = \"both\"",
            "3:7: error: tunnel.hq.session.lan.seq: sequence numbers travel in the default sublayer: l2spec_type must be default"
        ),
        FindingCase(
            "l2spec_type = 1",
            "2:15: error: tunnel.hq.session.lan.l2spec_type: expected \"default\" or \"none\", not a number"),
        FindingCase(
            "seq = \"bth\"",
            "2:7: error: tunnel.hq.session.lan.seq: \"bth\": expected \"none\", \"send\", \"recv\" or \"both\"; did you mean \"both\"?"
        ),
        FindingCase(
            "seq = true",
            "2:7: error: tunnel.hq.session.lan.seq: expected \"none\", \"send\", \"recv\" or \"both\", not true or false"
        ),
        FindingCase(
            "reorder_timeout = 100",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: 100 has no unit: write \"100ms\" or \"100s\" in quotation marks"
        ),
        FindingCase(
            "reorder_timeout = \"100\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"100\" has no unit: write \"100ms\" or \"100s\""),
        FindingCase(
            "reorder_timeout = \"100 ms\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"100 ms\": write \"100ms\""),
        FindingCase(
            "reorder_timeout = \"1.5s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"1.5s\": expected a duration in whole milliseconds or seconds, as \"100ms\" or \"1s\", or 0"
        ),
        FindingCase(
            "reorder_timeout = \"-1s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"-1s\": expected a duration in whole milliseconds or seconds, as \"100ms\" or \"1s\", or 0"
        ),
        FindingCase(
            "reorder_timeout = \"99999999s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: is longer than the kernel can wait, 2147483647 ms"),
        FindingCase(
            "reorder_timeout = \"99999999999999999999999s\"",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: \"99999999999999999999999s\" is longer than the kernel can wait, 2147483647 ms"
        ),
        FindingCase(
            "reorder_timeout = true",
            "2:19: error: tunnel.hq.session.lan.reorder_timeout: expected a duration in quotation marks, as \"100ms\", or 0, not true or false"
        ),
        FindingCase(
            "lns_mode = \"false\"",
            "2:12: error: tunnel.hq.session.lan.lns_mode: expected true or false, not a string: write false without quotation marks"
        ),
        FindingCase(
            "lns_mode = \"never\"",
            "2:12: error: tunnel.hq.session.lan.lns_mode: expected true or false, not a string"),
        FindingCase(
            "name = \"x\"",
            "2:1: error: tunnel.hq.session.lan: unknown key \"name\"; it belongs into [tunnel.NAME.session.NAME.interface]"
        ),
        FindingCase(
            "interface = \"l2tp0\"",
            "2:13: error: tunnel.hq.session.lan.interface: expected a table, not a string: write interface.name = \"l2tp0\""
        ),
        FindingCase(
            "interface = 1",
            "2:13: error: tunnel.hq.session.lan.interface: expected a table, not a number: as [tunnel.hq.session.lan.interface]"
        ),
        FindingCase(
            "[[tunnel.hq.session.lan.interface]]",
            "4:25: error: tunnel.hq.session.lan.interface: expected a table, not an array: write [tunnel.hq.session.lan.interface], with single brackets"
        ),
    ])
    func valuesOfSessions(_ entry: FindingCase) {
        let found = SchemaFindings.of(SchemaFindings.document(entry.text, in: "session"))
        #expect(found == entry.expected)
    }
}
