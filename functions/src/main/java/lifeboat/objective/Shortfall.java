package lifeboat.objective;

/// Where recoveries fell short of an objective, and what would help.
///
/// @param what what was missed, how often, and what costs most
/// @param remedy what would shorten it
public record Shortfall(String what, String remedy) {}
