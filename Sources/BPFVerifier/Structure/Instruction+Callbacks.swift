import BPFModel

extension HelperPrototype {
    /// What the helper calls back, and the register that holds the function; nil where it calls nothing.
    var callback: (kind: Callback, function: Register)? {
        for (register, argument) in zip(Register.arguments, arguments) {
            if case .callback(let kind) = argument { return (kind, register) }
        }
        return nil
    }
}

extension Instruction {
    /// What a helper called here calls back; nil where there is nothing.
    var callback: HelperPrototype.Callback? {
        guard case .call(.helper(let id)) = self else { return nil }
        return HelperPrototype.row(of: id)?.callback?.kind
    }
}
