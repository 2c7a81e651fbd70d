import BPFMaps
import BPFModel

extension ReferenceMachine {
    /// Takes note of what a call gave and took: records, and maps found in maps.
    mutating func note(_ helper: HelperPrototype, _ call: CallArguments, _ result: UInt64) {
        if helper.result == .recordOrNull, result != 0 {
            let size = Int(truncatingIfNeeded: call.values[1])
            records[result] = size
            memory.add(.record, base: result, size: size, writable: true)
        }
        if helper.arguments.first == .record, records.removeValue(forKey: call.values[0]) != nil {
            memory.remove(.record, base: call.values[0])
        }
        if helper == .mapLookupElement, let outer = call.map, let map = outer.heldMap(at: result),
            heldMaps.updateValue(map, forKey: result) == nil
        {
            let number = engine.maps.first { $0.value === outer }?.key ?? 0
            addMap(map, number)
        }
    }

    /// Has the records skipped that a program left behind when it was stopped: they would hold up all others.
    mutating func discardRecords() {
        guard let discard = HelperFunctions.entry(of: .ringBufferDiscard) else { return }
        for record in records.keys { _ = memory.call(discard, [record, 0, 0, 0, 0], worker) }
        records = [:]
    }
}
