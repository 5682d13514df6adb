package lifeboat.local.aws;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsResponse;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.OptionGroupNotFoundException;

/// The subnet, parameter, option and security groups of the stand-in's region. A group exists once an instance was
/// created with it; whatever else is named is refused, as RDS does.
final class DatabaseGroups implements RdsClient {
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    DatabaseGroups() {
        known.addAll(List.of("subnet default", "security sg-00000000default"));
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public DescribeDbSubnetGroupsResponse describeDBSubnetGroups(DescribeDbSubnetGroupsRequest request) {
        subnetGroup(request.dbSubnetGroupName());
        return DescribeDbSubnetGroupsResponse.builder()
                .dbSubnetGroups(DBSubnetGroup.builder()
                        .dbSubnetGroupName(request.dbSubnetGroupName())
                        .build())
                .build();
    }

    @Override
    public DescribeDbParameterGroupsResponse describeDBParameterGroups(DescribeDbParameterGroupsRequest request) {
        parameterGroup(request.dbParameterGroupName());
        return DescribeDbParameterGroupsResponse.builder()
                .dbParameterGroups(DBParameterGroup.builder()
                        .dbParameterGroupName(request.dbParameterGroupName())
                        .build())
                .build();
    }

    @Override
    public DescribeOptionGroupsResponse describeOptionGroups(DescribeOptionGroupsRequest request) {
        optionGroup(request.optionGroupName());
        return DescribeOptionGroupsResponse.builder()
                .optionGroupsList(OptionGroup.builder()
                        .optionGroupName(request.optionGroupName())
                        .build())
                .build();
    }

    void made(CreateDbInstanceRequest request) {
        add("subnet", request.dbSubnetGroupName());
        add("parameter", request.dbParameterGroupName());
        add("option", request.optionGroupName());
        request.vpcSecurityGroupIds().forEach(id -> add("security", id));
    }

    /// Takes a group away, as somebody may who tidies up.
    void remove(String kind, String name) {
        known.remove(kind + " " + name);
    }

    private void add(String kind, @Nullable String name) {
        if (name != null) {
            known.add(kind + " " + name);
        }
    }

    /// Refuses what names a group that is not there.
    void refuseUnknown(
            @Nullable String subnets, @Nullable String parameters, @Nullable String options, List<String> security) {
        subnetGroup(subnets);
        parameterGroup(parameters);
        optionGroup(options);
        security.stream()
                .filter(id -> !known.contains("security " + id))
                .findFirst()
                .ifPresent(id -> {
                    throw InstanceRefusals.noSecurityGroup(id);
                });
    }

    void subnetGroup(@Nullable String name) {
        if (name != null && !known.contains("subnet " + name)) {
            throw Refusals.of(
                            DbSubnetGroupNotFoundException.builder(),
                            "DBSubnetGroupNotFoundFault",
                            "DB subnet group '%s' does not exist.".formatted(name))
                    .statusCode(404)
                    .build();
        }
    }

    void parameterGroup(@Nullable String name) {
        if (name != null && !name.startsWith("default.") && !known.contains("parameter " + name)) {
            throw Refusals.of(
                            DbParameterGroupNotFoundException.builder(),
                            "DBParameterGroupNotFound",
                            "DBParameterGroup not found: " + name)
                    .statusCode(404)
                    .build();
        }
    }

    void optionGroup(@Nullable String name) {
        if (name != null && !name.startsWith("default:") && !known.contains("option " + name)) {
            throw Refusals.of(
                            OptionGroupNotFoundException.builder(),
                            "OptionGroupNotFoundFault",
                            "Specified OptionGroupName: %s not found.".formatted(name))
                    .statusCode(404)
                    .build();
        }
    }
}
