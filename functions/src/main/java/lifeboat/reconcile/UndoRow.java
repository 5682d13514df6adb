package lifeboat.reconcile;

import java.util.Optional;

/// One row before a repair, and what tells that the repair's version is still there.
///
/// @param key the row
/// @param before the whole row in the store's own lossless text; empty: there was none
/// @param beforeDigest its digest; empty: there was none
/// @param beforeCount how many equal rows; 0 where before is empty
/// @param after digest of what the repair writes; empty: it deletes
/// @param afterCount how many equal rows that is; 0 where after is empty
public record UndoRow(
        RowKey key,
        Optional<String> before,
        Optional<String> beforeDigest,
        long beforeCount,
        Optional<String> after,
        long afterCount) {}
