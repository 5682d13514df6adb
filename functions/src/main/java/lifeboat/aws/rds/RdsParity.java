package lifeboat.aws.rds;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lifeboat.aws.SettingsJson;
import lifeboat.catalog.Resource;
import lifeboat.parity.Application;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.parity.Step;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/// The settings of an instance that a restore drops or cannot be given: captured from live, given back to the copy by
/// as few modifications as it takes. What only a restore can decide (storage, engine, key, subnets) is given to it, and
/// verified here.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html">
///     ModifyDBInstance</a>
public final class RdsParity implements Parity {
    private final RdsClient rds;

    public RdsParity(RdsClient rds) {
        this.rds = rds;
    }

    @Override
    public Settings capture(Resource live) {
        return Instances.find(rds, live.physicalName()).map(this::capture).orElse(Settings.NONE);
    }

    private Settings capture(DBInstance instance) {
        Map<String, String> values = new TreeMap<>(verified(instance));
        for (InstanceSetting setting : InstanceSetting.values()) {
            setting.read(instance).ifPresent(value -> values.put(setting.key(), value));
        }
        values.put("tags", SettingsJson.write(tags(instance)));
        return new Settings(values);
    }

    @Override
    public Configured apply(Resource live, CopyName copy, Settings captured, boolean drill) {
        Application pass = new Application(live, copy, captured);
        Optional<DBInstance> found = Instances.find(rds, copy.value());
        if (found.isEmpty() || Instances.condition(found.get().dbInstanceStatus()) != Instances.Condition.AVAILABLE) {
            pass.note("instance is not available", new Step.Underway());
            return pass.outcome();
        }
        verified(found.get()).forEach((name, restored) -> pass.setting(name, wanted -> verified(wanted, restored)));
        pass.setting("tags", wanted -> tags(found.get(), SettingsJson.textsByName(wanted)));
        modifications(pass, found.get(), captured, drill);
        return pass.outcome();
    }

    private void modifications(Application pass, DBInstance copy, Settings captured, boolean drill) {
        Map<InstanceSetting, String> changes = new EnumMap<>(InstanceSetting.class);
        for (InstanceSetting setting : InstanceSetting.values()) {
            Optional<String> live = Optional.ofNullable(captured.values().get(setting.key()));
            Optional<String> off = setting.offInDrills().filter(why -> drill);
            Optional<String> wanted = off.isPresent() ? live.map(value -> "false") : live;
            if (!live.equals(wanted)) {
                pass.note(setting.key(), new Step.Withheld(off.orElse("")));
            }
            if (!wanted.equals(setting.read(copy)) && wanted.isPresent()) {
                changes.put(setting, wanted.get());
            } else if (live.isPresent() && live.equals(wanted)) {
                pass.note(setting.key(), inForce(setting, copy));
            }
        }
        if (!changes.isEmpty()) {
            modify(pass, copy, changes);
        }
    }

    /// All at once; where RDS refuses that, one after the other, so that one bad value does not keep out the others.
    private void modify(Application pass, DBInstance copy, Map<InstanceSetting, String> changes) {
        Step all = modify(copy, changes);
        if (all instanceof Step.Underway || changes.size() == 1) {
            changes.keySet().forEach(setting -> pass.note(setting.key(), all));
            return;
        }
        for (Map.Entry<InstanceSetting, String> change : changes.entrySet()) {
            Step one = modify(copy, Map.of(change.getKey(), change.getValue()));
            pass.note(change.getKey().key(), one);
            if (one instanceof Step.Underway) {
                return; // the instance takes the next modification when this one has ended
            }
        }
    }

    private Step modify(DBInstance copy, Map<InstanceSetting, String> changes) {
        ModifyDbInstanceRequest.Builder request = ModifyDbInstanceRequest.builder()
                .dbInstanceIdentifier(copy.dbInstanceIdentifier())
                .applyImmediately(true);
        changes.forEach((setting, wanted) ->
                setting.write(request, wanted, setting.read(copy).orElse("")));
        try {
            rds.modifyDBInstance(request.build());
            return new Step.Underway();
        } catch (InvalidDbInstanceStateException e) {
            return new Step.Underway();
        } catch (RdsException e) {
            if (e.isThrottlingException() || e.statusCode() / 100 != 4) {
                throw e;
            }
            return new Step.Refused(
                    e.awsErrorDetails() == null
                            ? "refused"
                            : e.awsErrorDetails().errorMessage());
        }
    }

    /// Whether a setting that the instance has is also what it runs with.
    private Step inForce(InstanceSetting setting, DBInstance copy) {
        if (setting != InstanceSetting.PARAMETER_GROUP) {
            return new Step.AsCaptured();
        }
        return switch (copy.dbParameterGroups().getFirst().parameterApplyStatus()) {
            case "in-sync" -> new Step.AsCaptured();
            case "pending-reboot" -> {
                rds.rebootDBInstance(request -> request.dbInstanceIdentifier(copy.dbInstanceIdentifier()));
                yield new Step.Underway();
            }
            default -> new Step.Underway();
        };
    }

    private Step tags(DBInstance copy, Map<String, String> captured) {
        Map<String, String> missing = new TreeMap<>(captured);
        missing.entrySet().removeAll(tags(copy).entrySet());
        if (missing.isEmpty()) {
            return new Step.AsCaptured();
        }
        rds.addTagsToResource(request -> request.resourceName(copy.dbInstanceArn())
                .tags(missing.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        return new Step.Underway();
    }

    /// Tags that AWS sets cannot be set by others, and ours say whose a copy is.
    private static Map<String, String> tags(DBInstance instance) {
        return instance.tagList().stream()
                .filter(tag -> !tag.key().startsWith("aws:") && !tag.key().startsWith("lifeboat:"))
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static Map<String, String> verified(DBInstance instance) {
        Map<String, String> values = new TreeMap<>();
        values.put("engine", "%s %s".formatted(instance.engine(), instance.engineVersion()));
        values.put("storage", "%s %s".formatted(instance.storageType(), instance.iops()));
        values.put("encryption", String.valueOf(instance.kmsKeyId()));
        if (instance.dbSubnetGroup() != null) {
            values.put("subnetGroup", instance.dbSubnetGroup().dbSubnetGroupName());
        }
        return values;
    }

    private static Step verified(String wanted, String restored) {
        return wanted.equals(restored)
                ? new Step.AsCaptured()
                : new Step.Refused("restored as %s, live has %s".formatted(restored, wanted));
    }
}
