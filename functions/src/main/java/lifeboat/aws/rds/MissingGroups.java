package lifeboat.aws.rds;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.OptionGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// Settings of a restore that name what is gone, or does not fit the restored version: a copy with the default is
/// better than none. They are left out of the restore; parity lists them.
final class MissingGroups {
    private static final String SUBNETS = "subnetGroup";
    private static final String SECURITY = "securityGroups";
    private static final String PARAMETERS = "parameterGroup";
    private static final String OPTIONS = "optionGroup";

    private MissingGroups() {}

    /// The settings because of which RDS refuses a restore; empty: it refuses for another reason. Security groups
    /// belong to the network of the subnet group, and go with it.
    static Set<String> refused(RdsException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || e.statusCode() / 100 != 4) {
            return Set.of();
        }
        String said = "%s %s"
                .formatted(details.errorCode(), details.errorMessage())
                .toLowerCase(Locale.ROOT)
                .replace(" ", "");
        if (said.contains("subnetgroup")) {
            return Set.of(SUBNETS, SECURITY);
        }
        return List.of("securitygroup", "parametergroup", "optiongroup").stream()
                .filter(said::contains)
                .map(kind -> kind.equals("securitygroup") ? SECURITY : kind.replace("group", "Group"))
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }

    /// The groups that do not exist. A restore job would accept them, and fail.
    static Set<String> gone(RdsClient rds, InstanceSettings settings) {
        Set<String> gone = new HashSet<>();
        settings.group(PARAMETERS).filter(name -> !parameters(rds, name)).ifPresent(_ -> gone.add(PARAMETERS));
        settings.group(OPTIONS).filter(name -> !options(rds, name)).ifPresent(_ -> gone.add(OPTIONS));
        settings.value(SUBNETS)
                .filter(name -> !subnets(rds, name))
                .ifPresent(_ -> gone.addAll(List.of(SUBNETS, SECURITY)));
        return gone;
    }

    private static boolean parameters(RdsClient rds, String name) {
        return exists(name, group -> rds.describeDBParameterGroups(request -> request.dbParameterGroupName(group)));
    }

    private static boolean options(RdsClient rds, String name) {
        return exists(name, group -> rds.describeOptionGroups(request -> request.optionGroupName(group)));
    }

    private static boolean subnets(RdsClient rds, String name) {
        return exists(name, group -> rds.describeDBSubnetGroups(request -> request.dbSubnetGroupName(group)));
    }

    private static boolean exists(String name, Consumer<String> look) {
        try {
            look.accept(name);
            return true;
        } catch (DbParameterGroupNotFoundException | OptionGroupNotFoundException | DbSubnetGroupNotFoundException e) {
            return false;
        }
    }
}
