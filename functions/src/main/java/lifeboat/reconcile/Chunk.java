package lifeboat.reconcile;

/// A file of planned rows of one table and class.
///
/// @param name where it lies in the archive
/// @param table its table
/// @param kind its class
/// @param rows how many planned rows it holds
/// @param sha256 of its bytes, hexadecimal; part of the plan's id
public record Chunk(String name, TableName table, DifferenceClass kind, long rows, String sha256) {}
