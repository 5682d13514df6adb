package lifeboat.reconcile;

/// Which store it is that was compared or is about to be written: the same text only for the same store.
///
/// @param value without any credentials: `postgresql:7398.../16384 db1.internal:5432/orders`, `dynamodb:arn...`
public record StoreIdentity(String value) {
    @Override
    public String toString() {
        return value;
    }
}
