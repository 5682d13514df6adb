package lifeboat.reconcile.items;

import java.util.Optional;
import lifeboat.reconcile.StoreIdentity;

/// What is known of a table without reading it.
///
/// @param identity which table it is, wherever it is called by that name
/// @param name the table's name
/// @param key its primary key
/// @param timeToLive the attribute by which items expire; empty: none do
/// @param items about how many; DynamoDB counts every six hours or so
/// @param bytes about how many, counted as seldom
public record TableShape(
        StoreIdentity identity, String name, KeySchema key, Optional<String> timeToLive, long items, long bytes) {}
