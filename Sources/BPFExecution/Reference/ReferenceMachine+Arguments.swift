import BPFMaps
import BPFModel
import BPFVerifier

/// The arguments of one call, which give each other a meaning: the map its keys' size, a size its memory's end.
struct CallArguments {
    /// Which helper is called.
    let helper: HelperPrototype
    /// What `r1` to `r5` hold, zeros past the helper's last argument.
    let values: [UInt64]
    /// The map among the arguments checked so far.
    var map: Map?

    /// The argument behind one, counted from 0.
    func after(_ index: Int) -> UInt64 { index + 1 < values.count ? values[index + 1] : 0 }
}

extension ReferenceMachine {
    /// Whether an argument, counted from 0, is what it must be; memory that may not be accessed is a fault of its own.
    mutating func check(
        _ argument: HelperPrototype.Argument, _ index: Int, of call: inout CallArguments
    ) throws(Fault.Reason) -> Bool {
        let value = call.values[index]
        switch argument {
        case .anything: return true
        case .context:
            // A program that has none hands on what it has.
            guard engine.entry == .context else { return call.helper.id == HelperPrototype.tailCall.id }
            return value == contextAddress
        case .map:
            call.map = engine.maps.values.first { $0.address == value } ?? heldMaps[value]
            return call.map != nil
        case .mapKey, .mapValue, .writableMapValue:
            guard let map = call.map else { return false }
            return try checkElement(argument, value, map)
        case .readableMemory, .writableMemory, .readableMemoryOrNull, .writableDouble, .constantString:
            return try checkMemory(argument, value, size: call.after(index))
        case .size: return value != 0 && Self.size(value) != nil
        case .sizeOrZero: return Self.size(value) != nil
        case .recordSize: return true
        case .record: return records[value] != nil
        case .spinLock: return memory.isSpinLock(value)
        case .callback: return engine.function(at: value) != nil
        case .callbackContext: return value == 0 || memory.mayBeStack(value)
        }
    }

    private mutating func checkElement(
        _ argument: HelperPrototype.Argument, _ address: UInt64, _ map: Map
    ) throws(Fault.Reason) -> Bool {
        // A bloom filter is asked for the value that is there.
        if argument == .writableMapValue, map.spec.type != .bloomFilter {
            try memory.checkWritable(address, map.spec.valueSize)
        } else {
            let size = argument == .mapKey ? map.spec.keySize : map.spec.valueSize
            try memory.checkReadable(address, size, frame: framePointer)
        }
        return true
    }

    private mutating func checkMemory(
        _ argument: HelperPrototype.Argument, _ address: UInt64, size: UInt64
    ) throws(Fault.Reason) -> Bool {
        if argument == .readableMemoryOrNull, address == 0 { return size == 0 }
        if argument == .writableDouble {
            try memory.checkWritable(address, 8)
            return address & 7 == 0
        }
        if argument == .constantString { return try checkString(address) }
        guard let size = Self.size(size) else { return false }
        if argument == .writableMemory {
            try memory.checkWritable(address, size)
        } else {
            try memory.checkReadable(address, size, frame: framePointer)
        }
        return true
    }

    /// Whether a string ends before its memory does.
    private func checkString(_ address: UInt64) throws(Fault.Reason) -> Bool {
        var end = address
        while true {
            try memory.checkReadable(end, 1, frame: framePointer)
            if memory.load(end, .byte) == 0 { return true }
            end &+= 1
        }
    }

    /// A size as helpers take it, far below what could overflow.
    private static func size(_ value: UInt64) -> Int? { value <= 1 << 29 ? Int(value) : nil }
}
