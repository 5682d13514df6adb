package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// Where the databases of one region are reached.
///
/// @param vpc id of the VPC
/// @param subnets ids of private subnets that reach the databases and AWS's endpoints; at least one
/// @param securityGroups ids of the groups that the databases let in; at least one
/// @param databaseSubnetGroup name of the RDS subnet group for restored copies; absent: that of live
public record Network(
        String vpc, List<String> subnets, List<String> securityGroups, Optional<String> databaseSubnetGroup) {
    public Network {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }
}
