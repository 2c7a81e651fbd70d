import Glibc

/// Waits until something comes true that other threads bring about; false where it doesn't within twenty seconds.
///
/// For what waits for runs on other threads to end: tests run side by side.
public func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<20_000 {
        if condition() { return true }
        usleep(1000)
    }
    return condition()
}
