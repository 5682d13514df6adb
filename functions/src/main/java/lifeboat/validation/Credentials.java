package lifeboat.validation;

/// The secrets with which databases are logged in to, in the recovery region.
@FunctionalInterface
public interface Credentials {
    /// Whether there is one of that name.
    Looked<Boolean> exist(String secret);
}
