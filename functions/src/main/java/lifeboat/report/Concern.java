package lifeboat.report;

import lifeboat.objective.Standing;

/// Something about a workload that a person should look at.
///
/// @param standing missed, or unmeasured where it is only not proven
/// @param what in a sentence, with its figures
record Concern(Standing standing, String what) {}
