package lifeboat.infra.network;

import java.util.List;
import java.util.stream.IntStream;
import lifeboat.catalog.Network;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SecurityGroupImportOptions;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/// The network in which databases are reached.
///
/// @param vpc the VPC
/// @param subnets its subnets for functions
/// @param securityGroups the groups that the databases let in
public record DatabaseNetwork(IVpc vpc, SubnetSelection subnets, List<ISecurityGroup> securityGroups) {

    /// The network that the environment file names.
    public static DatabaseNetwork of(Construct scope, Network network) {
        var vpc = Vpc.fromVpcAttributes(
                scope,
                "Network",
                VpcAttributes.builder()
                        .vpcId(network.vpc())
                        .availabilityZones(IntStream.range(0, network.subnets().size())
                                .mapToObj(zone -> Fn.select(zone, Fn.getAzs()))
                                .toList())
                        .privateSubnetIds(network.subnets())
                        .build());
        var subnets = network.subnets().stream()
                .map(id -> Subnet.fromSubnetId(scope, id, id))
                .toList();
        var groups = network.securityGroups().stream()
                .map(id -> SecurityGroup.fromSecurityGroupId(
                        scope,
                        id,
                        id,
                        SecurityGroupImportOptions.builder().mutable(false).build()))
                .toList();
        return new DatabaseNetwork(
                vpc, SubnetSelection.builder().subnets(subnets).build(), groups);
    }

    /// What Lambda needs to stand in a VPC. These actions know no resource to restrict to before the interface
    /// exists.
    ///
    /// @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Functions in a VPC</a>
    public static List<PolicyStatement> permissions() {
        return List.of(PolicyStatement.Builder.create()
                .sid("StandInTheNetwork")
                .actions(List.of(
                        "ec2:CreateNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:DeleteNetworkInterface",
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:UnassignPrivateIpAddresses"))
                .resources(List.of("*"))
                .build());
    }
}
