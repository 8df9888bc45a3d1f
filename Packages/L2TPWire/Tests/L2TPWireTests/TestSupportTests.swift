import L2TPWire
import Testing

@testable import L2TPWireTestSupport

@Suite struct HexTests {
    @Test func parses() throws {
        #expect(try Hex.parse("") == [])
        #expect(try Hex.parse("00 7fFF\naB") == [0x00, 0x7F, 0xFF, 0xAB])
        #expect(throws: Hex.ParseError.notHexadecimal(offset: 3)) { try Hex.parse("00 x0") }
        #expect(throws: Hex.ParseError.oddDigitCount(3)) { try Hex.parse("00 1") }
    }

    @Test func prints() {
        let bytes: [UInt8] = [0x00, 0x03, 0xAB, 0xCD, 0x0F]
        #expect(Hex.print(bytes) == "0003abcd 0f")
        #expect(Hex.print(bytes, groupByteCount: 0) == "0003abcd0f")
        #expect(Hex.print([], groupByteCount: 1) == "")
    }
}

@Suite struct SeededGeneratorTests {
    /// The first numbers of SplitMix64 from seed 0, as its authors' code gives them.
    @Test func isSplitMix64() {
        var generator = SeededGenerator(seed: 0)
        #expect(generator.next() == 0xE220_A839_7B1D_CDAF)
        #expect(generator.next() == 0x6E78_9E6A_A1B9_65F4)
        #expect(generator.next() == 0x06C4_5D18_8009_454F)
    }

    @Test func repeatsItself() {
        var one = SeededGenerator(for: "SeededGeneratorTests.repeatsItself")
        var other = SeededGenerator(seed: one.seed)
        #expect(one.bytes(100) == other.bytes(100))
    }

    @Test func readsSeeds() {
        #expect(SeededGenerator.seed(from: "17") == 17)
        #expect(SeededGenerator.seed(from: "0x17") == 0x17)
        #expect(SeededGenerator.seed(from: "seventeen") == nil)
    }
}

@Suite struct GoldenVectorTests {
    @Test func namesAreUnique() {
        #expect(Set(GoldenVector.all.map(\.name)).count == GoldenVector.all.count)
        #expect(GoldenVector.all.count >= 14)
    }

    @Test func everyVectorSaysWhereItComesFrom() {
        for vector in GoldenVector.all {
            #expect(vector.source.contains("RFC") || vector.source.contains("measured on Linux"))
            #expect(!vector.meaning.isEmpty)
            #expect(vector.description == vector.name)
        }
    }

    @Test func namesOfMessagesAreUnique() {
        let names = GoldenControlMessage.all.map(\.name) + GoldenDataMessageV2.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(GoldenControlMessage.all.allSatisfy { $0.source.contains("RFC") && $0.description == $0.name })
        #expect(GoldenDataMessageV2.all.allSatisfy { $0.source.contains("RFC") && $0.description == $0.name })
        #expect(GoldenAVP.all.allSatisfy { $0.source.contains("RFC") && $0.description.contains($0.name) })
    }
}
