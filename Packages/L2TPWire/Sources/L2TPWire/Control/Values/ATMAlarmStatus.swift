/// Why an ATM circuit is in its state (RFC 4454 §8.1, ATM Alarm Status).
public struct ATMAlarmStatus: AVPValue {
    /// The reason for the circuit's status.
    public var reason: Reason
    /// The alarm.
    public var alarm: Alarm

    /// The reason for the status of an ATM circuit (IANA "Circuit Status Reason Values").
    public struct Reason: NamedNumber {
        /// The number, 0…65535.
        public var rawValue: UInt16

        /// Wraps a number; unknown numbers are kept as they are.
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// What the RFC says, in few words; nil for a number that this module does not know.
        public var name: String? {
            let names = [
                "no alarm or alarm cleared", "unspecified or unknown alarm received",
                "circuit received F1 alarm on ingress LCCE", "circuit received F2 alarm on ingress LCCE",
                "circuit received F3 alarm on ingress LCCE", "circuit received F4 alarm on ingress LCCE",
                "circuit received F5 alarm on ingress LCCE", "circuit down due to ATM port shutdown on peer LCCE",
                "circuit down due to loop-back timeout on ingress LCCE",
            ]
            return (1...names.count).contains(Int(rawValue)) ? names[Int(rawValue) - 1] : nil
        }
    }

    /// An alarm of ATM (IANA "General ATM Alarm failures").
    public struct Alarm: NamedNumber {
        /// The number, 0…65535.
        public var rawValue: UInt16

        /// Wraps a number; unknown numbers are kept as they are.
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// What the RFC says, in few words; nil for a number that this module does not know.
        public var name: String? {
            let names = [
                "no alarm type specified", "Alarm Indication Signal (AIS)", "Remote Defect Indicator (RDI)",
                "Loss of Signal (LOS)", "Loss of Pointer (LOP)", "Loss of Framer (LOF)", "Loopback cells (LB)",
                "Continuity Check (CC)",
            ]
            return (1...names.count).contains(Int(rawValue)) ? names[Int(rawValue) - 1] : nil
        }
    }

    /// A status.
    public init(reason: Reason, alarm: Alarm) {
        self.reason = reason
        self.alarm = alarm
    }

    /// Reads a reason and an alarm.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(4)
        self.init(reason: Reason(rawValue: value.bigEndian(at: 0)), alarm: Alarm(rawValue: value.bigEndian(at: 2)))
    }

    /// Length on the wire in bytes: 4.
    public var encodedByteCount: Int { 4 }

    /// Appends the reason and the alarm.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: reason.rawValue)
        output.append(bigEndian: alarm.rawValue)
    }

    /// Reason and alarm.
    public var fields: [AVPField] {
        [
            AVPField("Circuit Status Reason", byteCount: 2, .number(UInt64(reason.rawValue), name: reason.name)),
            AVPField("Alarm", at: 2, byteCount: 2, .number(UInt64(alarm.rawValue), name: alarm.name)),
        ]
    }
}
