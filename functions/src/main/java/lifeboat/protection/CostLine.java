package lifeboat.protection;

/// What one thing costs a month.
///
/// @param kind `idle`, `backups`, `log` or `copying`
/// @param where the region, or the account, that it stands in
/// @param what what is paid for, with its number
/// @param usd dollars a month
/// @param least whether it may be more: of the stores that back up what changed, the changes are not known
public record CostLine(String kind, String where, String what, double usd, boolean least) {}
