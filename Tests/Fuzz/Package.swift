// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // libFuzzer brings `main`. Without this flag a single-file executable would get another.
    .unsafeFlags(["-parse-as-library"]),
]

let package = Package(
    name: "Fuzz",
    dependencies: [
        .package(path: "../../Packages/L2TPWire"),
        .package(path: "../../Packages/L2TPWireCrypto"),
        .package(path: "../../Packages/L2TPNetlink"),
        .package(path: "../../Packages/L2TPConfig"),
        .package(path: "../../Packages/L2TPDecode"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .executableTarget(
            name: "FuzzCapture",
            dependencies: [
                .product(name: "CaptureFiles", package: "L2TPDecode"),
                .product(name: "PacketCapture", package: "L2TPDecode"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzAVP",
            dependencies: [.product(name: "L2TPWire", package: "L2TPWire")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzConfiguration",
            dependencies: [
                .product(name: "L2TPConfig", package: "L2TPConfig"),
                .product(name: "L2TPConfigTOML", package: "L2TPConfig"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzControl",
            dependencies: [.product(name: "L2TPWire", package: "L2TPWire")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzDecode",
            dependencies: [
                .product(name: "L2TPDecode", package: "L2TPDecode"),
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "PacketCapture", package: "L2TPDecode"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzDigest",
            dependencies: [
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPWireCrypto", package: "L2TPWireCrypto"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzMessage",
            dependencies: [.product(name: "L2TPWire", package: "L2TPWire")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzNetlink",
            dependencies: [
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "Netlink", package: "L2TPNetlink"),
                .product(name: "L2TPModel", package: "L2TPNetlink"),
                .product(name: "LinkControl", package: "L2TPNetlink"),
                .product(name: "L2TPNetlink", package: "L2TPNetlink"),
                .product(name: "NetlinkTestSupport", package: "L2TPNetlink"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "FuzzOwnership",
            dependencies: [.product(name: "L2TPConfig", package: "L2TPConfig")],
            swiftSettings: settings
        ),
    ]
)
