package lifeboat.protection;

import java.time.LocalDate;

/// One list price of AWS.
///
/// @param id what it is for: `alarm`, `dynamodb.warm`
/// @param usd dollars for one unit
/// @param unit what is counted
/// @param source the page that names it, or where to look it up
/// @param date when the source was read, or when the price was written down
/// @param verified whether it was read in AWS's own words
/// @param note what else to know; empty: nothing
record Price(String id, double usd, String unit, String source, LocalDate date, boolean verified, String note) {}
