package lifeboat.restore;

/// How a started restore is found again: the id of the restore job, or the name of the copy.
///
/// @param value opaque to everything but the adapter that issued it
public record Ticket(String value) {}
