package lifeboat.reconcile;

import lifeboat.catalog.Invalid;

/// How a store names one of its transactions, so that it can be asked later how it ended.
///
/// The store alone reads it. It must not be true of another server: a server that was restored since gives the same
/// numbers to other transactions.
///
/// @param value in the store's own words, 1 to 500 characters
public record TransactionName(String value) {
    public TransactionName {
        if (value.isBlank() || value.length() > 500) {
            throw new Invalid("LB-464", "transaction \"%s\" is not allowed: 1 to 500 characters".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
