package lifeboat.catalog;

import java.util.Optional;

/// A table and a database of one's own to practise on: they belong to this environment and are deleted with it.
///
/// @param trustedCidr the addresses from which the database may be reached over the internet; absent: it is private
public record Lab(Optional<String> trustedCidr) {}
