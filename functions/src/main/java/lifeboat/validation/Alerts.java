package lifeboat.validation;

/// Tells the team that backups are not what the plan promised.
public interface Alerts {
    /// Something is missing or could not be looked at.
    void unproven(Validation validation, Validations.Entry told);
}
