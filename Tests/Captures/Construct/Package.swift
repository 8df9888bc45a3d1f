// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Construct",
    dependencies: [
        .package(path: "../../../Packages/L2TPWire"),
        .package(path: "../../../Packages/L2TPWireCrypto"),
        .package(path: "../../../Packages/L2TPDecode"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .executableTarget(
            name: "Construct",
            dependencies: [
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPWireCrypto", package: "L2TPWireCrypto"),
                .product(name: "L2TPWireTestSupport", package: "L2TPWire"),
                .product(name: "PacketCapture", package: "L2TPDecode"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
            ]
        )
    ]
)
