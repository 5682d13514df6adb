package lifeboat.objective;

import java.time.Duration;

/// One stretch of a recovery, for who wants to shorten it.
///
/// @param name detect, choose, restore, configure, verify or cut over
/// @param took never negative
public record Phase(String name, Duration took) {}
