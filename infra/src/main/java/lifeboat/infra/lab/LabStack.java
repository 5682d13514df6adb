package lifeboat.infra.lab;

import java.util.List;
import lifeboat.catalog.Lab;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Resource.DynamoDbTable;
import lifeboat.catalog.Resource.RdsInstance;
import lifeboat.infra.network.DatabaseNetwork;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsBaseOptions;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.constructs.Construct;

/// What the lab's environment file names, made from nothing: its tables with point-in-time recovery, its PostgreSQL
/// databases with their secrets, and a network that no one reaches from outside unless trusted addresses are given.
///
/// A name that is taken already makes the deployment fail: nothing that exists is taken over.
public final class LabStack extends Stack {
    private static final Port POSTGRES = Port.tcp(5432);

    private final Site site;
    private final Lab lab;
    private final Vpc vpc;
    private final SecurityGroup functions;
    private final SecurityGroup databases;

    public LabStack(Construct scope, Site site, Lab lab) {
        super(scope, site.stack("lab"), site.properties("a table and a database to practise on"));
        this.site = site;
        this.lab = lab;
        this.vpc = vpc();
        this.functions = group("Functions", "Functions of Lifeboat that read databases");
        this.databases = group("Databases", "Databases of the lab");
        letFunctionsIn();
        reachAws();
        resources();
    }

    /// Where the functions stand to reach the lab's databases.
    public DatabaseNetwork network() {
        return new DatabaseNetwork(vpc, isolated(), List.of(functions));
    }

    private Vpc vpc() {
        var isolated = SubnetConfiguration.builder()
                .name("databases")
                .subnetType(SubnetType.PRIVATE_ISOLATED)
                .cidrMask(24)
                .build();
        var open = SubnetConfiguration.builder()
                .name("trusted")
                .subnetType(SubnetType.PUBLIC)
                .cidrMask(24)
                .build();
        return Vpc.Builder.create(this, "Network")
                .maxAzs(2)
                .natGateways(0)
                .subnetConfiguration(lab.trustedCidr().isPresent() ? List.of(isolated, open) : List.of(isolated))
                .restrictDefaultSecurityGroup(false) // it would take a custom resource and a function of CDK's
                .build();
    }

    private SecurityGroup group(String name, String description) {
        return SecurityGroup.Builder.create(this, name)
                .vpc(vpc)
                .description(description)
                .allowAllOutbound(name.equals("Functions"))
                .build();
    }

    private void letFunctionsIn() {
        databases.addIngressRule(functions, POSTGRES, "integrity checks");
        lab.trustedCidr()
                .ifPresent(cidr -> databases.addIngressRule(Peer.ipv4(cidr), POSTGRES, "the trusted addresses"));
    }

    private void reachAws() {
        vpc.addGatewayEndpoint(
                "DynamoDb",
                GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.DYNAMODB)
                        .build());
        vpc.addGatewayEndpoint(
                "Plans",
                GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .build());
        reach("Secrets", InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
        reach("Rds", InterfaceVpcEndpointAwsService.RDS);
    }

    private void reach(String name, InterfaceVpcEndpointAwsService service) {
        vpc.addInterfaceEndpoint(
                name,
                InterfaceVpcEndpointOptions.builder()
                        .service(service)
                        .subnets(isolated())
                        .build());
    }

    private void resources() {
        for (var workload : site.environment().workloads()) {
            workload.resources().forEach(this::resource);
        }
    }

    private void resource(Resource resource) {
        switch (resource) {
            case DynamoDbTable table -> table(table);
            case RdsInstance database -> database(database);
            case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                throw new IllegalArgumentException("resource \"%s\" is in %s: the lab makes dynamodb and rds only"
                        .formatted(resource.name(), resource.store()));
        }
    }

    private void table(DynamoDbTable table) {
        Table.Builder.create(this, table.name().value())
                .tableName(table.table())
                .partitionKey(Attribute.builder()
                        .name("id")
                        .type(AttributeType.STRING)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .encryption(TableEncryption.AWS_MANAGED)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY) // the lab's own; DynamoDB keeps a backup for 35 days
                .build();
    }

    private void database(RdsInstance database) {
        DatabaseInstance.Builder.create(this, database.name().value())
                .instanceIdentifier(database.instance())
                .databaseName(database.sql().database())
                .engine(DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                        .version(PostgresEngineVersion.VER_17)
                        .build()))
                .instanceType(InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO))
                .credentials(Credentials.fromGeneratedSecret(
                        "lifeboat",
                        CredentialsBaseOptions.builder()
                                .secretName(database.sql().credentials())
                                .build()))
                .vpc(vpc)
                .vpcSubnets(lab.trustedCidr().isPresent() ? open() : isolated())
                .publiclyAccessible(lab.trustedCidr().isPresent())
                .securityGroups(List.of(databases))
                .storageEncrypted(true)
                .iamAuthentication(true)
                .backupRetention(Duration.days(7))
                .copyTagsToSnapshot(true)
                .cloudwatchLogsExports(List.of("postgresql"))
                .deletionProtection(false) // a lab comes and goes; its last state stays as a snapshot
                .removalPolicy(RemovalPolicy.SNAPSHOT)
                .build();
    }

    private static SubnetSelection isolated() {
        return SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build();
    }

    private static SubnetSelection open() {
        return SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build();
    }
}
