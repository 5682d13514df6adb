package lifeboat.reconcile.postgres;

import lifeboat.reconcile.TableName;

/// Identifiers and literals, quoted so that any character is only itself.
final class Quote {
    private Quote() {}

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String table(TableName table) {
        return name(table.schema()) + "." + name(table.name());
    }

    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
