package lifeboat.reconcile;

import java.util.Optional;

/// One column or attribute that differs.
///
/// @param field its name
/// @param copy value in the copy as text; empty: NULL or absent
/// @param live value in live as text; empty: NULL or absent
public record FieldChange(String field, Optional<String> copy, Optional<String> live) {}
