import BPFModel

extension Checker {
    /// The context is accessed through its unchanged address, field by field.
    func checkContext(_ access: MemoryAccess, _ pointer: RegisterState) throws(Failure) {
        guard pointer.offset == 0, !pointer.isVariable else { throw .movedContext(access.base, pointer) }
        guard !access.kind.isAtomic else { throw .atomicOnContext }
        let offset = Int(access.offset)
        let size = access.size.bytes
        if let bytes = layout.readableBytes {
            guard access.kind.reads else { throw .readOnlyContext(layout) }
            guard offset >= bytes.lowerBound, offset + size <= bytes.upperBound, offset.isMultiple(of: size) else {
                throw .contextBytes(layout, bytes, offset: offset, size: size)
            }
            return
        }
        guard let field = layout.field(at: offset, size: size) else {
            let overlapped = { (field: ContextField) in
                field.offset < offset + size && offset < field.offset + field.size
            }
            if let hidden = layout.hidden.first(where: overlapped) {
                throw .hiddenField(hidden, layout, type: type)
            }
            if let partial = layout.fields.first(where: overlapped) {
                throw .fieldSize(partial, layout, offset: offset, size: size)
            }
            throw .noContextField(layout, offset: offset, size: size)
        }
        guard !access.kind.writes || field.writable else { throw .readOnlyField(field, layout) }
        guard isAllowed(access, field) else { throw .fieldSize(field, layout, offset: offset, size: size) }
    }

    /// Which parts of a field can be accessed alone.
    private func isAllowed(_ access: MemoryAccess, _ field: ContextField) -> Bool {
        let size = access.size.bytes
        guard Int(access.offset).isMultiple(of: size) else { return false }
        switch field.kind {
        case .packet, .packetEnd, .packetMeta:
            return size == field.size && access.kind == .load(signExtended: false)
        case .scalar:
            // The scratch area is accessed as the program likes.
            if field.id == .control || size == field.size { return true }
            return layout.partialReads && access.kind.reads && field.size == 4
        }
    }
}
