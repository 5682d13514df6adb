package lifeboat.reconcile.sql;

/// What happens to the user triggers of live while rows are repaired.
public enum Triggers {
    /// A table with triggers refuses the repair until somebody decides.
    ASK,
    /// They fire. A row that a trigger would turn into something else is not written.
    FIRE,
    /// They do not fire, and neither do the database's own checks of foreign keys: those are made here instead. Needs
    /// the right to set `session_replication_role`.
    OFF
}
