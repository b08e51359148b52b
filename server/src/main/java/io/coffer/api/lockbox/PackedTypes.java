package io.coffer.api.lockbox;

import com.google.protobuf.Descriptors.Descriptor;
import io.coffer.api.access.BindingRender;
import io.coffer.api.iam.IamRender;
import io.coffer.api.kms.KmsRender;
import io.coffer.api.organizationmanager.GroupRender;
import io.coffer.api.resourcemanager.PlaceRender;
import io.coffer.api.workload.WorkloadRender;
import io.coffer.wire.lockbox.v1.SecretOuterClass;
import io.coffer.wire.lockbox.v1.SecretServiceOuterClass;
import java.util.ArrayList;
import java.util.List;

/** What operations may carry in an {@code Any}: whoever prints JSON must know it. */
public final class PackedTypes {
  private PackedTypes() {}

  public static List<Descriptor> all() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(SecretOuterClass.getDescriptor().getMessageTypes());
    types.addAll(SecretServiceOuterClass.getDescriptor().getMessageTypes());
    types.addAll(BindingRender.packedTypes());
    types.addAll(KmsRender.packedTypes());
    types.addAll(IamRender.packedTypes());
    types.addAll(GroupRender.packedTypes());
    types.addAll(WorkloadRender.packedTypes());
    types.addAll(PlaceRender.packedTypes());
    return types;
  }
}
