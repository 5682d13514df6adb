package lifeboat.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the databases of one region are reached, and where restored copies of them stand.
///
/// @param vpc id of the VPC
/// @param subnets ids of private subnets that reach the databases and AWS's endpoints; at least one
/// @param securityGroups ids of the groups that the functions are in, and that the databases let in; at least one
/// @param databaseSubnetGroup name of the RDS subnet group of restored copies; absent: that of live
/// @param databaseSecurityGroups ids of the groups of restored copies; empty: those of live
/// @param databaseParameterGroups by the name of live's parameter group, that of its restored copies; one that is
///     not named here is live's own
/// @param databaseOptionGroups the same of option groups
public record Network(
        String vpc,
        List<String> subnets,
        List<String> securityGroups,
        Optional<String> databaseSubnetGroup,
        List<String> databaseSecurityGroups,
        Map<String, String> databaseParameterGroups,
        Map<String, String> databaseOptionGroups) {
    public Network {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        databaseSecurityGroups = List.copyOf(databaseSecurityGroups);
        databaseParameterGroups = Map.copyOf(databaseParameterGroups);
        databaseOptionGroups = Map.copyOf(databaseOptionGroups);
    }
}
