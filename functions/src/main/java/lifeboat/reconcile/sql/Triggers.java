package lifeboat.reconcile.sql;

/// What happens to the user triggers of live while rows are repaired.
public enum Triggers {
    /// A table with triggers refuses the repair until somebody decides.
    ASK,
    /// They fire. A row that a trigger would turn into something else is not written.
    FIRE,
    /// They do not fire; every constraint of the database is checked all the same. Needs the owner of the tables.
    OFF
}
