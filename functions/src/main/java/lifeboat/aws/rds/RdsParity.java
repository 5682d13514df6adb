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

/// The settings of an instance that a restore drops or cannot be given: captured from live, given back to the
/// copy by as few modifications as it takes. What only a restore can decide (storage, engine, key, subnets) is
/// given to it, and verified here.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html">
///     ModifyDBInstance</a>
public final class RdsParity implements Parity {
    private final RdsClient rds;
    private final Relocation relocation;

    /// @param relocation where the copies stand
    public RdsParity(RdsClient rds, Relocation relocation) {
        this.rds = rds;
        this.relocation = relocation;
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
        Relocation.Relocated wanted = captured.values().isEmpty()
                ? new Relocation.Relocated(captured, new TreeMap<>())
                : relocation.of(captured);
        Application pass = new Application(live, copy, wanted.settings());
        Optional<DBInstance> found = Instances.find(rds, copy.value());
        if (found.isEmpty()) {
            return new Configured.Failed("instance \"%s\" does not exist any more".formatted(copy));
        }
        DBInstance instance = found.get();
        return switch (Instances.condition(instance.dbInstanceStatus())) {
            case BROKEN ->
                new Configured.Failed("instance \"%s\" is \"%s\"".formatted(copy, instance.dbInstanceStatus()));
            case CHANGING -> {
                pass.note("instance is not available", new Step.Underway());
                yield pass.outcome();
            }
            case AVAILABLE -> configured(pass, instance, wanted, drill);
        };
    }

    private Configured configured(Application pass, DBInstance copy, Relocation.Relocated wanted, boolean drill) {
        wanted.gaps().forEach((name, why) -> pass.note(name, new Step.Refused(why)));
        verified(copy).forEach((name, restored) -> pass.setting(name, live -> verified(name, live, restored)));
        if (drill) {
            pass.note("tags", withheldTags(copy));
        } else {
            pass.setting("tags", live -> tags(copy, SettingsJson.textsByName(live)));
        }
        modifications(pass, copy, wanted, drill);
        return pass.outcome();
    }

    private void modifications(Application pass, DBInstance copy, Relocation.Relocated relocated, boolean drill) {
        Map<InstanceSetting, String> changes = new EnumMap<>(InstanceSetting.class);
        for (InstanceSetting setting : InstanceSetting.values()) {
            Optional<String> live =
                    Optional.ofNullable(relocated.settings().values().get(setting.key()));
            Optional<String> off = setting.offInDrills().filter(why -> drill);
            Optional<String> wanted = off.isPresent() ? live.map(value -> setting.off()) : live;
            if (!live.equals(wanted)) {
                pass.note(setting.key(), new Step.Withheld(off.orElse("")));
            }
            if (wanted.isPresent() && !setting.isAs(wanted.get(), copy)) {
                changes.put(setting, wanted.get());
            } else if (live.isPresent()
                    && live.equals(wanted)
                    && !relocated.gaps().containsKey(setting.key())) {
                pass.note(setting.key(), inForce(setting, copy));
            }
        }
        if (!changes.isEmpty()) {
            modify(pass, copy, changes);
        }
    }

    /// All at once; where RDS refuses that, one after the other, so that one bad value does not keep out the
    /// others.
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
            case "pending-reboot" -> restart(copy);
            default -> new Step.Underway();
        };
    }

    private Step restart(DBInstance copy) {
        try {
            rds.rebootDBInstance(request -> request.dbInstanceIdentifier(copy.dbInstanceIdentifier()));
        } catch (InvalidDbInstanceStateException e) {
            return new Step.Underway(); // a later pass asks again: RDS is busy with the instance
        }
        return new Step.Underway();
    }

    /// Tags of live select what backup plans save, schedulers stop and cost reports count. A restore job copies
    /// those of the time of the backup, whatever it is told.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html">
    ///     Restored tags</a>
    private Step withheldTags(DBInstance copy) {
        Map<String, String> inherited = tags(copy);
        if (inherited.isEmpty()) {
            return new Step.Withheld("they would select a drill's copy for backup plans, schedulers and cost reports");
        }
        rds.removeTagsFromResource(
                request -> request.resourceName(copy.dbInstanceArn()).tagKeys(inherited.keySet()));
        return new Step.Underway();
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

    private Step verified(String name, String wanted, String restored) {
        if (name.equals("encryption")) {
            return relocation.encryption(wanted, restored);
        }
        return wanted.equals(restored)
                ? new Step.AsCaptured()
                : new Step.Refused("restored as %s, live has %s".formatted(restored, wanted));
    }
}
