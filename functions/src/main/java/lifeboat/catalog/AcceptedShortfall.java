package lifeboat.catalog;

import java.time.Duration;
import java.time.LocalDate;

/// A recovery point objective that the plan cannot promise and that somebody accepts for a while, in writing.
///
/// @param rpo the data loss that is accepted
/// @param until the last day (UTC) on which it is accepted
/// @param because the reason, for the auditor
public record AcceptedShortfall(Duration rpo, LocalDate until, String because) {}
