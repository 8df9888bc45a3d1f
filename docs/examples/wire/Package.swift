// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "wire",
    dependencies: [.package(path: "../../../Packages/L2TPWire")],
    targets: [
        .executableTarget(name: "wire", dependencies: [.product(name: "L2TPWire", package: "L2TPWire")])
    ]
)
