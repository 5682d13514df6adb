package lifeboat.recovery;

import lifeboat.catalog.ResourceName;

/// A resource that a recovery was asked for and could not plan: nothing is restored of it, and nothing is
/// proven. The others are recovered all the same.
///
/// @param resource its name in the environment file
/// @param why the message of the refusal, or of the error
public record Unplanned(ResourceName resource, String why) {}
