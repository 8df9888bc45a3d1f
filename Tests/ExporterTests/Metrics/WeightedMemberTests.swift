import ContentNegotiation
import Testing

@Suite("Members of a field that says what a client wants")
struct WeightedMemberTests {
    private func text(_ field: String) -> [String] {
        WeightedMember.members(of: field).map { member in
            let parameters = member.parameters.map { "\($0.name)=\($0.value)" }
            return ([member.name] + parameters + ["\(member.weight)"]).joined(separator: " ")
        }
    }

    @Test(
        "are told with their parameters and weights",
        arguments: [
            ("gzip", ["gzip 1000"]), (" a ; q=0.5 , b;Q=1.000", ["a 500", "b 1000"]), ("*;q=0", ["* 0"]),
            ("a;x=1;y=\"b,;c\";q=0.001", ["a x=1 y=b,;c 1"]), ("a;x;q=1", ["a 1000"]),
            ("a;X=\"\\\"\"", ["a x=\" 1000"]),
            ("text/plain; Version=0.0.4;q=\"0.3\"", ["text/plain version=0.0.4 300"]),
        ])
    func members(_ field: String, _ expected: [String]) {
        #expect(text(field) == expected)
    }

    @Test(
        "are left out if they are malformed, and the others stay",
        arguments: [
            "a;q=2", "a;q=1.001", "a;q=0.1234", "a;q=", "a;q=x", "a;q=nan", "a;q=-1", "a;q=1e-1", "a;q=.5", "",
            ";q=1", ",,",
        ])
    func malformed(_ member: String) {
        #expect(text("\(member), gzip;q=0.5") == ["gzip 500"])
        #expect(text("gzip;q=0.5,\(member)") == ["gzip 500"])
    }
}
