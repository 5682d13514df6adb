package lifeboat.aws.rds;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lifeboat.aws.SettingsJson;
import lifeboat.catalog.Network;
import lifeboat.parity.Settings;
import lifeboat.parity.Step;

/// The settings of live in the terms of the place where its copies stand. Subnet, security, parameter and option
/// groups and keys exist in one region only: in another one those of the environment file take their place, and
/// what it does not name is left out and listed. IAM roles and certificate authorities are the same in all
/// regions.
public final class Relocation {
    private final Optional<Network> network;
    private final boolean away;

    /// @param network what the environment file says of the region of the copies; absent: nothing
    /// @param away whether that is not the region of live
    public Relocation(Optional<Network> network, boolean away) {
        this.network = network;
        this.away = away;
    }

    /// Settings that a copy can be given, and why it cannot have the others, by their names.
    record Relocated(Settings settings, SortedMap<String, String> gaps) {
        Relocated {
            gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
        }
    }

    /// Whether copies stand in another region than live.
    boolean away() {
        return away;
    }

    Relocated of(Settings captured) {
        TreeMap<String, String> values = new TreeMap<>(captured.values());
        TreeMap<String, String> gaps = new TreeMap<>();
        place(values, gaps, "subnetGroup", network.flatMap(Network::databaseSubnetGroup), "databaseSubnetGroup");
        place(values, gaps, "securityGroups", securityGroups(), "databaseSecurityGroups");
        group(values, gaps, "parameterGroup", Network::databaseParameterGroups, "databaseParameterGroups");
        group(values, gaps, "optionGroup", Network::databaseOptionGroups, "databaseOptionGroups");
        performanceInsights(values, gaps);
        return new Relocated(new Settings(values, new TreeMap<>(captured.unread())), gaps);
    }

    private Optional<String> securityGroups() {
        return network.map(Network::databaseSecurityGroups)
                .filter(groups -> !groups.isEmpty())
                .map(groups -> SettingsJson.write(groups.stream().sorted().toList()));
    }

    private void place(
            Map<String, String> values, Map<String, String> gaps, String setting, Optional<String> here, String key) {
        if (here.isPresent()) {
            values.put(setting, here.get());
        } else if (away) {
            values.remove(setting);
            gaps.put(setting, "recoveryNetwork names no %s: the copy has the default".formatted(key));
        }
    }

    private interface Groups {
        Map<String, String> of(Network network);
    }

    /// RDS makes the default groups of every region itself, under the same names.
    private void group(
            Map<String, String> values, Map<String, String> gaps, String setting, Groups groups, String key) {
        Optional<String> live = Optional.ofNullable(values.get(setting)).filter(name -> !name.isEmpty());
        if (live.isEmpty()) {
            return;
        }
        Optional<String> here = network.map(groups::of).flatMap(names -> Optional.ofNullable(names.get(live.get())));
        if (here.isPresent()) {
            values.put(setting, here.get());
        } else if (away && !isDefault(live.get())) {
            values.remove(setting);
            gaps.put(
                    setting,
                    "recoveryNetwork.%s names no counterpart of live's \"%s\": the copy has the default"
                            .formatted(key, live.get()));
        }
    }

    /// Whether a parameter or option group is one that RDS makes itself.
    static boolean isDefault(String group) {
        return group.startsWith("default.") || group.startsWith("default:");
    }

    private void performanceInsights(Map<String, String> values, Map<String, String> gaps) {
        String live = values.getOrDefault("performanceInsights", "");
        if (away && live.contains(" arn:")) {
            values.put("performanceInsights", live.substring(0, live.indexOf(' ')) + " null");
            gaps.put("performanceInsights", "live's key is of another region: the copy has RDS's own");
        }
    }

    /// Whether the copy is encrypted as live is. A multi-region key has the same id in every region.
    Step encryption(String live, String copy) {
        if (live.equals(copy) || (away && live.contains(":key/mrk-") && id(live).equals(id(copy)))) {
            return new Step.AsCaptured();
        }
        return new Step.Refused(
                away && live.startsWith("arn:")
                        ? "restored as %s: live's key %s is of another region".formatted(copy, live)
                        : "restored as %s, live has %s".formatted(copy, live));
    }

    private static String id(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
