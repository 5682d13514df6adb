package lifeboat.reconcile;

import java.util.List;

/// What a comparison says of everything beside the rows: what differs, and what it did not look at. Equal rows are not
/// the whole store, so an answer that calls both sides equal always comes with the second list.
///
/// @param differences what differs; none of it is repaired
/// @param notCompared kinds of things, or single ones, that were not compared, one phrase each
public record StructureFindings(List<StructureDifference> differences, List<String> notCompared) {
    /// Nothing was said: plans of releases that did not look.
    public static final StructureFindings NONE = new StructureFindings(List.of(), List.of());

    public StructureFindings {
        differences = List.copyOf(differences);
        notCompared = List.copyOf(notCompared);
    }

    /// Only what was not compared.
    public static StructureFindings notCompared(List<String> things) {
        return new StructureFindings(List.of(), things);
    }
}
