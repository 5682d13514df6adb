package lifeboat.reconcile.postgres;

import java.util.Optional;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;

/// Where the rows of one batch are noted before they are written.
///
/// @param table their table
/// @param kind their class
/// @param log takes them; absent: they are being taken back, and nothing is noted
record Note(TableName table, DifferenceClass kind, Optional<UndoLog> log) {}
