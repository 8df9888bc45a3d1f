// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Allocations",
    dependencies: [
        .package(path: "../../Packages/L2TPWire"),
        .package(path: "../../Packages/L2TPDecode"),
    ],
    targets: [
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "CountAllocations",
            dependencies: [
                "CAllocationCounter",
                .product(name: "PacketCapture", package: "L2TPDecode"),
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPWireTestSupport", package: "L2TPWire"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
            ]
        ),
    ]
)
