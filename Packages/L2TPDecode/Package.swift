// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let wire = Target.Dependency.product(name: "L2TPWire", package: "L2TPWire")
let wireTestSupport = Target.Dependency.product(name: "L2TPWireTestSupport", package: "L2TPWire")

let package = Package(
    name: "L2TPDecode",
    products: [
        .library(name: "PacketCapture", targets: ["PacketCapture"]),
        .library(name: "CaptureFiles", targets: ["CaptureFiles"]),
        .library(name: "L2TPDecode", targets: ["L2TPDecode"]),
        .library(name: "LiveCapture", targets: ["LiveCapture"]),
    ],
    dependencies: [
        .package(path: "../L2TPWire"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "PacketCapture", swiftSettings: settings),
        .target(
            name: "CaptureFiles", dependencies: ["CZlib", "PacketCapture", systemPackage], swiftSettings: settings),
        .target(name: "L2TPDecode", dependencies: ["PacketCapture", wire], swiftSettings: settings),
        .testTarget(
            name: "L2TPDecodeTests", dependencies: ["L2TPDecode", "PacketCapture", wire, wireTestSupport],
            swiftSettings: settings),
        .systemLibrary(name: "CPacketSocket"),
        .target(
            name: "LiveCapture", dependencies: ["CPacketSocket", "PacketCapture", systemPackage],
            swiftSettings: settings),
        .testTarget(
            name: "PacketCaptureTests",
            dependencies: ["CZlib", "CaptureFiles", "LiveCapture", "PacketCapture", wireTestSupport, systemPackage],
            swiftSettings: settings
        ),
    ]
)
