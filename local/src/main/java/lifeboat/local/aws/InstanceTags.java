package lifeboat.local.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/// The tags of the instances of the stand-in.
record InstanceTags(RdsStandIn instances) implements RdsClient {
    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tagList(instances
                        .existing(RdsStandIn.idOf(request.resourceName()))
                        .settings
                        .tagList())
                .build();
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        Instance instance = instances.existing(RdsStandIn.idOf(request.resourceName()));
        List<String> keys = request.tags().stream().map(Tag::key).toList();
        List<Tag> tags = new ArrayList<>(instance.settings.tagList());
        tags.removeIf(tag -> keys.contains(tag.key()));
        tags.addAll(request.tags());
        instance.settings = instance.settings.toBuilder().tagList(tags).build();
        return AddTagsToResourceResponse.builder().build();
    }

    @Override
    public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest request) {
        Instance instance = instances.existing(RdsStandIn.idOf(request.resourceName()));
        instance.settings = instance.settings.toBuilder()
                .tagList(instance.settings.tagList().stream()
                        .filter(tag -> !request.tagKeys().contains(tag.key()))
                        .toList())
                .build();
        return RemoveTagsFromResourceResponse.builder().build();
    }
}
