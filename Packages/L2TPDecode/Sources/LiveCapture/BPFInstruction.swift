/// An instruction of the classic Berkeley Packet Filter (`struct sock_filter`).
public struct BPFInstruction: Hashable, Sendable {
    /// The operation code.
    public var code: UInt16
    /// How many instructions are skipped where a comparison holds.
    public var jumpTrue: UInt8
    /// How many instructions are skipped where it does not.
    public var jumpFalse: UInt8
    /// The operand: an offset, a number to compare with, a result.
    public var operand: UInt32

    /// An instruction from its fields.
    ///
    /// - Parameters:
    ///   - code: The operation code.
    ///   - jumpTrue: How many instructions are skipped where a comparison holds.
    ///   - jumpFalse: How many are skipped where it does not.
    ///   - operand: The operand.
    public init(code: UInt16, jumpTrue: UInt8 = 0, jumpFalse: UInt8 = 0, operand: UInt32) {
        self.code = code
        self.jumpTrue = jumpTrue
        self.jumpFalse = jumpFalse
        self.operand = operand
    }
}

extension BPFInstruction {
    /// The operation codes that are used (linux/bpf_common.h).
    enum Code {
        /// `BPF_LD | BPF_B | BPF_ABS`
        static let loadByte: UInt16 = 0x30
        /// `BPF_LD | BPF_H | BPF_ABS`
        static let loadHalf: UInt16 = 0x28
        /// `BPF_LD | BPF_H | BPF_IND`
        static let loadHalfIndexed: UInt16 = 0x48
        /// `BPF_LDX | BPF_B | BPF_MSH`: four times the low half of a byte, an IPv4 header's length
        static let loadHeaderLength: UInt16 = 0xb1
        /// `BPF_JMP | BPF_JA`
        static let jump: UInt16 = 0x05
        /// `BPF_JMP | BPF_JEQ | BPF_K`
        static let jumpEqual: UInt16 = 0x15
        /// `BPF_JMP | BPF_JSET | BPF_K`
        static let jumpSet: UInt16 = 0x45
        /// `BPF_RET | BPF_K`
        static let end: UInt16 = 0x06
    }

    static func byte(at offset: Int) -> Self { Self(code: Code.loadByte, operand: UInt32(offset)) }
    static func half(at offset: Int) -> Self { Self(code: Code.loadHalf, operand: UInt32(offset)) }
    /// A half word behind the IPv4 header whose length has been loaded.
    static func indexedHalf(at offset: Int) -> Self { Self(code: Code.loadHalfIndexed, operand: UInt32(offset)) }
    static func headerLength(at offset: Int) -> Self { Self(code: Code.loadHeaderLength, operand: UInt32(offset)) }
    static func result(_ byteCount: Int) -> Self { Self(code: Code.end, operand: UInt32(clamping: byteCount)) }

    /// Skips `count` instructions if the accumulator is `number`.
    static func skip(_ count: UInt8, ifEqual number: UInt32) -> Self {
        Self(code: Code.jumpEqual, jumpTrue: count, operand: number)
    }

    /// Skips instructions unless the accumulator is `number`; any number of them, which a comparison could not.
    static func skip(_ block: [Self], unlessEqual number: UInt32) -> [Self] {
        [skip(1, ifEqual: number), Self(code: Code.jump, operand: UInt32(block.count))] + block
    }

    /// Ends with a result if the accumulator is `number`.
    static func end(_ result: Self, ifEqual number: UInt32) -> [Self] {
        [Self(code: Code.jumpEqual, jumpFalse: 1, operand: number), result]
    }

    /// Ends with a result if the accumulator has one of the bits.
    static func end(_ result: Self, ifAny bits: UInt32) -> [Self] {
        [Self(code: Code.jumpSet, jumpFalse: 1, operand: bits), result]
    }
}
