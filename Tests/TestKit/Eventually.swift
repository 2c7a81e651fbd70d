/// Whether something comes true within two seconds.
///
/// For what waits for runs on other threads to end: tests run side by side.
public func eventually(_ condition: () -> Bool) -> Bool {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(2)
    while clock.now < deadline {
        if condition() { return true }
    }
    return condition()
}
