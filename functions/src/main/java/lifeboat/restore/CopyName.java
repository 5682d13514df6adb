package lifeboat.restore;

import lifeboat.catalog.Invalid;

/// The physical name of a restored copy. Its prefix says whose it is: only names that start with
/// `lifeboat-drill-` can ever be deleted, by code and by IAM policy alike.
///
/// @param value `lifeboat-drill-<recovery>-<resource>` or `lifeboat-restored-<recovery>-<resource>`; at most 63
/// characters
public record CopyName(String value) {
    /// Every copy that may be torn down starts with this.
    public static final String DRILL_PREFIX = "lifeboat-drill-";

    /// Every copy of an incident starts with this; such a copy is never deleted by this system.
    public static final String INCIDENT_PREFIX = "lifeboat-restored-";

    public CopyName {
        if (!value.matches("(?=.{1,63}$)lifeboat-(drill|restored)(-[a-z0-9]+)+")) {
            throw new Invalid(
                    "LB-201",
                    "copy \"%s\" is not allowed: a name of a restored copy, lifeboat-drill-... or lifeboat-restored-..."
                            .formatted(value));
        }
    }

    /// Whether a copy of that name belongs to a drill.
    public boolean ofDrill() {
        return value.startsWith(DRILL_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
